/** Reads events as they are stored, a bounded number at a time. */
import { type Kysely, sql } from 'kysely';
import type { Agent, Detail, Via } from '../../draft.ts';
import type { Kind, Tier } from '../../reveal/verdict.ts';
import type { RawEvent, RawEventPage, RawEventQuery } from '../raw-event.ts';
import { arrivalOf } from './arrival-row.ts';
import { eventTypeOf } from './event-type.ts';
import type { Tables } from './tables.ts';

/** Events looked at in one call. There is no index by time, and a call must not last. */
const perScan = 4_000;

interface Row {
  id: number;
  site_id: number;
  type: number;
  at: number;
  received_at: number;
  detail: string | null;
  visitor_id: number;
  via: string;
  host: string;
  path: string;
  title: string | null;
  browser: string;
  os: string;
  device: string;
  arrival_id: number | null;
  channel: string | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  term: string | null;
  content: string | null;
  click_id: string | null;
  referrer: string | null;
  prefix: string;
  country: string | null;
  as_number: number | null;
  name: string | null;
  domain: string | null;
  kind: string;
  tier: string;
  confidence: number;
  visit_id: number | null;
  account_id: number | null;
  person: string | null;
}

/**
 * Goes through events by their number. The part that is looked at is bounded first, then what lies in the period is
 * read with its facts: so a period in which little happened costs no more a call than a full one.
 */
export async function readRawEvents(db: Kysely<Tables>, query: RawEventQuery): Promise<RawEventPage> {
  const ofSite = query.siteId === null ? sql`` : sql`and site_id = ${query.siteId}`;
  // The end of the part first: what arrives between the two statements is for the next call.
  const { rows: ends } = await sql<{ seen: number; last: number | null }>`
    select count(*) as seen, max(id) as last from (
      select id from event where id > ${query.after} ${ofSite} order by id limit ${perScan}
    )`.execute(db);
  const { seen = 0, last = null } = ends[0] ?? {};
  if (last === null) return { events: [], next: null };
  const { rows } = await sql<Row>`
    with part as materialized (
      select id, at from event where id > ${query.after} and id <= ${last} ${ofSite} order by id
    ),
    wanted as materialized (
      select id from part where at >= ${query.from} and at < ${query.to} order by id limit ${query.limit}
    ),
    placed as materialized (
      select wanted.id,
        (select s.id from session s where s.visitor_id = e.visitor_id and s.started_at <= e.at
          order by s.started_at desc, s.id desc limit 1) as visit_id
      from wanted join event e on e.id = wanted.id
    )
    select e.id, e.site_id, e.type, e.at, e.received_at, e.detail, e.visitor_id, v.via, p.host, p.path,
      t.value as title, g.browser, g.os, g.device, e.arrival_id, r.channel, r.source, r.medium, r.campaign, r.term,
      r.content, r.click_id, r.referrer, n.prefix, n.country, n.as_number, d.name, d.domain, d.kind, d.tier,
      d.confidence, s.id as visit_id, s.account_id, m.label as person
    from placed
    join event e on e.id = placed.id
    join visitor v on v.id = e.visitor_id
    join page p on p.id = e.page_id
    left join string t on t.id = e.title_id
    join agent g on g.id = e.agent_id
    left join arrival r on r.id = e.arrival_id
    join network n on n.id = e.network_id
    join verdict d on d.id = n.verdict_id
    left join session s on s.id = placed.visit_id
    left join person m on m.id = coalesce(e.person_id, s.person_id)
    order by e.id`.execute(db);
  const events = rows.map(eventOf);
  if (events.length === query.limit) return { events, next: events.at(-1)?.id ?? null };
  return { events, next: seen === perScan ? last : null };
}

function eventOf(row: Row): RawEvent {
  return {
    id: row.id,
    siteId: row.site_id,
    type: eventTypeOf(row.type),
    at: row.at,
    receivedAt: row.received_at,
    via: row.via as Via,
    host: row.host,
    path: row.path,
    title: row.title ?? '',
    detail: row.detail === null ? {} : (JSON.parse(row.detail) as Detail),
    arrival: arrivalOf(row),
    agent: { browser: row.browser, os: row.os, device: row.device as Agent['device'] },
    visitorId: row.visitor_id,
    visitId: row.visit_id,
    accountId: row.account_id,
    person: row.person,
    network: {
      prefix: row.prefix,
      country: row.country,
      asNumber: row.as_number,
      name: row.name,
      domain: row.domain,
      kind: row.kind as Kind,
      tier: row.tier as Tier,
      confidence: row.confidence,
    },
  };
}
