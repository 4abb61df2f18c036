/** How many accounts came within a period, from their sums alone: nothing is asked of their visits. */
import { type Kysely, sql } from 'kysely';
import { dayNumber } from '../../time.ts';
import type { Period } from '../store.ts';
import { wholeDays } from './account-sums.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** Accounts with a visit that began within the period, its days whole, and those of them that had none before. */
export async function countAccounts(
  db: Kysely<Tables>,
  siteId: number | null,
  period: Period,
): Promise<{ accounts: number; newAccounts: number }> {
  const { from, to } = wholeDays(period);
  // Only of those who came before it and after it too do their days have to say whether they came within it.
  const { rows } = await sql<{ accounts: number; new_accounts: number }>`
    select count(*) as accounts, coalesce(sum(first_at >= ${from}), 0) as new_accounts from (
      select min(first_at) as first_at, max(case
        when first_at >= ${to} or last_started_at < ${from} then 0
        when first_at >= ${from} or last_started_at < ${to} then 1
        else exists (
          select 1 from account_day d where d.account_id = t.account_id and d.site_id = t.site_id
            and d.day >= ${dayNumber(from)} and d.day < ${dayNumber(to)})
        end) as came
      from account_total t
      where ${stillWanted('account_id')} ${siteId === null ? sql`` : sql`and site_id = ${siteId}`}
      group by account_id)
    where came = 1`.execute(db);
  return { accounts: rows[0]?.accounts ?? 0, newAccounts: rows[0]?.new_accounts ?? 0 };
}
