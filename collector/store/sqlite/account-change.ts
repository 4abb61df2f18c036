/** How much more, or less, accounts did than in as many days before: from sums, so that it costs by the accounts. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dayNumber } from '../../time.ts';
import type { Period } from '../store.ts';
import { spanDays } from './spans.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** Where the period is all of time there is nothing before it: then its last days are compared, as new ones are new in them. */
const daysOfAllTime = 30;

type Within = { siteId: number | null; period: Period };

/** Days that are compared, half-open: those of `before` to `since`, and as many of `since` to `end`. */
function comparedDays({ from, to }: Period): { before: number; since: number; end: number } {
  const end = dayNumber(to - 1) + 1;
  const since = from > 0 ? dayNumber(from) : end - daysOfAllTime;
  return { before: since - (end - since), since, end };
}

const onSite = (siteId: number | null) => (siteId === null ? sql`` : sql`and t.site_id = ${siteId}`);

/** Finding an account's days three times, once at each edge, costs as much as reading so many more of them at once. */
const worthSpans = 64;

/** Days that are added, or taken away, so many times. */
interface Part {
  first: number;
  end: number;
  times: number;
}

/**
 * The days to be read one by one beside whole spans: each edge is moved to the nearest span, and what lies between is
 * put right. Of the edge in the middle it counts twice, since it is taken from one side and given to the other.
 */
function putRight({ before, since, end }: ReturnType<typeof comparedDays>): { spans: Part[]; days: Part[] } {
  const nearest = (day: number) => Math.round(day / spanDays);
  const days = [
    { edge: before, times: 1 },
    { edge: since, times: -2 },
    { edge: end, times: 1 },
  ].map(({ edge, times }): Part => {
    const moved = nearest(edge) * spanDays;
    return { first: Math.min(edge, moved), end: Math.max(edge, moved), times: moved < edge ? times : -times };
  });
  return {
    spans: [
      { first: nearest(before), end: nearest(since), times: -1 },
      { first: nearest(since), end: nearest(end), times: 1 },
    ],
    days: days.filter((part) => part.first < part.end),
  };
}

/** By how many pages every account did more: `account_id`, `change`. */
export function changeOfAll({ siteId, period }: Within): RawBuilder<unknown> {
  const compared = comparedDays(period);
  const { before, since, end } = compared;
  // From the accounts to their days by the key: the table has no index by day, and need not have one.
  const ofDays = (days: Omit<Part, 'times'>, times: RawBuilder<unknown>) => sql`
    select t.account_id, sum(${times} * d.pages) as pages from account_total t
    cross join account_day d on d.account_id = t.account_id and d.site_id = t.site_id
      and d.day >= ${days.first} and d.day < ${days.end}
    where ${stillWanted('t.account_id')} ${onSite(siteId)} group by t.account_id`;
  const ofSpans = ({ first, end, times }: Part) => sql`
    select t.account_id, ${times} * t.pages as pages from account_span t
    where t.span >= ${first} and t.span < ${end} and ${stillWanted('t.account_id')} ${onSite(siteId)}`;
  const { spans, days } = putRight(compared);
  const daysAside = days.reduce((sum, part) => sum + part.end - part.first, 0);
  const parts =
    end - before - daysAside > worthSpans
      ? [...spans.map(ofSpans), ...days.map((part) => ofDays(part, sql`${part.times}`))]
      : [ofDays({ first: before, end }, sql`(case when d.day >= ${since} then 1 else -1 end)`)];
  return sql`
    select account_id, sum(pages) as change from (${sql.join(parts, sql` union all `)}) group by account_id`;
}

/** The same of these accounts. */
export async function changeOf(
  db: Kysely<Tables>,
  ids: readonly number[],
  { siteId, period }: Within,
): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const { before, since, end } = comparedDays(period);
  const { rows } = await sql<{ account_id: number; change: number }>`
    select t.account_id, sum(case when t.day >= ${since} then t.pages else -t.pages end) as change
    from account_day t
    where t.account_id in (${sql.join(ids)}) and t.day >= ${before} and t.day < ${end} ${onSite(siteId)}
    group by t.account_id`.execute(db);
  return new Map(rows.map((row) => [row.account_id, row.change]));
}
