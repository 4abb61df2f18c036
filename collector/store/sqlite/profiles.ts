/** What the owner's file says of companies, taken in. */
import type { Database } from 'better-sqlite3';
import type { Detail } from '../../draft.ts';
import { accountOfOwner } from '../../identify/account.ts';
import { profileOfGroup } from '../../identify/organisation.ts';
import type { AppendOutcome, ProfileRow } from '../store.ts';
import type { AccountIds } from './account-row.ts';
import { bySite } from './read-profile.ts';
import { beforeAny, type Sayings } from './sayings.ts';
import type { Tables } from './tables.ts';

type Profile = Omit<Tables['profile'], 'account_id'>;

/** An account and its profile as an import found or left them. */
interface Said {
  profile: Profile | null;
  account: Pick<Tables['account'], 'name' | 'country' | 'kind' | 'name_rank'> | null;
}

const whose = ['name', 'industry', 'size', 'country', 'owner', 'attributes'] as const;

/** Takes in rows in one transaction, the same row again changing nothing; and takes an import's rows back. */
export function profileStatements(db: Database, accounts: AccountIds, sayings: Sayings) {
  const find = db.prepare<[number], Tables['profile']>('select * from profile where account_id = ?');
  const byKey = db.prepare<[string], Tables['account']>('select * from account where key = ?');
  // Two files of the owner's are equally good: the later one's name stays.
  const rename = db.prepare('update account set name = ?, country = coalesce(?, country) where id = ?');
  const restoreAccount = db.prepare(
    'update account set name = @name, country = @country, kind = @kind, name_rank = @name_rank where id = @id',
  );
  const save = db.prepare(`
    insert into profile (account_id, name, industry, size, country, owner, attributes, imported_by, imported_at)
    values (@account_id, @name, @industry, @size, @country, @owner, @attributes, @imported_by, @imported_at)
    on conflict do update set name = excluded.name, industry = excluded.industry, size = excluded.size,
      country = excluded.country, owner = excluded.owner, attributes = excluded.attributes,
      imported_by = excluded.imported_by, imported_at = excluded.imported_at`);
  const remove = db.prepare('delete from profile where account_id = ?');

  function put(accountId: number, profile: Profile): void {
    if (profile.name !== null) rename.run(profile.name, profile.country, accountId);
    save.run({ account_id: accountId, ...profile });
  }

  function take(row: ProfileRow, by: string, now: number, importId: number | null): AppendOutcome {
    const before = row.domain === null ? undefined : byKey.get(row.domain);
    const name = row.name ?? (row.domain === null ? null : (before?.name ?? row.domain));
    if (name === null) throw new Error('a profile without a name and a domain was let through');
    const claim = accountOfOwner({ name, domain: row.domain }, row.country, 'profile');
    const account = before ?? byKey.get(claim.key) ?? null;
    // A file that says no name knows none better.
    const accountId = accounts.id(row.name === null ? { ...claim, nameRank: 0 } : claim);
    const known = find.get(accountId);
    const profile: Profile = {
      name: row.name,
      industry: row.industry,
      size: row.size,
      country: row.country,
      owner: row.owner,
      attributes: JSON.stringify(row.attributes),
      imported_by: by,
      imported_at: now,
    };
    if (importId !== null) {
      const found: Said = { profile: known ?? null, account };
      if (sayings.of(accountId).length === 0) sayings.put(accountId, beforeAny, JSON.stringify(found));
      const said: Said = { profile, account: null };
      sayings.put(accountId, importId, JSON.stringify(said));
    }
    if (known !== undefined && whose.every((column) => known[column] === profile[column])) return 'duplicate';
    put(accountId, profile);
    return 'stored';
  }

  const run = db.transaction(
    (rows: readonly ProfileRow[], by: string, now: number, importId: number | null) =>
      rows.map((row) => take(row, by, now, importId)),
  );
  return {
    importProfiles(
      rows: readonly ProfileRow[],
      by: string,
      now: number,
      importId: number | null = null,
    ): AppendOutcome[] {
      try {
        return run.immediate(rows, by, now, importId);
      } catch (error) {
        accounts.forget();
        throw error;
      }
    },
    /** What remains of a profile after an import's saying was taken away: what the latest of the others says. */
    restore(accountId: number): void {
      const rest = sayings.of(accountId);
      const last = rest.at(-1);
      if (last === undefined) return;
      const { profile, account } = JSON.parse(last.said) as Said;
      if (account !== null) restoreAccount.run({ ...account, id: accountId });
      if (profile === null) remove.run(accountId);
      else if (last.importId === beforeAny) save.run({ ...profile, account_id: accountId });
      else put(accountId, profile);
      if (last.importId === beforeAny) sayings.remove(accountId, beforeAny);
    },
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
