/** Reads what is no account's: companies not sure enough, and the networks of providers, hosts and the unknown. */
import { type Kysely, sql } from 'kysely';
import type { Kind, Verdict } from '../../reveal/verdict.ts';
import { dayMs, dayNumber } from '../../time.ts';
import type { NetworkGroup, NetworkQuery, NetworkRow, Page } from '../store.ts';
import { containing } from './like.ts';
import type { Tables } from './tables.ts';
import { standings } from './totals.ts';
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
  const { siteId, period, group, search, limit, offset } = query;
  const { rows } = await sql<{
    content: string;
    name: string;
    country: string | null;
    visits: number;
    pages: number;
    last_day: number;
    total: number;
  }>`
    with said as materialized (
      select verdict_id, standing, sum(visits) as visits, sum(pages) as pages, max(day) as last_day
      from verdict_day
      where day >= ${dayNumber(period.from)} and day <= ${dayNumber(period.to - 1)}
        ${siteId === null ? sql`` : sql`and site_id = ${siteId}`} and ${stillWanted('verdict_id')}
      group by verdict_id, standing
    ),
    listed as materialized (
      select max(v.id) as verdict_id, ${name} as name, sum(d.visits) as visits, sum(d.pages) as pages,
        max(d.last_day) as last_day, count(*) over () as total
      from said d join verdict v on v.id = d.verdict_id
      where ${groupCondition(group)} ${matches(search)}
      group by v.kind, 2, v.domain
      order by visits desc, 2
      limit ${limit} offset ${offset}
    )
    select v.content, listed.*,
      (select max(n.country) from network n where n.verdict_id = v.id) as country
    from listed join verdict v on v.id = listed.verdict_id
    order by listed.visits desc, listed.name`.execute(db);
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
        pages: row.pages,
        lastDay: row.last_day * dayMs,
      };
    }),
  };
}

/** What was named by a learning that no longer holds is again its operator's. */
const name = sql`case when v.rests_on_learning = 1 then json_extract(v.content, '$.operator') else v.name end`;

/** Where the owner has decided, it is possible no more. */
function groupCondition(group: NetworkGroup) {
  if (group === 'own') return sql`d.standing = ${standings.own}`;
  if (group === 'possible') return sql`d.standing = ${standings.asSaid} and v.tier = 'possible'`;
  return sql`(d.standing = ${standings.decided} or d.standing = ${standings.asSaid} and v.tier <> 'possible')
    and v.kind in (${sql.join(kindsOf[group] ?? [])})`;
}

function matches(search: string) {
  if (search === '') return sql``;
  const pattern = containing(search);
  return sql`and (v.name like ${pattern} escape '\\' or v.domain like ${pattern} escape '\\')`;
}
