/** What the owner's file says of companies, taken in. */
import type { Database } from 'better-sqlite3';
import type { Detail } from '../../draft.ts';
import { accountOfOwner } from '../../identify/account.ts';
import { profileOfGroup } from '../../identify/organisation.ts';
import type { AppendOutcome, ProfileRow } from '../store.ts';
import type { AccountIds } from './account-row.ts';
import { bySite } from './read-profile.ts';
import type { Tables } from './tables.ts';

/** @returns takes in rows in one transaction; the same row again changes nothing */
export function profileStatements(db: Database, accounts: AccountIds) {
  const find = db.prepare<[number], Tables['profile']>('select * from profile where account_id = ?');
  const byDomain = db.prepare<[string], { id: number; name: string }>(
    'select id, name from account where key = ?',
  );
  // Two files of the owner's are equally good: the later one's name stays.
  const rename = db.prepare('update account set name = ?, country = coalesce(?, country) where id = ?');
  const save = db.prepare(`
    insert into profile (account_id, name, industry, size, country, owner, attributes, imported_by, imported_at)
    values (@accountId, @name, @industry, @size, @country, @owner, @attributes, @by, @now)
    on conflict do update set name = excluded.name, industry = excluded.industry, size = excluded.size,
      country = excluded.country, owner = excluded.owner, attributes = excluded.attributes,
      imported_by = excluded.imported_by, imported_at = excluded.imported_at`);

  function take(row: ProfileRow, by: string, now: number): AppendOutcome {
    const name = row.name ?? (row.domain === null ? null : (byDomain.get(row.domain)?.name ?? row.domain));
    if (name === null) throw new Error('a profile without a name and a domain was let through');
    const claim = accountOfOwner({ name, domain: row.domain }, row.country, 'profile');
    // A file that says no name knows none better.
    const accountId = accounts.id(row.name === null ? { ...claim, nameRank: 0 } : claim);
    const values = {
      name: row.name,
      industry: row.industry,
      size: row.size,
      country: row.country,
      owner: row.owner,
      attributes: JSON.stringify(row.attributes),
    };
    const known = find.get(accountId);
    const isKnown =
      known !== undefined &&
      (Object.keys(values) as (keyof typeof values)[]).every((column) => known[column] === values[column]);
    if (isKnown) return 'duplicate';
    if (row.name !== null) rename.run(row.name, row.country, accountId);
    save.run({ accountId, ...values, by, now });
    return 'stored';
  }

  const run = db.transaction((rows: readonly ProfileRow[], by: string, now: number) =>
    rows.map((row) => take(row, by, now)),
  );
  return (rows: readonly ProfileRow[], by: string, now: number): AppendOutcome[] => {
    try {
      return run.immediate(rows, by, now);
    } catch (error) {
      accounts.forget();
      throw error;
    }
  };
}

/**
 * Takes in what the site itself tells of an organisation. Anybody could tell it, so the owner's file is better: it
 * replaces this, and is never replaced by it.
 */
export function toldProfiles(
  db: Database,
  now: () => number,
): (accountId: number, group: NonNullable<Detail['group']>) => void {
  const save = db.prepare(`
    insert into profile (account_id, name, industry, size, country, owner, attributes, imported_by, imported_at)
    values (@accountId, @name, @industry, @size, @country, @owner, @attributes, @by, @now)
    on conflict do update set name = coalesce(excluded.name, name), industry = coalesce(excluded.industry, industry),
      size = coalesce(excluded.size, size), country = coalesce(excluded.country, country),
      owner = coalesce(excluded.owner, owner), attributes = json_patch(attributes, excluded.attributes),
      imported_at = excluded.imported_at
    where imported_by = excluded.imported_by`);
  return (accountId, group) => {
    const profile = profileOfGroup(group);
    if (profile === null) return;
    save.run({
      accountId,
      ...profile,
      attributes: JSON.stringify(profile.attributes),
      by: bySite,
      now: now(),
    });
  };
}
