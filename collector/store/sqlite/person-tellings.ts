/** Reads what told who somebody is: the events that named them in each of their browsers, and what else these said. */
import { type Kysely, sql } from 'kysely';
import type { Detail, Via } from '../../draft.ts';
import { domainKeyPrefix } from '../../identify/domain-key.ts';
import type { PersonBrowser, Telling, Trait } from '../person.ts';
import type { Tables } from './tables.ts';

/** Tellings that are read of one browser: its first, since those join it to somebody; and its latest, for traits. */
const maxFirst = 150;
const maxLatest = 50;
/** What is told at most. */
const maxTellings = 60;
const maxTraits = 100;
const maxValueLength = 300;

interface ToldRow {
  id: number;
  at: number;
  detail: string | null;
  path: string;
  person_id: number;
  key: string;
  label: string;
  home_id: number | null;
  home_label: string | null;
}

/**
 * @param browsers the person's
 * @param numbers  under which events name the person; null: nobody was named
 */
export async function readTellings(
  db: Kysely<Tables>,
  browsers: readonly PersonBrowser[],
  numbers: ReadonlySet<number> | null,
): Promise<{ tellings: Telling[]; traits: Trait[] }> {
  if (numbers === null) return { tellings: [], traits: [] };
  const tellings: Telling[] = [];
  const traits = new Map<string, Trait>();
  for (const browser of browsers) {
    const rows = await readTold(db, browser.visitorId, 'asc', maxFirst);
    // Of a browser where they are told once a page, the latest are others than the first.
    const later = rows.length < maxFirst ? [] : await readTold(db, browser.visitorId, 'desc', maxLatest);
    tellings.push(...(await toldIn(db, browser, rows)));
    for (const row of [...rows, ...later])
      if (numbers.has(row.person_id)) takeTraits(traits, row, browser.via);
  }
  return {
    tellings: tellings.sort((one, other) => one.at - other.at).slice(0, maxTellings),
    traits: [...traits.values()].sort((one, other) => one.name.localeCompare(other.name)).slice(0, maxTraits),
  };
}

async function readTold(
  db: Kysely<Tables>,
  visitorId: number,
  order: 'asc' | 'desc',
  limit: number,
): Promise<ToldRow[]> {
  const direction = sql.raw(order);
  const { rows } = await sql<ToldRow>`
    select e.id, e.at, e.detail, g.path, t.person_id, p.key, p.label, q.id as home_id, q.label as home_label
    from (
      select id, at, person_id from event indexed by "event#visitor_id#person_id"
      where visitor_id = ${visitorId} and person_id is not null order by at ${direction}, id ${direction} limit ${limit}) t
    join event e on e.id = t.id
    join page g on g.id = e.page_id
    join person p on p.id = t.person_id
    left join person_alias a on a.key = p.key left join person o on o.id = a.person_id
    left join person_alias b on b.key = o.key left join person q on q.id = coalesce(b.person_id, o.id)
    order by e.at, e.id`.execute(db);
  return rows;
}

/** What was told in one browser, the same once. */
async function toldIn(
  db: Kysely<Tables>,
  { visitorId, via }: PersonBrowser,
  rows: readonly ToldRow[],
): Promise<Telling[]> {
  const told = new Map<string, Telling>();
  /** Whom the browser was last said to be, and how often that has changed: back to the first is another telling. */
  let last: number | null = null;
  let changes = 0;
  for (const row of rows) {
    const said = saidIn(row);
    const person = row.key.startsWith(domainKeyPrefix)
      ? null
      : { id: row.home_id ?? row.person_id, label: row.home_label ?? row.label };
    const isFirst = person !== null && last === null;
    if (person !== null && last !== null && last !== person.id) changes += 1;
    last = person?.id ?? last;
    const key = JSON.stringify([said, person?.id, changes]);
    const known = told.get(key);
    if (known !== undefined) {
      told.set(key, { ...known, times: known.times + 1, lastAt: row.at });
      continue;
    }
    told.set(key, {
      ...{ visitorId, via, at: row.at, lastAt: row.at, times: 1, path: row.path, person },
      ...said,
      visitsBefore: isFirst ? await visitsBefore(db, visitorId, row.at) : null,
    });
  }
  return [...told.values()];
}

type Said = Pick<Telling, 'by' | 'email' | 'user' | 'was' | 'named'>;

function saidIn({ detail, label }: ToldRow): Said {
  const { identify, group, form, offline } = (detail === null ? {} : JSON.parse(detail)) as Detail;
  const nothing = { email: null, user: null, was: null, named: null };
  if (offline)
    return { ...nothing, by: 'file', email: offline.email ?? null, named: offline.company?.name ?? null };
  if (identify)
    return {
      ...nothing,
      by: 'identify',
      email: identify.email,
      user: identify.user,
      was: identify.was ?? null,
    };
  if (group) return { ...nothing, by: 'group', named: nameOf(group) };
  if (form) return { ...nothing, by: 'form', named: form.name || form.id || form.action };
  return { ...nothing, by: 'along', user: label };
}

function nameOf({ id, traits }: NonNullable<Detail['group']>): string {
  return typeof traits.name === 'string' && traits.name !== '' ? traits.name : id;
}

/** Visits of a browser that began before a moment, up to a thousand. */
async function visitsBefore(db: Kysely<Tables>, visitorId: number, at: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select 1 from session indexed by "session#visitor_id#started_at"
      where visitor_id = ${visitorId} and started_at < ${at} and ended_at < ${at} limit 1000)`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The latest word on each trait stands. */
function takeTraits(traits: Map<string, Trait>, { at, detail }: ToldRow, via: Via): void {
  const { identify } = (detail === null ? {} : JSON.parse(detail)) as Detail;
  for (const [name, value] of Object.entries(identify?.traits ?? {})) {
    if (value === null || value === '') continue;
    const known = traits.get(name);
    if (known !== undefined && known.at > at) continue;
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    traits.set(name, { name, value: text.slice(0, maxValueLength), type: typeOf(value), at, via });
  }
}

function typeOf(value: unknown): Trait['type'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yes or no';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'object' ? 'structure' : 'text';
}
