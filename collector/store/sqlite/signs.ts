/** Reads what happened at an account lately, and what its people did last: both cost by what is looked at, not by what is stored. */
import { type Kysely, sql } from 'kysely';
import { dayMs } from '../../time.ts';
import { type AccountSigns, signDays } from '../signs.ts';
import type { JourneyEvent } from '../store.ts';
import { eventTypeCodes } from './event-type.ts';
import { eventOf } from './journey.ts';
import { sittingMs } from './marks.ts';
import { who } from './segment-counts.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** What the page about prices is called on most sites, in the languages that most of them are in. */
const pricing = ['pric', 'preis', 'tarif', 'plans', 'precio', 'prezz', 'prijz', 'pris'];

/** Visits of the last days that are looked through at most: a company with more is busy in any case. */
const maxVisits = 500;

/** @param members the account and those merged into it */
export async function readSigns(
  db: Kysely<Tables>,
  accountId: number,
  members: readonly number[],
  user: string,
  now: number,
): Promise<AccountSigns> {
  const { lookedAt } = await db
    .selectFrom('account_look')
    .select(
      sql<number | null>`max(case when looked_at <= ${now - sittingMs} then looked_at else before_at end)`.as(
        'lookedAt',
      ),
    )
    .where('account_id', 'in', members)
    .where('user', '=', user)
    .executeTakeFirstOrThrow();
  const { rows: counted } = await sql<{ visits: number; people: number }>`
    select count(*) as visits, count(distinct ${who}) as people from session
    where account_id = ${accountId} and started_at > ${lookedAt ?? now - signDays * dayMs}
      and is_offline = 0 and ${stillWanted('id')}`.execute(db);
  const recent = sql`(select * from session where account_id = ${accountId} and started_at >= ${now - signDays * dayMs}
    and is_offline = 0 order by started_at desc limit ${maxVisits}) visit
    cross join event e on e.visitor_id = visit.visitor_id and e.at between visit.started_at and visit.ended_at`;
  const isPricing = sql.join(
    pricing.map((word) => sql`p.path like ${`%/${word}%`}`),
    sql` or `,
  );
  // Beside a `max`, SQLite takes the other columns of the row that has it.
  const { rows: priced } = await sql<{ views: number; people: number; path: string; lastAt: number | null }>`
    select count(*) as views, count(distinct coalesce(visit.person_id, -visit.visitor_id)) as people, p.path, max(e.at) as lastAt
    from ${recent} cross join page p on p.id = e.page_id
    where e.type = ${eventTypeCodes.page} and (${isPricing}) and ${stillWanted('e.id')}`.execute(db);
  const { rows: sent } = await sql<{ name: string; at: number; person: string | null }>`
    select coalesce(nullif(json_extract(e.detail, '$.form.name'), ''), nullif(json_extract(e.detail, '$.form.id'), ''), '')
        as name, e.at, m.label as person
    from ${recent} left join person m on m.id = visit.person_id
    where e.type = ${eventTypeCodes.form} and json_extract(e.detail, '$.form.step') = 'submit' and ${stillWanted('e.id')}
    order by e.at desc limit 1`.execute(db);
  const price = priced[0];
  return {
    lookedAt,
    since: counted[0] ?? { visits: 0, people: 0 },
    pricing: price === undefined || price.lastAt === null ? null : { ...price, lastAt: price.lastAt },
    form: sent[0] ?? null,
  };
}

/** Whoever is asked for at once: a page of people. */
const maxAsked = 50;
const latest = 3;

/**
 * What each of these did last, newest first, in their latest visit.
 * @param whos persons, and browsers by their negative numbers
 */
export async function readLatelyDone(
  db: Kysely<Tables>,
  accountId: number,
  whos: readonly number[],
): Promise<Map<number, JourneyEvent[]>> {
  const found = new Map<number, JourneyEvent[]>();
  for (const one of whos.slice(0, maxAsked)) {
    // By the account, SQLite would walk all of its visits.
    const visits =
      one > 0
        ? sql`session s indexed by "session#person_id#account_id" where s.person_id = ${one}`
        : sql`session s where s.visitor_id = ${-one} and s.person_id is null`;
    const { rows } = await sql<Parameters<typeof eventOf>[0]>`
      select e.id, e.type, e.at, e.detail, p.host, p.path, t.value as title
      from (select visitor_id, started_at, ended_at from ${visits} and s.account_id = ${accountId}
        order by s.started_at desc limit 1) visit
      cross join event e on e.visitor_id = visit.visitor_id and e.at between visit.started_at and visit.ended_at
      join page p on p.id = e.page_id left join string t on t.id = e.title_id
      where e.type <> ${eventTypeCodes.leave}
      order by e.at desc, e.id desc limit ${latest}`.execute(db);
    found.set(one, rows.map(eventOf));
  }
  return found;
}
