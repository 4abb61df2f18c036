/** Reads the people of many accounts at once: those seen, and those whom files tell of. */
import { type Kysely, sql } from 'kysely';
import type { Audience, AudiencePerson } from '../audience.ts';
import { type Merged, mergedTable } from './merged.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

interface Row {
  account_id: number;
  key: string;
  email: string | null;
  name: string | null;
  title: string | null;
  department: string | null;
  first_at: number | null;
  last_at: number | null;
  visits: number;
  pages: number;
}

export async function readAudience(
  db: Kysely<Tables>,
  merged: Merged,
  accountIds: readonly number[],
): Promise<Audience> {
  const asked = JSON.stringify(accountIds);
  const ids = sql`(select value from json_each(${asked}))`;
  const seen = await sql<Row>`
    select came.account_id, p.key, coalesce(c.email, case when p.key like 'mailto:%' then p.label end) as email,
      c.name, c.title, c.department, came.first_at, came.last_at, came.visits, came.pages
    from (
      select account_id, person_id, sum(is_offline = 0) as visits, sum(pages) as pages,
        min(case is_offline when 0 then started_at end) as first_at, max(case is_offline when 0 then ended_at end) as last_at
      from session where account_id in ${ids} and person_id is not null and ${stillWanted('id')}
      group by account_id, person_id) came
    join person p on p.id = came.person_id left join contact c on c.key = p.key
    order by came.last_at is null, came.last_at desc, came.person_id`.execute(db);
  // A file's company is known by the number that it had, whatever that was merged into.
  const known = await sql<Row>`
    select home.root as account_id, c.key, c.email, c.name, c.title, c.department,
      null as first_at, null as last_at, 0 as visits, 0 as pages
    from (select value as id, value as root from json_each(${asked})
      union all select id, root from ${mergedTable(merged)} where root in ${ids}) home
    join contact c on c.account_id = home.id order by coalesce(c.name, c.email) collate nocase, c.id`.execute(
    db,
  );
  const nameless = await sql<{ browsers: number }>`
    select count(*) as browsers from (
      select distinct account_id, visitor_id from session
      where account_id in ${ids} and person_id is null and is_offline = 0 and ${stillWanted('id')})`.execute(
    db,
  );
  const of = new Map<number, Row[]>(accountIds.map((id) => [id, []]));
  const isSeen = new Set(seen.rows.map(({ account_id, key }) => `${account_id} ${key}`));
  for (const row of seen.rows) of.get(row.account_id)?.push(row);
  for (const row of known.rows)
    if (!isSeen.has(`${row.account_id} ${row.key}`)) of.get(row.account_id)?.push(row);
  return {
    people: [...of.values()].flatMap((rows) => rows.map(personOf)),
    namelessBrowsers: nameless.rows[0]?.browsers ?? 0,
  };
}

const personOf = (row: Row): AudiencePerson => ({
  accountId: row.account_id,
  email: row.email,
  name: row.name,
  title: row.title,
  department: row.department,
  firstAt: row.first_at,
  lastAt: row.last_at,
  visits: row.visits,
  pages: row.pages,
});
