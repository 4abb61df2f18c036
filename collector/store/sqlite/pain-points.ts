/** Reads where people of an account got stuck, in its latest visits alone. */
import { type Kysely, sql } from 'kysely';
import type { Detail } from '../../draft.ts';
import { eventWord } from '../../event-word.ts';
import { sessionGapMs } from '../../identify/session.ts';
import type { PainKind, PainPoint, PainPoints } from '../pain-points.ts';
import { eventTypeCodes } from './event-type.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** Visits that are looked at, and events of them. */
const maxVisits = 200;
const maxEvents = 5_000;
/** Told at most. */
const maxPoints = 8;

/** What sites call the event of a page that is not there. */
const missingWords: ReadonlySet<string> = new Set([
  '404',
  'error_404',
  '404_error',
  'not_found',
  'page_not_found',
]);

interface Row {
  type: number;
  at: number;
  detail: string | null;
  path: string;
  session_id: number;
  started_at: number;
}

export async function readPainPoints(
  db: Kysely<Tables>,
  accountId: number,
  siteId: number | null,
): Promise<PainPoints> {
  const visits = sql`
    select s.id, s.visitor_id, s.started_at, s.ended_at from session s
    where s.account_id = ${accountId} and s.is_offline = 0 ${siteId === null ? sql`` : sql`and s.site_id = ${siteId}`}
    order by s.started_at desc, s.id desc limit ${maxVisits}`;
  const { formAbandon, form, track } = eventTypeCodes;
  const { rows } = await sql<Row>`
    select e.type, e.at, e.detail, p.path, visit.id as session_id, visit.started_at
    from (${visits}) visit
    join event e indexed by "event#visitor_id#at"
      on e.visitor_id = visit.visitor_id and e.at >= visit.started_at and e.at <= visit.ended_at + ${sessionGapMs}
    join page p on p.id = e.page_id
    where e.type in (${formAbandon}, ${form}, ${track}) and ${stillWanted('e.id')}
    limit ${maxEvents}`.execute(db);
  const looked = await sql<{ count: number }>`select count(*) as count from (${visits})`.execute(db);
  return { points: pointsOf(rows), looked: looked.rows[0]?.count ?? 0 };
}

function pointsOf(rows: readonly Row[]): PainPoint[] {
  const sent = new Map<string, number>();
  const points = new Map<string, PainPoint & { within: Set<number> }>();
  for (const row of [...rows].sort((one, other) => one.at - other.at)) {
    const happened = painOf(row, sent);
    if (happened === null) continue;
    const key = `${happened.kind}/${happened.name}`;
    const known = points.get(key);
    points.set(key, {
      ...happened,
      field: happened.field ?? known?.field ?? null,
      times: (known?.times ?? 0) + 1,
      visits: 0,
      within: (known?.within ?? new Set<number>()).add(row.session_id),
      session: { id: row.session_id, startedAt: row.started_at },
      lastAt: row.at,
    });
  }
  return [...points.values()]
    .map(({ within, ...point }) => ({ ...point, visits: within.size }))
    .sort((one, other) => other.visits - one.visits || other.lastAt - one.lastAt)
    .slice(0, maxPoints);
}

/** @param sent how often each form was sent in each visit so far; this one is added */
function painOf(
  row: Row,
  sent: Map<string, number>,
): { kind: PainKind; name: string; field: string | null } | null {
  const { form, track } = (row.detail === null ? {} : JSON.parse(row.detail)) as Detail;
  if (track) {
    const isMissing = missingWords.has(eventWord(track.name));
    return isMissing ? { kind: 'missing', name: row.path, field: null } : null;
  }
  if (!form) return null;
  const name = form.name || form.id || form.action || row.path;
  if (form.step === 'abandon') return { kind: 'abandoned', name, field: form.field ?? null };
  const key = `${row.session_id}/${name}`;
  const times = (sent.get(key) ?? 0) + 1;
  sent.set(key, times);
  return times === 1 ? null : { kind: 'again', name, field: null };
}
