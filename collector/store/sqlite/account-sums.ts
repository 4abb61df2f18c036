/**
 * Which accounts came within a period, and how much they did: from sums, so that it costs by the accounts and not by
 * their visits. Periods are whole days.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { dayMs, dayNumber } from '../../time.ts';
import type { AccountQuery, Period } from '../store.ts';
import { spanDays } from './spans.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** What a list is of, without which part of it. */
export type AccountsAsked = Omit<AccountQuery, 'offset' | 'limit'>;

type Within = Pick<AccountsAsked, 'siteId' | 'period'>;

/** The period with its first and last day whole. */
export function wholeDays({ from, to }: Period): Period {
  return { from: dayNumber(from) * dayMs, to: (dayNumber(to - 1) + 1) * dayMs };
}

const onSite = (siteId: number | null) => (siteId === null ? sql`` : sql`and site_id = ${siteId}`);

/**
 * Accounts with a visit that began within the period: `account_id`, `first_at` (ever), `last_within`.
 * @param ids of these alone; null: of all
 */
export function members(
  { siteId, period }: Within,
  ids: readonly number[] | null = null,
): RawBuilder<unknown> {
  const { from, to } = wholeDays(period);
  // One that came after the period too: its days say whether it came within it, and the visits of the last one of them
  // (and of the night before it, since a visit may pass midnight) when it was last there.
  const lastDay = sql`
    select max(day) from account_day d
    where d.account_id = t.account_id and d.site_id = t.site_id
      and d.day >= ${dayNumber(from)} and d.day < ${dayNumber(to)}`;
  const lastWithin = sql`
    select max(ended_at) from session s
    where s.account_id = t.account_id and s.site_id = t.site_id and s.started_at < ${to}
      and s.is_offline = 0
      and s.started_at >= max(${from}, ((${lastDay}) - 1) * ${dayMs})`;
  return sql`
    select account_id, min(first_at) as first_at,
      max(case
        when first_at >= ${to} or last_started_at < ${from} then null
        when last_started_at < ${to} then last_at
        else (${lastWithin})
      end) as last_within
    from account_total t
    where ${ids === null ? sql`true` : sql`account_id in (${sql.join(ids)})`} ${onSite(siteId)}
      and ${stillWanted('account_id')}
    group by account_id
    having last_within is not null`;
}

/** Whether the period holds every visit that there is: then an account's sums are known already. */
export async function holdsAll(db: Kysely<Tables>, { siteId, period }: Within): Promise<boolean> {
  const { from, to } = wholeDays(period);
  const { rows } = await sql<{ found: number }>`
    select exists (select 1 from account_total
      where (first_at < ${from} or last_started_at >= ${to}) ${onSite(siteId)}) as found`.execute(db);
  return rows[0]?.found === 0;
}

/** Sums of every account over the period: `account_id`, `visits`, `pages`. @param isAll see `holdsAll` */
export function sumsOfAll({ siteId, period }: Within, isAll: boolean): RawBuilder<unknown> {
  const { from, to } = wholeDays(period);
  const spanMs = spanDays * dayMs;
  const first = Math.ceil(from / spanMs);
  const end = Math.floor(to / spanMs);
  const visits = (since: number, until: number) => sql`
    select account_id, count(*) as visits, sum(pages) as pages from session
    where account_id is not null and is_offline = 0 and started_at >= ${since} and started_at < ${until} ${onSite(siteId)}
      and ${stillWanted('id')}
    group by account_id`;
  if (isAll)
    return sql`
    select account_id, sum(visits) as visits, sum(pages) as pages from account_total
    where ${stillWanted('account_id')} ${onSite(siteId)} group by account_id`;
  if (first >= end) return visits(from, to);
  return sql`
    select account_id, sum(visits) as visits, sum(pages) as pages from (
      ${visits(from, first * spanMs)} union all ${visits(end * spanMs, to)} union all
      select account_id, sum(visits) as visits, sum(pages) as pages from account_span
      where span >= ${first} and span < ${end} ${onSite(siteId)} and ${stillWanted('account_id')}
      group by account_id)
    group by account_id`;
}

/**
 * People of every account over the period: `account_id`, `people`. Distinct people of several days add up to nothing,
 * but of an account that never came outside of the period all are known, if it came to one site: somebody may have been
 * on two. The visits of the others are walked.
 */
export function peopleOfAll({ siteId, period }: Within): RawBuilder<unknown> {
  const { from, to } = wholeDays(period);
  return sql`
    with total as materialized (
      select account_id, max(people) as people,
        count(*) = 1 and min(first_at) >= ${from} and max(last_started_at) < ${to} as is_known
      from account_total
      where first_at < ${to} and last_started_at >= ${from} ${onSite(siteId)} and ${stillWanted('account_id')}
      group by account_id
    )
    select account_id, people from total where is_known
    union all
    select s.account_id, count(distinct ${who}) as people
    from total t cross join session s on s.account_id = t.account_id
    where not t.is_known and s.is_offline = 0 and s.started_at >= ${from} and s.started_at < ${to} ${onSite(siteId)}
      and ${stillWanted('s.id')}
    group by s.account_id`;
}

/** Identified persons, plus browsers that nobody has told us the person of. */
const who = sql`coalesce(person_id, -visitor_id)`;

export interface AccountSums {
  visits: number;
  people: number;
  pages: number;
  forms: number;
}

/** What these accounts did within the period. */
export async function sumsOf(
  db: Kysely<Tables>,
  ids: readonly number[],
  { siteId, period }: Within,
): Promise<Map<number, AccountSums>> {
  if (ids.length === 0) return new Map();
  const { from, to } = wholeDays(period);
  const { rows } = await sql<AccountSums & { account_id: number }>`
    select d.account_id, sum(d.visits) as visits, sum(d.pages) as pages, sum(d.forms) as forms, p.people
    from account_day d
    join (
      select account_id, count(distinct ${who}) as people from session
      where account_id in (${sql.join(ids)}) and is_offline = 0 and started_at >= ${from} and started_at < ${to} ${onSite(siteId)}
        and ${stillWanted('id')}
      group by account_id
    ) p on p.account_id = d.account_id
    where d.account_id in (${sql.join(ids)}) and d.day >= ${dayNumber(from)} and d.day < ${dayNumber(to)}
      ${onSite(siteId)}
    group by d.account_id`.execute(db);
  return new Map(rows.map((row) => [row.account_id, row]));
}
