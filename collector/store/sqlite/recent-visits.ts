/** Reads the latest visits by the address they came from. */
import { type Kysely, sql } from 'kysely';
import type { AddressVisits, RecentVisitsQuery } from '../store.ts';
import type { Tables } from './tables.ts';

/** Reads as many visits as asked for, however many there are: each half follows its own index from the newest back. */
export async function readRecentVisits(
  db: Kysely<Tables>,
  { since, limit, newest }: RecentVisitsQuery,
): Promise<AddressVisits[]> {
  const latest = (which: 'null' | 'not null') => sql`
    select * from (
      select s.id, s.started_at, s.visitor_id, s.network_id, s.agent_id
      from session s join visitor v on v.id = s.visitor_id
      where s.account_id is ${sql.raw(which)} and s.is_offline = 0 and s.started_at >= ${since} and v.via not in ('log', 'server')
      order by s.started_at desc limit ${limit})`;
  const { rows } = await sql<{
    address_key: number;
    prefix: string;
    name: string | null;
    visits: number;
    visitors: number;
    agents: number;
    newest: number;
  }>`
    with latest as (${latest('null')} union all ${latest('not null')}),
    numbered as (
      select *, row_number() over (order by started_at desc, id desc) as number from latest
      order by number limit ${limit})
    select n.address_key, n.prefix, max(d.name) as name, count(*) as visits,
      count(distinct l.visitor_id) as visitors, count(distinct l.agent_id) as agents,
      sum(l.number <= ${newest}) as newest
    from numbered l
    join network n on n.id = l.network_id
    join verdict d on d.id = n.verdict_id
    group by n.address_key, n.prefix
    order by visitors desc, visits desc, n.address_key`.execute(db);
  return rows.map(({ address_key, name, ...row }) => ({ ...row, addressKey: address_key, network: name }));
}
