/** How much more, or less, accounts did than in as many days before: from sums, so that it costs by the accounts. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dayNumber } from '../../time.ts';
import type { Period } from '../store.ts';
import type { Tables } from './tables.ts';
import { spanDays } from './totals.ts';
import { stillWanted } from './wanted.ts';

/** Where the period is all of time there is nothing before it: then its last days are compared, as new ones are new in them. */
const daysOfAllTime = 30;

interface Days {
  /** Half-open, as day numbers. */
  first: number;
  end: number;
}

type Within = { siteId: number | null; period: Period };

/** The days that are compared, and as many before them. */
function comparedDays({ from, to }: Period): { now: Days; before: Days } {
  const end = dayNumber(to - 1) + 1;
  const first = from > 0 ? dayNumber(from) : end - daysOfAllTime;
  return { now: { first, end }, before: { first: first - (end - first), end: first } };
}

const onSite = (siteId: number | null) => (siteId === null ? sql`` : sql`and t.site_id = ${siteId}`);

/** By how many pages every account did more: `account_id`, `change`. */
export function changeOfAll({ siteId, period }: Within): RawBuilder<unknown> {
  const { now, before } = comparedDays(period);
  // From the accounts to their days by the key: the table has no index by day, and need not have one.
  const ofDays = (sign: 1 | -1, first: number, end: number) => sql`
    select t.account_id, ${sql.lit(sign)} * d.pages as pages from account_total t
    cross join account_day d on d.account_id = t.account_id and d.site_id = t.site_id
      and d.day >= ${first} and d.day < ${end}
    where ${stillWanted('t.account_id')} ${onSite(siteId)}`;
  const ofSpans = (sign: 1 | -1, first: number, end: number) => sql`
    select t.account_id, ${sql.lit(sign)} * t.pages as pages from account_span t
    where t.span >= ${first} and t.span < ${end} and ${stillWanted('t.account_id')} ${onSite(siteId)}`;
  const parts = [{ sign: 1, days: now } as const, { sign: -1, days: before } as const].flatMap(
    ({ sign, days }) => {
      const first = Math.ceil(days.first / spanDays);
      const end = Math.floor(days.end / spanDays);
      if (first >= end) return [ofDays(sign, days.first, days.end)];
      return [
        ofDays(sign, days.first, first * spanDays),
        ofSpans(sign, first, end),
        ofDays(sign, end * spanDays, days.end),
      ];
    },
  );
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
  const { now, before } = comparedDays(period);
  const { rows } = await sql<{ account_id: number; change: number }>`
    select t.account_id, sum(case when t.day >= ${now.first} then t.pages else -t.pages end) as change
    from account_day t
    where t.account_id in (${sql.join(ids)}) and t.day >= ${before.first} and t.day < ${now.end} ${onSite(siteId)}
    group by t.account_id`.execute(db);
  return new Map(rows.map((row) => [row.account_id, row.change]));
}
