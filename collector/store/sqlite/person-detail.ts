/** Reads everything above one person's timeline, out of their latest visits alone: however many there are, it costs the same. */
import { type Kysely, type SqlBool, sql } from 'kysely';
import type { BuyingRole } from '../people.ts';
import type { PersonDetail, PersonRef, TellingFile } from '../person.ts';
import type { Journey, PersonJourneyQuery } from '../store.ts';
import { arrivalOf } from './arrival-row.ts';
import { readVisits, visitsIn } from './journey.ts';
import { browsersOf, type LookedVisit, newestOfEach, periodsOf } from './person-periods.ts';
import { readTellings } from './person-tellings.ts';
import type { Tables } from './tables.ts';
import { type Why, type WhyRow, whyColumns, whyTables } from './why.ts';

/** Visits that counts, periods and browsers are made of: three a day for almost two years. */
const maxLooked = 2_000;
/** Oldest visits and touchpoints among which the first visit is looked for. */
const maxOldest = 200;
const maxIds = 50;
const maxFiles = 20;
/** Events of one file's word for somebody that are looked at for the imports which told them. */
const maxImported = 500;

/** @param ref as `readPersonHome` gives it */
export async function readPerson(db: Kysely<Tables>, why: Why, ref: PersonRef): Promise<PersonDetail | null> {
  const who = await readWho(db, ref);
  if (who === null) return null;
  const visits = await readLooked(db, ref);
  const looked = visits.slice(0, maxLooked);
  const isCut = visits.length > maxLooked;
  const first = await readFirst(db, ref);
  const browsers = browsersOf(looked);
  const { tellings, traits } = await readTellings(
    db,
    browsers,
    ref.kind === 'person' ? await readNumbers(db, ref.id) : null,
  );
  const onSite = looked.filter(({ isOffline }) => !isOffline);
  const sum = (of: (visit: LookedVisit) => number) => onSite.reduce((all, visit) => all + of(visit), 0);
  return {
    ref,
    ...who,
    traits,
    firstAt: first?.startedAt ?? onSite.at(-1)?.startedAt ?? null,
    lastAt: onSite.length === 0 ? null : Math.max(...onSite.map(({ endedAt }) => endedAt)),
    visits: onSite.length,
    pages: sum(({ pages }) => pages),
    forms: sum(({ forms }) => forms),
    touchpoints: looked.reduce((all, { isOffline, events }) => all + (isOffline ? events : 0), 0),
    cameBy: first?.arrival ?? null,
    periods: periodsOf(looked, await readReasons(db, why, newestOfEach(looked))),
    browsers,
    tellings,
    files: await readFiles(
      db,
      who.contact?.id ?? null,
      browsers.filter(({ via }) => via === 'import').map(({ visitorId }) => visitorId),
    ),
    isCut,
    looked: looked.length,
  };
}

export function readPersonJourney(
  db: Kysely<Tables>,
  { ref, ...query }: PersonJourneyQuery,
): Promise<Journey> {
  if (ref.kind === 'contact') return Promise.resolve({ sessions: [], next: null });
  const column = ref.kind === 'person' ? 's.person_id' : 's.visitor_id';
  return readVisits(db, visitsIn(db).where(column, '=', ref.id), query);
}

type Who = Pick<PersonDetail, 'label' | 'email' | 'ids'> & {
  contact: (NonNullable<PersonDetail['contact']> & { id: number }) | null;
};

async function readWho(db: Kysely<Tables>, { kind, id }: PersonRef): Promise<Who | null> {
  if (kind === 'visitor') return { label: '', email: null, ids: [], contact: null };
  if (kind === 'contact') {
    const contact = await readContact(db, 'id', id);
    if (contact === null) return null;
    const label = contact.name ?? contact.email ?? contact.linkedin ?? 'Somebody';
    return { label, email: contact.email, ids: [], contact };
  }
  const person = await db
    .selectFrom('person')
    .select(['key', 'label'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (person === undefined) return null;
  const isEmail = person.key.startsWith('mailto:');
  return {
    label: person.label,
    email: isEmail ? person.label : null,
    ids: await readIds(db, id),
    contact: await readContact(db, 'key', person.key),
  };
}

async function readContact(
  db: Kysely<Tables>,
  column: 'id' | 'key',
  value: number | string,
): Promise<Who['contact']> {
  const row = await db
    .selectFrom('contact as c')
    .leftJoin('account as a', 'a.id', 'c.account_id')
    .selectAll('c')
    .select(['a.name as account_name', 'a.domain as account_domain'])
    .where(`c.${column}`, '=', value)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { email, name, title, department, phone, linkedin } = row;
  return {
    ...{ id: row.id, email, name, title, department, phone, linkedin },
    role: row.role as BuyingRole | null,
    attributes: JSON.parse(row.attributes) as Record<string, string>,
    account:
      row.account_id === null || row.account_name === null
        ? null
        : { id: row.account_id, name: row.account_name, domain: row.account_domain },
  };
}

/** Keys that stand for a person, told to be theirs directly or over one id between. */
const aliasesOf = (personId: number) => sql<{ key: string }>`
  select key from person_alias where person_id = ${personId}
  union select b.key from person_alias a join person p on p.key = a.key join person_alias b on b.person_id = p.id
    where a.person_id = ${personId}
  limit ${maxIds}`;

/** The site's own ids of a person, without the site's number. */
async function readIds(db: Kysely<Tables>, personId: number): Promise<string[]> {
  const { rows } = await aliasesOf(personId).execute(db);
  return [...new Set(rows.map(({ key }) => key.replace(/^user:\d+:/, '')))].sort();
}

/** Every number under which events name this person. */
async function readNumbers(db: Kysely<Tables>, personId: number): Promise<Set<number>> {
  const { rows } = await aliasesOf(personId).execute(db);
  const keys = rows.map(({ key }) => key);
  const others =
    keys.length === 0 ? [] : await db.selectFrom('person').select('id').where('key', 'in', keys).execute();
  return new Set([personId, ...others.map(({ id }) => id)]);
}

/** Whom a file alone knows has no visits: numbers begin with one. */
const ofWhom = ({ kind, id }: PersonRef) =>
  kind === 'person' ? sql`s.person_id = ${id}` : sql`s.visitor_id = ${kind === 'visitor' ? id : 0}`;

/** The latest visits, newest first; one more than are looked at where there are more. */
async function readLooked(db: Kysely<Tables>, ref: PersonRef): Promise<LookedVisit[]> {
  const { rows } = await sql<
    Omit<LookedVisit, 'isOffline' | 'isOwn' | 'account' | 'accountId'> & {
      isOffline: number;
      isOwn: number;
      accountId: number | null;
      accountName: string | null;
      accountDomain: string | null;
    }
  >`
    select looked.id, looked.site_id as siteId, looked.visitor_id as visitorId, v.via, looked.account_id as accountId,
      a.name as accountName, a.domain as accountDomain, looked.is_own as isOwn, looked.is_offline as isOffline,
      case when looked.employer_id is not null then
          case json_extract(m.account_evidence, '$.source') when 'group' then 'group' else 'person' end
        when looked.decision_id is not null then 'decision' when looked.by_learned = 1 then 'learned' else 'network' end as kind,
      looked.started_at as startedAt, looked.ended_at as endedAt, looked.events, looked.pages, looked.forms, g.browser, g.os, g.device
    from (
      select * from session s where ${ofWhom(ref)} order by s.started_at desc, s.id desc limit ${maxLooked + 1}) looked
    join visitor v on v.id = looked.visitor_id
    join agent g on g.id = looked.agent_id
    left join account a on a.id = looked.account_id
    left join person m on m.id = looked.employer_id
    order by looked.started_at desc, looked.id desc`.execute(db);
  return rows.map(({ accountId, accountName, accountDomain, isOffline, isOwn, ...row }) => ({
    ...row,
    isOffline: isOffline === 1,
    isOwn: isOwn === 1,
    account: accountId === null ? null : { id: accountId, name: accountName ?? '', domain: accountDomain },
  }));
}

/** The first visit of all: it may be older than those that are looked at. What files told may be older still. */
async function readFirst(db: Kysely<Tables>, ref: PersonRef) {
  if (ref.kind === 'contact') return null;
  const oldest = sql<SqlBool>`s.id in (
    select id from session s where ${ofWhom(ref)} order by s.started_at, s.id limit ${maxOldest})`;
  const row = await visitsIn(db)
    .where(oldest)
    .where('s.is_offline', '=', 0)
    .orderBy('s.started_at')
    .orderBy('s.id')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { startedAt: row.started_at, arrival: arrivalOf(row) };
}

/** What each of these visits says of why it is whose it is. */
async function readReasons(db: Kysely<Tables>, why: Why, ids: readonly number[]) {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<WhyRow & { id: number }>`
    select s.id, s.started_at, ${whyColumns} from session s ${whyTables}
    where s.id in (${sql.join(ids)})`.execute(db);
  return new Map(rows.map((row) => [row.id, why(row).evidence] as const));
}

/** Imports in force that tell of them: a contact's, and those of touchpoints. */
async function readFiles(
  db: Kysely<Tables>,
  contactId: number | null,
  visitorIds: readonly number[],
): Promise<TellingFile[]> {
  const { rows } = await sql<{ id: number; kind: string; fileName: string; at: number }>`
    select i.id, i.kind, i.file_name as fileName, i.made_at as at from import i
    where i.undone_at is null and i.id in (
      select import_id from import_said where kind = 'contact' and subject_id = ${contactId ?? 0}
      union
      select t.import_id from (
        select id from event where visitor_id in (${visitorIds.length === 0 ? sql`null` : sql.join(visitorIds)})
        limit ${maxImported}) told
      join import_event t on t.event_id = told.id)
    order by i.id desc limit ${maxFiles}`.execute(db);
  return rows.map((row) => ({ ...row, kind: row.kind as TellingFile['kind'] }));
}
