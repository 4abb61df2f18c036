/** Counts of how many companies and people each field is known. It costs by their number, not by their visits. */
import { type Kysely, sql } from 'kysely';
import type { Completeness } from '../completeness.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

export async function readCompleteness(db: Kysely<Tables>): Promise<Completeness> {
  // The owner who was chosen here stands over the one of a file, also where that is nobody.
  const companies = await sql<Completeness['companies']>`
    select count(*) as total, count(a.domain) as domain, count(coalesce(p.country, a.country)) as country,
      count(p.industry) as industry, count(p.size) as size,
      count(case when o.account_id is null then p.owner else o.owner end) as owner
    from (select distinct account_id from account_total where ${stillWanted('account_id')}) came
    join account a on a.id = came.account_id
    left join profile p on p.account_id = a.id
    left join account_owner o on o.account_id = a.id`.execute(db);
  // An id of the site's that turned out to be an e-mail's is nobody of its own.
  const people = await sql<Completeness['people']>`
    select count(*) as total,
      count(coalesce(c.email, case when p.key like 'mailto:%' then p.label end)) as email,
      count(c.name) as name, count(c.title) as title,
      count(case when r.key is null then c.role else r.role end) as role
    from person p
    left join contact c on c.key = p.key
    left join person_role r on r.key = p.key
    where p.key not in (select key from person_alias) and ${stillWanted('p.id')}`.execute(db);
  const none = { total: 0 };
  return {
    companies: companies.rows[0] ?? { ...none, domain: 0, country: 0, industry: 0, size: 0, owner: 0 },
    people: people.rows[0] ?? { ...none, email: 0, name: 0, title: 0, role: 0 },
  };
}
