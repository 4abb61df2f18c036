/** Reads the accounts list. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Evidence, Kind } from '../../reveal/verdict.ts';
import { dayMs, dayNumber } from '../../time.ts';
import type { AccountQuery, AccountRow, AccountSort, Page, Period } from '../store.ts';
import { changeOf, changeOfAll } from './account-change.ts';
import {
  type AccountsAsked,
  holdsAll,
  members,
  peopleOfAll,
  sumsOf,
  sumsOfAll,
  wholeDays,
} from './account-sums.ts';
import { containing } from './like.ts';
import { isListed } from './marked.ts';
import type { Merged } from './merged.ts';
import { isIn } from './segment.ts';
import type { Tables } from './tables.ts';
import { type Why, type WhyRow, whyColumns, whyTables } from './why.ts';

/** Days of activity at most beside a row of the list. */
const sparklineDays = 30;

const sortColumns = {
  last: 'last_within',
  name: 'name collate nocase',
  visits: 'visits',
  people: 'people',
  pages: 'pages',
  // Who did nothing in either stretch of days has none.
  change: 'coalesce(change, 0)',
  // Who has none yet comes after those that have the least.
  score: 'coalesce((select score from account_score where account_id = a.id), -1)',
} as const satisfies Record<AccountSort, string>;

/** One page of the list, and how many rows it has in all. */
export async function listAccounts(
  db: Kysely<Tables>,
  { why, merged }: { why: Why; merged: Merged },
  query: AccountQuery,
): Promise<Page<AccountRow>> {
  const page = await accountsInPeriod(db, query, merged);
  if (page.length === 0 && query.offset > 0) {
    const first = await accountsInPeriod(db, { ...query, offset: 0, limit: 1 }, merged);
    return { rows: [], total: first[0]?.total ?? 0 };
  }
  return { rows: await described(db, why, page, query), total: page[0]?.total ?? 0 };
}

/** Accounts of an export that are read at once. */
const perPart = 200;

/**
 * Every row of a list. Which rows and in what order is settled at the start, so that a visit that comes meanwhile
 * moves none out of it. Each part is read by itself: nothing holds the file's old state for as long as a download takes.
 */
export function eachAccount(
  ask: {
    accountOrder(query: AccountsAsked): Promise<Float64Array>;
    accountsOf(ids: readonly number[], query: AccountsAsked): Promise<AccountRow[]>;
  },
  query: AccountsAsked,
): AsyncIterable<AccountRow> {
  // Whoever reads the rows may do so from elsewhere; that nobody wants them is known by who asks now.
  const asAsked = AsyncLocalStorage.snapshot();
  async function* rows(): AsyncGenerator<AccountRow> {
    const order = await asAsked(() => ask.accountOrder(query));
    for (let start = 0; start < order.length; start += perPart) {
      const ids = [...order.subarray(start, start + perPart)];
      yield* await asAsked(() => ask.accountsOf(ids, query));
      await setImmediate();
    }
  }
  return rows();
}

/** All accounts of a list in its order. */
export async function readAccountOrder(
  db: Kysely<Tables>,
  query: AccountsAsked,
  merged: Merged,
): Promise<Float64Array> {
  const { rows } = await sql<{ id: number }>`
    with member as materialized (${members(query, query.only ?? null)})
    select a.id from member join account a on a.id = member.account_id
    ${await inOrder(db, query, merged)}`.execute(db);
  return Float64Array.from(rows, ({ id }) => id);
}

/** Accounts by their numbers, as a list has them; those without a visit in the period any more are left out. */
export async function readAccountsOf(
  db: Kysely<Tables>,
  why: Why,
  ids: readonly number[],
  query: AccountsAsked,
): Promise<AccountRow[]> {
  if (ids.length === 0) return [];
  const { rows: listed } = await sql<ListedAccount>`
    with member as materialized (${members(query, ids)})
    select ${listedColumns} from member join account a on a.id = member.account_id`.execute(db);
  const rows = new Map((await described(db, why, listed, query)).map((row) => [row.id, row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/** Where the period is all of time, everybody came first within it: then only the last weeks' are new. */
export function newSince({ from, to }: Period): number {
  return from > 0 ? from : to - sparklineDays * dayMs;
}

/** Adds to each listed account where it came from, why it is one, and its days. */
async function described(
  db: Kysely<Tables>,
  why: Why,
  listed: readonly ListedAccount[],
  query: { period: Period; siteId: number | null },
): Promise<AccountRow[]> {
  const ids = listed.map((row) => row.id);
  const sums = await sumsOf(db, ids, query);
  const latest = await latestVisits(db, why, ids, query);
  const change = await changeOf(db, ids, query);
  const activity = await activityOf(db, ids, query.siteId, sparkline(query.period));
  return listed.map((row): AccountRow => {
    const visit = latest.get(row.id);
    const did = sums.get(row.id);
    return {
      id: row.id,
      name: row.name,
      domain: row.domain,
      kind: row.kind as Kind,
      confidence: visit?.confidence ?? 0,
      evidence: visit?.evidence ?? [],
      country: row.country ?? visit?.country ?? null,
      firstAt: row.first_at,
      lastAt: row.last_at,
      visits: did?.visits ?? 0,
      people: did?.people ?? 0,
      pages: did?.pages ?? 0,
      forms: did?.forms ?? 0,
      channel: visit?.channel ?? 'Direct',
      source: visit?.source ?? '(direct)',
      change: change.get(row.id) ?? 0,
      isNew: row.first_at >= newSince(query.period),
      activity: activity.get(row.id) ?? [],
    };
  });
}

type ListedAccount = Omit<Tables['account'], 'key' | 'name_rank' | 'created_at'> &
  Pick<Tables['account_total'], 'first_at' | 'last_at'>;

const listedColumns = sql`a.id, a.name, a.domain, a.kind, a.country, member.first_at, member.last_within as last_at`;

async function accountsInPeriod(
  db: Kysely<Tables>,
  query: AccountQuery,
  merged: Merged,
): Promise<(ListedAccount & { total: number })[]> {
  const { rows } = await sql<ListedAccount & { total: number }>`
    with member as materialized (${members(query, query.only ?? null)})
    select ${listedColumns}, count(*) over () as total
    from member join account a on a.id = member.account_id
    ${await inOrder(db, query, merged)}
    limit ${query.limit} offset ${query.offset}`.execute(db);
  return rows;
}

/** The list's condition and order, and what must be known of every account for it. */
async function inOrder(
  db: Kysely<Tables>,
  query: AccountsAsked,
  merged: Merged,
): Promise<RawBuilder<unknown>> {
  const { sort, descending } = query;
  const direction = sql.raw(descending ? 'desc' : 'asc');
  return sql`${await sortedBy(db, query)} where ${matches(query, merged)}
    order by ${sql.raw(sortColumns[sort])} ${direction}, a.id`;
}

/** The sums that a list is sorted by, joined to its accounts. */
async function sortedBy(db: Kysely<Tables>, query: AccountsAsked) {
  const { sort } = query;
  if (sort === 'change') return sql`left join (${changeOfAll(query)}) sums on sums.account_id = a.id`;
  if (sort === 'people') return sql`join (${peopleOfAll(query)}) sums on sums.account_id = a.id`;
  return sort === 'visits' || sort === 'pages'
    ? sql`join (${sumsOfAll(query, await holdsAll(db, query))}) sums on sums.account_id = a.id`
    : sql``;
}

function matches({ search, list, segment, period }: AccountsAsked, merged: Merged): RawBuilder<unknown> {
  const pattern = containing(search);
  const isFound =
    search === ''
      ? sql`1`
      : sql`(a.name like ${pattern} escape '\\' or a.domain like ${pattern} escape '\\')`;
  const inList = list === undefined ? sql`1` : isListed(list, { merged, newSince: newSince(period) });
  const inSegment =
    segment === undefined
      ? sql`1`
      : isIn(segment.segment, sql`a.id`, { now: segment.now, merged, only: null });
  return sql`${isFound} and ${inList} and (${inSegment})`;
}

interface LatestVisit {
  confidence: number;
  evidence: Evidence[];
  country: string | null;
  channel: string | null;
  source: string | null;
}

/** Of each account's latest visit in the period: why it is theirs; and where the latest one with a source came from. */
async function latestVisits(
  db: Kysely<Tables>,
  why: Why,
  ids: readonly number[],
  { period, siteId }: { period: Period; siteId: number | null },
): Promise<Map<number, LatestVisit>> {
  if (ids.length === 0) return new Map();
  const { from, to } = wholeDays(period);
  const inPeriod = sql`s.account_id = a.id and s.is_offline = 0 and s.started_at >= ${from} and s.started_at < ${to}
    ${siteId === null ? sql`` : sql`and s.site_id = ${siteId}`}`;
  const { rows } = await sql<
    WhyRow & { id: number; country: string | null; channel: string | null; source: string | null }
  >`
    with picked as materialized (
      select a.id,
        (select s.id from session s where ${inPeriod} order by s.started_at desc limit 1) as latest,
        (select s.arrival_id from session s where ${inPeriod} and s.arrival_id is not null
          order by s.started_at desc limit 1) as arrival
      from account a where a.id in (${sql.join(ids)})
    )
    select picked.id, ${whyColumns}, s.started_at, n.country, r.channel, r.source
    from picked
    join session s on s.id = picked.latest
    ${whyTables}
    left join arrival r on r.id = picked.arrival`.execute(db);
  return new Map(
    rows.map((row) => {
      const evidence = why(row);
      return [
        row.id,
        {
          ...evidence,
          // The network of someone known by e-mail may be anywhere; it says nothing of where the company is.
          country: row.employer_id === null ? row.country : null,
          channel: row.channel,
          source: row.source,
        },
      ];
    }),
  );
}

/** First and last day (inclusive) of a sparkline: the end of the period. */
function sparkline(period: Period): { first: number; last: number } {
  const last = dayNumber(period.to - 1);
  return { first: Math.max(dayNumber(period.from), last - sparklineDays + 1), last };
}

export async function activityOf(
  db: Kysely<Tables>,
  ids: readonly number[],
  siteId: number | null,
  { first, last }: { first: number; last: number },
): Promise<Map<number, number[]>> {
  const result = new Map(ids.map((id) => [id, new Array<number>(last - first + 1).fill(0)]));
  if (ids.length === 0) return result;
  let select = db
    .selectFrom('account_day')
    .select(['account_id', 'day', 'pages'])
    .where('account_id', 'in', ids)
    .where('day', '>=', first)
    .where('day', '<=', last);
  if (siteId !== null) select = select.where('site_id', '=', siteId);
  for (const row of await select.execute()) {
    const days = result.get(row.account_id);
    if (days) days[row.day - first] = (days[row.day - first] ?? 0) + row.pages;
  }
  return result;
}
