/** Reads the accounts list and one account's head. */
import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Evidence, Kind, Tier, Verdict } from '../../reveal/verdict.ts';
import { dayMs, dayNumber } from '../../time.ts';
import type { AccountDetail, AccountQuery, AccountRow, AccountSort, Page, Period } from '../store.ts';
import { containing } from './like.ts';
import type { Tables } from './tables.ts';

/** Days of activity at most beside a row of the list. */
const sparklineDays = 30;

/** Days of activity on an account's page. */
const chartDays = 90;

const sortColumns = {
  last: 'last_at',
  name: 'name collate nocase',
  visits: 'visits',
  people: 'people',
  pages: 'pages',
} as const satisfies Record<AccountSort, string>;

/** One page of the list, and how many rows it has in all. */
export async function listAccounts(db: Kysely<Tables>, query: AccountQuery): Promise<Page<AccountRow>> {
  const page = await accountsInPeriod(db, query);
  if (page.length === 0 && query.offset > 0) {
    const first = await accountsInPeriod(db, { ...query, offset: 0, limit: 1 });
    return { rows: [], total: first[0]?.total ?? 0 };
  }
  return { rows: await described(db, page, query), total: page[0]?.total ?? 0 };
}

/** Accounts described between two breaths of an export. */
const perBreath = 200;

/**
 * Every row of a list. Which rows and in what order is settled at the start, so that a visit that comes meanwhile
 * moves none out of it; between a few hundred of them, events are taken in.
 */
export async function* eachAccount(
  db: Kysely<Tables>,
  query: Omit<AccountQuery, 'offset' | 'limit'>,
): AsyncGenerator<AccountRow> {
  const listed = await accountsInPeriod(db, { ...query, offset: 0, limit: noLimit });
  for (let start = 0; start < listed.length; start += perBreath) {
    yield* await described(db, listed.slice(start, start + perBreath), query);
    await setImmediate();
  }
}

/** Where the period is all of time, everybody came first within it: then only the last weeks' are new. */
function newSince({ from, to }: Period): number {
  return from > 0 ? from : to - sparklineDays * dayMs;
}

/** What SQLite takes for "all". */
const noLimit = -1;

/** Adds to each listed account where it came from, why it is one, and its days. */
async function described(
  db: Kysely<Tables>,
  listed: readonly ListedAccount[],
  query: { period: Period; siteId: number | null },
): Promise<AccountRow[]> {
  const ids = listed.map((row) => row.id);
  const latest = await latestVisits(db, ids, query);
  const activity = await activityOf(db, ids, query.siteId, sparkline(query.period));
  return listed.map((row): AccountRow => {
    const visit = latest.get(row.id);
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
      visits: row.visits,
      people: row.people,
      pages: row.pages,
      forms: row.forms,
      channel: visit?.channel ?? 'Direct',
      source: visit?.source ?? '(direct)',
      isNew: row.first_at >= newSince(query.period),
      activity: activity.get(row.id) ?? [],
    };
  });
}

type ListedAccount = Omit<Tables['account'], 'key' | 'name_rank' | 'created_at'> &
  Omit<Tables['account_total'], 'account_id' | 'site_id'> & { total: number };

async function accountsInPeriod(db: Kysely<Tables>, query: AccountQuery): Promise<ListedAccount[]> {
  const site = query.siteId === null ? sql`` : sql`and site_id = ${query.siteId}`;
  const direction = query.descending ? sql.raw('desc') : sql.raw('asc');
  const { rows } = await sql<ListedAccount>`
    with visited as materialized (
      select account_id, count(*) as visits, count(distinct coalesce(person_id, -visitor_id)) as people,
        sum(pages) as pages, sum(forms) as forms, max(ended_at) as last_at
      from session
      where account_id is not null and started_at >= ${query.period.from} and started_at < ${query.period.to} ${site}
      group by account_id
    )
    select a.id, a.name, a.domain, a.kind, a.country, visited.visits, visited.people, visited.pages, visited.forms, visited.last_at,
      (select min(first_at) from account_total where account_id = a.id ${site}) as first_at,
      count(*) over () as total
    from visited join account a on a.id = visited.account_id
    ${matches(query.search)}
    order by ${sql.raw(sortColumns[query.sort])} ${direction}, a.id
    limit ${query.limit} offset ${query.offset}`.execute(db);
  return rows;
}

function matches(search: string) {
  if (search === '') return sql``;
  const pattern = containing(search);
  return sql`where (a.name like ${pattern} escape '\\' or a.domain like ${pattern} escape '\\')`;
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
  ids: readonly number[],
  { period, siteId }: { period: Period; siteId: number | null },
): Promise<Map<number, LatestVisit>> {
  if (ids.length === 0) return new Map();
  const inPeriod = sql`s.account_id = a.id and s.started_at >= ${period.from} and s.started_at < ${period.to}
    ${siteId === null ? sql`` : sql`and s.site_id = ${siteId}`}`;
  const { rows } = await sql<{
    id: number;
    by_person: number;
    content: string;
    account_evidence: string | null;
    country: string | null;
    channel: string | null;
    source: string | null;
  }>`
    with picked as materialized (
      select a.id,
        (select s.id from session s where ${inPeriod} order by s.started_at desc limit 1) as latest,
        (select s.arrival_id from session s where ${inPeriod} and s.arrival_id is not null
          order by s.started_at desc limit 1) as arrival
      from account a where a.id in (${sql.join(ids)})
    )
    select picked.id, s.by_person, v.content, p.account_evidence, n.country, r.channel, r.source
    from picked
    join session s on s.id = picked.latest
    join network n on n.id = s.network_id
    join verdict v on v.id = n.verdict_id
    left join person p on p.id = s.person_id
    left join arrival r on r.id = picked.arrival`.execute(db);
  return new Map(
    rows.map((row) => {
      const evidence = evidenceOf(row);
      return [
        row.id,
        {
          ...evidence,
          // The network of someone known by e-mail may be anywhere; it says nothing of where the company is.
          country: row.by_person === 1 ? null : row.country,
          channel: row.channel,
          source: row.source,
        },
      ];
    }),
  );
}

/** Why a session is its account's: the person's e-mail, or what was said of the network. */
function evidenceOf(row: { by_person: number; content: string; account_evidence: string | null }): {
  confidence: number;
  evidence: Evidence[];
  tier: Tier;
} {
  if (row.by_person === 1 && row.account_evidence !== null) {
    const evidence = JSON.parse(row.account_evidence) as Evidence;
    return { confidence: evidence.confidence, evidence: [evidence], tier: 'account' };
  }
  const verdict = JSON.parse(row.content) as Verdict;
  return { confidence: verdict.confidence, evidence: verdict.evidence, tier: verdict.tier };
}

/** First and last day (inclusive) of a sparkline: the end of the period. */
function sparkline(period: Period): { first: number; last: number } {
  const last = dayNumber(period.to - 1);
  return { first: Math.max(dayNumber(period.from), last - sparklineDays + 1), last };
}

async function activityOf(
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

/** One account with everything above its timeline; null if there is none of that number. */
export async function readAccount(
  db: Kysely<Tables>,
  id: number,
  siteId: number | null,
  now: number,
): Promise<AccountDetail | null> {
  const account = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  if (account === undefined) return null;
  let totals = db
    .selectFrom('account_total')
    .select((of) => [
      of.fn.min<number | null>('first_at').as('first_at'),
      of.fn.max<number | null>('last_at').as('last_at'),
      of.fn.sum<number | null>('visits').as('visits'),
      of.fn.sum<number | null>('people').as('people'),
      of.fn.sum<number | null>('pages').as('pages'),
      of.fn.sum<number | null>('forms').as('forms'),
    ])
    .where('account_id', '=', id);
  if (siteId !== null) totals = totals.where('site_id', '=', siteId);
  const sum = await totals.executeTakeFirst();
  const attributions = await attributionsOf(db, id, siteId);
  const last = dayNumber(now);
  const activity = await activityOf(db, [id], siteId, { first: last - chartDays + 1, last });
  return {
    id,
    name: account.name,
    domain: account.domain,
    kind: account.kind as Kind,
    country: account.country ?? attributions.find((one) => one.country !== null)?.country ?? null,
    confidence: attributions[0]?.confidence ?? 0,
    tier: 'account',
    attributions: attributions.map(({ country: _, ...one }) => one),
    firstAt: sum?.first_at ?? account.created_at,
    lastAt: sum?.last_at ?? account.created_at,
    visits: sum?.visits ?? 0,
    people: sum?.people ?? 0,
    pages: sum?.pages ?? 0,
    forms: sum?.forms ?? 0,
    activity: activity.get(id) ?? [],
  };
}

/** Ways of being identified told at most on an account's page, and verdicts read to find them. */
const maxAttributions = 20;
const maxVerdicts = 500;

type Attribution = AccountDetail['attributions'][number] & { country: string | null };

async function attributionsOf(
  db: Kysely<Tables>,
  accountId: number,
  siteId: number | null,
): Promise<Attribution[]> {
  const { rows } = await sql<{
    by_person: number;
    content: string;
    account_evidence: string | null;
    prefix: string;
    country: string | null;
    visits: number;
    last_at: number;
  }>`
    select s.by_person, v.content, p.account_evidence, n.prefix, n.country,
      count(*) as visits, max(s.ended_at) as last_at
    from session s
    join network n on n.id = s.network_id
    join verdict v on v.id = n.verdict_id
    left join person p on p.id = s.person_id and s.by_person = 1
    where s.account_id = ${accountId} ${siteId === null ? sql`` : sql`and s.site_id = ${siteId}`}
    group by case when s.by_person = 1 then p.id else v.id end, s.by_person
    order by visits desc
    limit ${maxVerdicts}`.execute(db);
  // The same reason in a newer build of the data is the same reason: told once, with all its visits.
  const byReason = new Map<string, Attribution>();
  for (const row of rows) {
    const { confidence, evidence } = evidenceOf(row);
    const key = JSON.stringify(evidence.map(({ source, says }) => [source, says]));
    const byPerson = row.by_person === 1;
    const known = byReason.get(key);
    const isNewer = known === undefined || row.last_at > known.lastAt;
    byReason.set(key, {
      ...(isNewer
        ? {
            evidence,
            confidence,
            prefix: byPerson ? null : row.prefix,
            country: byPerson ? null : row.country,
            lastAt: row.last_at,
          }
        : known),
      visits: row.visits + (known?.visits ?? 0),
    });
  }
  return [...byReason.values()]
    .sort((a, b) => b.confidence - a.confidence || b.visits - a.visits)
    .slice(0, maxAttributions);
}
