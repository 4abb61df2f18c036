/** Reads for how long people of some accounts were at pages. */
import { type Kysely, sql } from 'kysely';
import { dayNumber } from '../../time.ts';
import type { Period } from '../store.ts';
import type { Tables } from './tables.ts';

export async function readEngagement(
  db: Kysely<Tables>,
  ids: readonly number[],
  { siteId, period }: { siteId: number | null; period: Period },
): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const first = dayNumber(period.from);
  const end = dayNumber(period.to - 1) + 1;
  const onSite = siteId === null ? sql`` : sql`and a.site_id = ${siteId}`;
  // `activity` is ordered by day before account: so only the days on which they came are looked up, and the day after
  // each, since a visit may pass midnight and is of the day on which it began.
  const { rows } = await sql<{ account_id: number; seconds: number }>`
    with came as materialized (
      select account_id, day from account_day
      where account_id in (${sql.join(ids)}) and day >= ${first - 1} and day < ${end}
      union select account_id, day + 1 from account_day
      where account_id in (${sql.join(ids)}) and day >= ${first - 1} and day < ${end}
    )
    select came.account_id, sum(a.count) as seconds from came
    cross join activity a on a.subject_id = (select id from subject where kind = 'engaged' and name = '')
      and a.day = came.day and a.account_id = came.account_id
    where came.day >= ${first} and came.day < ${end} ${onSite}
    group by came.account_id`.execute(db);
  return new Map(rows.map((row) => [row.account_id, row.seconds]));
}
