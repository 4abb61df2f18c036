/** Reads the newest events with whose visits they are of: by their number, from the newest back. */
import { type Kysely, sql } from 'kysely';
import type { Detail } from '../../draft.ts';
import type { LiveAnswer, LiveEvent, LiveQuery } from '../live.ts';
import { eventTypeCodes, eventTypeOf } from './event-type.ts';
import type { Tables } from './tables.ts';

/** Events looked at beyond those wanted: of a store that takes in old logs, none of the newest may be live. */
const maxLookedAt = 20_000;

interface Row {
  id: number;
  site_id: number;
  at: number;
  type: number;
  host: string;
  path: string;
  title: string | null;
  detail: string | null;
  visit_id: number;
  visit_at: number;
  who: number;
  account_id: number | null;
  name: string | null;
  is_own: number;
}

export async function readLive(
  db: Kysely<Tables>,
  { afterId, since, limit }: LiveQuery,
): Promise<LiveAnswer> {
  const last = await db
    .selectFrom('event')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst();
  const lastId = last?.id ?? 0;
  const from = Math.max(afterId ?? 0, lastId - maxLookedAt);
  if (from >= lastId) return { events: [], lastId };
  const { rows } = await sql<Row>`
    with latest as materialized (
      select e.id, e.site_id, e.at, e.type, e.page_id, e.title_id, e.detail,
        (select s.id from session s where s.visitor_id = e.visitor_id and s.started_at <= e.at
          order by s.started_at desc limit 1) as visit_id
      from event e
      where e.id > ${from} and e.id <= ${lastId} and e.at >= ${since} and e.type <> ${eventTypeCodes.leave}
      order by e.id desc limit ${limit})
    select l.id, l.site_id, l.at, l.type, l.detail, p.host, p.path, t.value as title, l.visit_id,
      s.started_at as visit_at, coalesce(s.person_id, -s.visitor_id) as who, s.is_own, a.id as account_id,
      a.name
    from latest l
    join session s on s.id = l.visit_id
    join page p on p.id = l.page_id
    left join string t on t.id = l.title_id
    left join account a on a.id = s.account_id
    where s.is_offline = 0
    order by l.id desc`.execute(db);
  return { events: rows.map(eventOf), lastId };
}

function eventOf(row: Row): LiveEvent {
  return {
    id: row.id,
    siteId: row.site_id,
    at: row.at,
    type: eventTypeOf(row.type),
    host: row.host,
    path: row.path,
    title: row.title ?? '',
    detail: row.detail === null ? {} : (JSON.parse(row.detail) as Detail),
    visitId: row.visit_id,
    visitAt: row.visit_at,
    who: row.who,
    account: row.account_id === null ? null : { id: row.account_id, name: row.name ?? '' },
    isOwn: row.is_own === 1,
  };
}
