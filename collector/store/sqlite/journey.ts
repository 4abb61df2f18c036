/** Reads one account's journey: its lanes, and its visits with all that happened in them. */
import { type Kysely, sql } from 'kysely';
import type { Agent, Detail, Via } from '../../draft.ts';
import { sessionGapMs } from '../../identify/session.ts';
import type { Evidence } from '../../reveal/verdict.ts';
import {
  type Journey,
  type JourneyEvent,
  type JourneyQuery,
  type JourneySession,
  silenceMs,
  type VisitorLane,
} from '../store.ts';
import { arrivalOf } from './arrival-row.ts';
import { eventTypeCodes, eventTypeOf } from './event-type.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** Touchpoints of one visit told at most; a visit with more is a program that pretends to be a browser. */
const maxTouchpoints = 500;

/** Browsers told at most. */
const maxLanes = 200;

/** The account's browsers, the latest first; one that two persons had is a lane of each. */
export async function readLanes(
  db: Kysely<Tables>,
  accountId: number,
  siteId: number | null,
): Promise<VisitorLane[]> {
  const { rows } = await sql<{
    visitor_id: number;
    person_id: number | null;
    via: string;
    person: string | null;
    first_at: number;
    last_at: number;
    visits: number;
    spans: string;
  }>`
    with visit as (
      select visitor_id, person_id, started_at, ended_at, events,
        started_at - lag(ended_at) over lane > ${silenceMs} as is_back
      from session s
      where account_id = ${accountId} ${siteId === null ? sql`` : sql`and site_id = ${siteId}`}
        and ${stillWanted('s.id')}
      window lane as (partition by visitor_id, person_id order by started_at)
    ), numbered as (
      select *, sum(coalesce(is_back, 0)) over (
        partition by visitor_id, person_id order by started_at rows unbounded preceding) as number
      from visit
    ), span as (
      select visitor_id, person_id, min(started_at) as first_at, max(ended_at) as last_at, count(*) as visits,
        sum(events) as events
      from numbered group by visitor_id, person_id, number
    )
    select l.visitor_id, l.person_id, v.via, p.label as person, l.first_at, l.last_at, l.spans,
      case v.via when 'import' then l.events else l.visits end as visits
    from (
      select visitor_id, person_id, min(first_at) as first_at, max(last_at) as last_at, sum(visits) as visits,
        sum(events) as events, json_group_array(json_array(first_at, last_at) order by first_at) as spans
      from span group by visitor_id, person_id
      order by last_at desc, visitor_id limit ${maxLanes}) l
    join visitor v on v.id = l.visitor_id
    left join person p on p.id = l.person_id
    order by l.last_at desc, l.visitor_id`.execute(db);
  return rows.map((row) => ({
    visitorId: row.visitor_id,
    personId: row.person_id,
    via: row.via as Via,
    person: row.person,
    firstAt: row.first_at,
    lastAt: row.last_at,
    visits: row.visits,
    spans: (JSON.parse(row.spans) as [number, number][]).map(([from, to]) => ({ from, to })),
  }));
}

/** Visits with all that is told of each, before it is said whose. */
export function visitsIn(db: Kysely<Tables>) {
  return db
    .selectFrom('session as s')
    .innerJoin('agent as g', 'g.id', 's.agent_id')
    .innerJoin('network as n', 'n.id', 's.network_id')
    .innerJoin('visitor as v', 'v.id', 's.visitor_id')
    .leftJoin('arrival as r', 'r.id', 's.arrival_id')
    .leftJoin('person as m', 'm.id', 's.employer_id')
    .select([
      's.id',
      's.visitor_id',
      's.account_id',
      's.person_id',
      'v.via',
      's.site_id',
      's.started_at',
      's.ended_at',
      's.employer_id',
      'm.account_evidence',
      's.by_learned',
      's.decision_id',
      's.arrival_id',
      'g.browser',
      'g.os',
      'g.device',
      'n.country',
      'r.channel',
      'r.source',
      'r.medium',
      'r.campaign',
      'r.term',
      'r.content',
      'r.click_id',
      'r.referrer',
    ]);
}

/** Visits before a moment, newest first, each with its touchpoints in order. */
export function readJourney(db: Kysely<Tables>, query: JourneyQuery): Promise<Journey> {
  let select = visitsIn(db).where('s.account_id', '=', query.accountId);
  if (query.siteId !== null) select = select.where('s.site_id', '=', query.siteId);
  if (query.visitorId !== null) select = select.where('s.visitor_id', '=', query.visitorId);
  if (typeof query.personId === 'number') select = select.where('s.person_id', '=', query.personId);
  return readVisits(db, select, query);
}

/** One page of these visits. */
export async function readVisits(
  db: Kysely<Tables>,
  visits: ReturnType<typeof visitsIn>,
  query: Pick<JourneyQuery, 'before' | 'limit'>,
): Promise<Journey> {
  let select = visits
    .orderBy('s.started_at', 'desc')
    .orderBy('s.id', 'desc')
    .limit(query.limit + 1);
  if (query.before !== null) {
    const { startedAt, sessionId } = query.before;
    select = select
      .where('s.started_at', '<=', startedAt)
      .where((of) => of.or([of('s.started_at', '<', startedAt), of('s.id', '<', sessionId)]));
  }
  const rows = await select.execute();
  const page = rows.slice(0, query.limit);
  const sessions: JourneySession[] = [];
  for (const row of page) {
    sessions.push({
      id: row.id,
      visitorId: row.visitor_id,
      accountId: row.account_id,
      personId: row.person_id,
      via: row.via as Via,
      siteId: row.site_id,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      arrival: arrivalOf(row),
      agent: { browser: row.browser, os: row.os, device: row.device as Agent['device'] },
      country: row.country,
      attribution: attributionOf(row),
      touchpoints: await touchpointsOf(db, row.visitor_id, row.started_at, row.ended_at),
    });
  }
  const last = page.at(-1);
  const isMore = rows.length > query.limit && last !== undefined;
  return { sessions, next: isMore ? { startedAt: last.started_at, sessionId: last.id } : null };
}

/** Why a visit is its account's, or nobody's. */
export function attributionOf(row: {
  employer_id: number | null;
  account_evidence: string | null;
  decision_id: number | null;
  by_learned: number;
}): JourneySession['attribution'] {
  if (row.employer_id !== null) {
    const evidence = row.account_evidence && (JSON.parse(row.account_evidence) as Evidence);
    return evidence && evidence.source === 'group' ? 'group' : 'person';
  }
  if (row.decision_id !== null) return 'decision';
  return row.by_learned === 1 ? 'learned' : 'network';
}

const eventColumns = ['e.id', 'e.type', 'e.at', 'e.detail', 'p.host', 'p.path', 't.value as title'] as const;

/**
 * Sessions hold no list of their events: those are the visitor's between its start and its end. After that, and
 * before another session could begin, come only those that tell of a page going away.
 */
async function touchpointsOf(
  db: Kysely<Tables>,
  visitorId: number,
  startedAt: number,
  endedAt: number,
): Promise<JourneyEvent[]> {
  const rows = await db
    .selectFrom('event as e')
    .innerJoin('page as p', 'p.id', 'e.page_id')
    .leftJoin('string as t', 't.id', 'e.title_id')
    .select(eventColumns)
    .where('e.visitor_id', '=', visitorId)
    .where('e.at', '>=', startedAt)
    .where('e.at', '<=', endedAt + sessionGapMs)
    .orderBy('e.at')
    .orderBy('e.id')
    .limit(maxTouchpoints)
    .execute();
  return rows.map(eventOf);
}

/** The newest events of a site with the account of their visit, newest first. */
export async function readLatestEvents(
  db: Kysely<Tables>,
  siteId: number,
  limit: number,
): Promise<(JourneyEvent & { account: { id: number; name: string } | null })[]> {
  const rows = await db
    .selectFrom('event as e')
    .innerJoin('page as p', 'p.id', 'e.page_id')
    .innerJoin('visitor as v', 'v.id', 'e.visitor_id')
    .leftJoin('string as t', 't.id', 'e.title_id')
    .select([...eventColumns, 'e.visitor_id'])
    .where('e.site_id', '=', siteId)
    .where('v.via', '<>', 'import')
    .where(stillWanted('e.id'))
    .where('e.type', '<>', eventTypeCodes.leave)
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute();
  return Promise.all(
    rows.map(async (row) => {
      const account = await db
        .selectFrom('session as s')
        .innerJoin('account as a', 'a.id', 's.account_id')
        .select(['a.id', 'a.name'])
        .where('s.visitor_id', '=', row.visitor_id)
        .where('s.started_at', '<=', row.at)
        .where('s.ended_at', '>=', row.at)
        .where('s.started_at', '>=', row.at - maxSessionMs)
        .executeTakeFirst();
      return { ...eventOf(row), account: account ?? null };
    }),
  );
}

/** How far back the session of an event is looked for; longer ones are programs. */
const maxSessionMs = 48 * sessionGapMs;

export function eventOf(row: {
  id: number;
  type: number;
  at: number;
  detail: string | null;
  host: string;
  path: string;
  title: string | null;
}): JourneyEvent {
  return {
    id: row.id,
    type: eventTypeOf(row.type),
    at: row.at,
    host: row.host,
    path: row.path,
    title: row.title ?? '',
    detail: row.detail === null ? {} : (JSON.parse(row.detail) as Detail),
  };
}
