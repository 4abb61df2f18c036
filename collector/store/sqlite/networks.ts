/** Reads what is no account's: companies not sure enough, and the networks of providers, hosts and the unknown. */
import { type Kysely, sql } from 'kysely';
import type { Kind, Verdict } from '../../reveal/verdict.ts';
import type { NetworkGroup, NetworkQuery, NetworkRow, Page } from '../store.ts';
import { containing } from './like.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

const kindsOf = {
  possible: null,
  providers: ['isp', 'mobile'],
  hosting: ['hosting', 'vpn', 'proxy', 'bot'],
  unknown: ['unknown', 'private', 'business', 'education', 'government'],
  own: null,
} as const satisfies Record<NetworkGroup, readonly Kind[] | null>;

/** One page of a group, the most visits first. */
export async function listNetworks(db: Kysely<Tables>, query: NetworkQuery): Promise<Page<NetworkRow>> {
  const { rows, total } = await read(db, query);
  if (rows.length === 0 && query.offset > 0)
    return { rows, total: (await read(db, { ...query, offset: 0, limit: 1 })).total };
  return { rows, total };
}

async function read(db: Kysely<Tables>, query: NetworkQuery): Promise<Page<NetworkRow>> {
  const inGroup = groupCondition(query.group);
  const { rows } = await sql<{
    content: string;
    name: string;
    country: string | null;
    visits: number;
    visitors: number;
    pages: number;
    last_at: number;
    total: number;
  }>`
    select max(v.content) as content, ${name} as name, max(n.country) as country, count(*) as visits,
      count(distinct s.visitor_id) as visitors, sum(s.pages) as pages, max(s.ended_at) as last_at,
      count(*) over () as total
    from session s
    join network n on n.id = s.network_id
    join verdict v on v.id = n.verdict_id
    where s.account_id is null and s.is_offline = 0 and s.started_at >= ${query.period.from} and s.started_at < ${query.period.to}
      ${query.siteId === null ? sql`` : sql`and s.site_id = ${query.siteId}`}
      and ${inGroup} ${matches(query.search)} and ${stillWanted('s.id')}
    group by v.kind, 2, v.domain
    order by visits desc, 2
    limit ${query.limit} offset ${query.offset}`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map((row): NetworkRow => {
      const verdict = JSON.parse(row.content) as Verdict;
      return {
        name: row.name ?? 'Unknown network',
        domain: verdict.company?.domain ?? null,
        kind: verdict.kind,
        confidence: verdict.confidence,
        evidence: verdict.evidence,
        country: row.country,
        visits: row.visits,
        visitors: row.visitors,
        pages: row.pages,
        lastAt: row.last_at,
      };
    }),
  };
}

/** What was named by a learning that no longer holds is again its operator's. */
const name = sql`case when v.rests_on_learning = 1 then json_extract(v.content, '$.operator') else v.name end`;

/** Where the owner has decided, it is possible no more. */
function groupCondition(group: NetworkGroup) {
  if (group === 'own') return sql`s.is_own = 1`;
  if (group === 'possible') return sql`s.is_own = 0 and v.tier = 'possible' and s.decision_id is null`;
  return sql`s.is_own = 0 and (v.tier <> 'possible' or s.decision_id is not null)
    and v.kind in (${sql.join(kindsOf[group] ?? [])})`;
}

function matches(search: string) {
  if (search === '') return sql``;
  const pattern = containing(search);
  return sql`and (v.name like ${pattern} escape '\\' or v.domain like ${pattern} escape '\\')`;
}
