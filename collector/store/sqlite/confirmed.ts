/** Reads the networks that people's own e-mail addresses have confirmed: labels to measure the look-up by. */
import { type Kysely, sql } from 'kysely';
import type { Verdict } from '../../reveal/verdict.ts';
import type { ConfirmedNetwork } from '../store.ts';
import type { Tables } from './tables.ts';

/** Asked by hand and seldom: it may look at every visit of an identified person. */
export async function readConfirmedNetworks(db: Kysely<Tables>, limit: number): Promise<ConfirmedNetwork[]> {
  const { rows } = await sql<{
    prefix: string;
    content: string;
    name: string;
    domain: string | null;
    visits: number;
  }>`
    select n.prefix, v.content, a.name, a.domain, count(*) as visits
    from session s
    join person p on p.id = s.employer_id
    join account a on a.id = p.account_id
    join network n on n.id = s.network_id
    join verdict v on v.id = n.verdict_id
    where s.employer_id is not null and s.is_offline = 0 and v.rests_on_learning = 0
    group by s.network_id, p.account_id
    order by visits desc, s.network_id
    limit ${limit}`.execute(db);
  return rows.map(({ prefix, content, name, domain, visits }) => ({
    prefix,
    employer: { name, domain },
    verdict: JSON.parse(content) as Verdict,
    visits,
  }));
}
