/** Reads what addresses were taught: for the page that shows it, and for the look-up. */
import { type Kysely, sql } from 'kysely';
import { learnedNothing } from '../../identify/learn.ts';
import type { AddressTeachings, LearnedRow, Page } from '../store.ts';
import type { StoredSay } from './say.ts';
import type { Tables } from './tables.ts';

/** One page of taught addresses, the latest taught first, as of `now`. */
export async function listLearned(
  db: Kysely<Tables>,
  say: StoredSay,
  query: { offset: number; limit: number },
  now: number,
): Promise<Page<LearnedRow>> {
  const { rows } = await sql<{
    address_key: number;
    total: number;
    companies: number;
    last_at: number;
    prefix: string | null;
    country: string | null;
  }>`
    with taught as (
      select address_key, max(last_at) as last_at, count(distinct account_id) as companies
      from teaching group by address_key
    )
    select taught.*, count(*) over () as total,
      (select prefix from network where address_key = taught.address_key limit 1) as prefix,
      (select country from network where address_key = taught.address_key limit 1) as country
    from taught order by last_at desc, address_key limit ${query.limit} offset ${query.offset}`.execute(db);
  const forgetting = await forgettingOf(db);
  const learned = rows.map((row) => say.learned(row.address_key, now));
  const accounts = await namesBy(
    db,
    learned.flatMap(({ accountId }) => accountId ?? []),
  );
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((row, index): LearnedRow => {
      const { accountId = null, ...taught } = learned[index] ?? {};
      const forgottenAt = say.rulings().forgottenAt(row.address_key);
      const isForgotten = forgottenAt !== null && row.last_at <= forgottenAt;
      return {
        addressKey: row.address_key,
        prefix: row.prefix ?? '',
        country: row.country,
        learned: { ...learnedNothing, ...taught, accountId, lastAt: row.last_at },
        account: accountId === null ? null : (accounts.get(accountId) ?? null),
        companies: row.companies,
        forgottenBy: isForgotten ? (forgetting.get(row.address_key) ?? null) : null,
      };
    }),
  };
}

/** The decisions in force by which addresses were forgotten, the latest of each. */
async function forgettingOf(db: Kysely<Tables>): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('decision')
    .select(['id', 'address_key'])
    .where('kind', '=', 'forget')
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [Number(row.address_key), Number(row.id)]));
}

async function namesBy(db: Kysely<Tables>, ids: readonly number[]) {
  if (ids.length === 0) return new Map<number, { id: number; name: string; domain: string | null }>();
  const rows = await db
    .selectFrom('account')
    .select(['id', 'name', 'domain'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Teachings as the look-up needs them: by address, each with the company that it names after merges. */
export async function readTeachings(
  db: Kysely<Tables>,
  say: StoredSay,
  since: number,
  addressKeys: readonly number[] | null,
): Promise<AddressTeachings[]> {
  let select = db
    .selectFrom('teaching')
    .selectAll()
    .select((of) =>
      of
        .selectFrom('network')
        .select('prefix')
        .whereRef('network.address_key', '=', 'teaching.address_key')
        .limit(1)
        .as('prefix'),
    )
    .where('last_at', '>=', since)
    .orderBy('address_key');
  if (addressKeys !== null) select = select.where('address_key', 'in', [...addressKeys]);
  const rows = addressKeys?.length === 0 ? [] : await select.execute();
  const rulings = say.rulings();
  const homes = rows.map((row) => rulings.home(row.account_id).accountId);
  const accounts = await namesBy(
    db,
    homes.filter((id) => id !== null),
  );
  const found = new Map<number, AddressTeachings>();
  for (const [index, row] of rows.entries()) {
    const account = accounts.get(homes[index] ?? 0);
    if (account === undefined) continue;
    const known = found.get(row.address_key);
    const teaching = { personId: row.person_id, account, firstAt: row.first_at, lastAt: row.last_at };
    if (known) known.teachings.push(teaching);
    else
      found.set(row.address_key, {
        addressKey: row.address_key,
        prefix: row.prefix,
        forgottenAt: rulings.forgottenAt(row.address_key),
        teachings: [teaching],
      });
  }
  return [...found.values()];
}
