/** Makes the read models anew from the events and the owner's decisions, in place (`rebuild`) or beside the kept ones to compare (`verify`). */
import type { Database } from 'better-sqlite3';
import { attribute } from '../../identify/attribution.ts';
import { sessionsOf } from '../../identify/session.ts';
import type { Difference } from '../store.ts';
import { ActivityChange, activityStatements } from './activity.ts';
import { fillOrigins } from './breakdown.ts';
import { openSay } from './say.ts';
import { allTime, insertSession, sessionStatements } from './session-row.ts';
import { openSubjects, type Subjects } from './subject.ts';
import { fillTeachings } from './teaching.ts';
import { fillTotals } from './totals.ts';
import { visitorDayStatements } from './visitor-day.ts';

const readModels = {
  teaching: ['address_key', 'person_id'],
  session: ['id'],
  account_total: ['account_id', 'site_id'],
  account_day: ['account_id', 'site_id', 'day'],
  account_span: ['span', 'account_id', 'site_id'],
  verdict_day: ['day', 'verdict_id', 'site_id', 'standing'],
  site_day: ['site_id', 'day'],
  breakdown_day: ['site_id', 'aspect', 'day', 'value_id'],
  breakdown_span: ['site_id', 'aspect', 'span', 'value_id'],
  visitor_day: ['site_id', 'day'],
  activity: ['subject_id', 'day', 'account_id', 'who', 'site_id'],
} as const;

/** Differences told at most; the first few say what is wrong. */
const maxDifferences = 100;

/** True after a migration that left the read models to be made anew. */
export function isRebuildDue(db: Database): boolean {
  return db.prepare(`select 1 from setting where name = 'rebuild'`).get() !== undefined;
}

/** In one transaction: readers see the old rows until the new ones are complete. */
export function rebuildReadModels(db: Database): void {
  db.transaction(() => {
    for (const table of Object.keys(readModels)) db.exec(`delete from ${table}`);
    fillOrigins(db);
    fill(db, (table) => table, openSubjects(db, { canAdd: true }));
    db.exec(`delete from setting where name = 'rebuild'`);
  }).immediate();
}

/** @returns each row that differs, empty if all is well */
export function verifyReadModels(db: Database): Difference[] {
  const rebuilt = (table: string) => `rebuilt_${table}`;
  const tables = Object.keys(readModels) as (keyof typeof readModels)[];
  try {
    for (const table of tables)
      db.exec(`create temp table ${rebuilt(table)} as select * from ${table} where false`);
    // Read once for every session; without it, each would walk all that was taught.
    db.exec('create index temp.rebuilt_teaching_key on rebuilt_teaching (address_key)');
    // Visits of several browsers add to one row.
    db.exec(
      `create unique index temp.rebuilt_activity_key on rebuilt_activity (${readModels.activity.join(', ')})`,
    );
    db.exec(
      `create unique index temp.rebuilt_visitor_day_key on rebuilt_visitor_day (${readModels.visitor_day.join(', ')})`,
    );
    const subjects = openSubjects(db, { canAdd: false });
    // One snapshot for both sides: what is stored meanwhile is not a difference.
    return db.transaction(() => {
      fill(db, rebuilt, subjects);
      return tables.flatMap((table) => compare(db, table, rebuilt(table), readModels[table]));
    })();
  } finally {
    for (const table of tables) db.exec(`drop table if exists temp.${rebuilt(table)}`);
  }
}

function fill(db: Database, nameOf: (table: keyof typeof readModels) => string, subjects: Subjects): void {
  fillTeachings(db, nameOf('teaching'));
  const statements = sessionStatements(db);
  const say = openSay(db, nameOf('teaching'));
  const insert = insertSession(db, nameOf('session'));
  const activity = activityStatements(db, subjects, nameOf('activity'));
  const visitorDays = visitorDayStatements(db, nameOf('visitor_day'));
  // Not an iterator: better-sqlite3 allows no other statement on the connection while one is open.
  const nextVisitors = db
    .prepare<[number], number>('select id from visitor where id > ? order by id limit 1000')
    .pluck();
  for (let ids = nextVisitors.all(0); ids.length > 0; ids = nextVisitors.all(ids.at(-1) ?? 0)) {
    const did = new ActivityChange();
    for (const visitorId of ids) {
      const identities = statements.identities(visitorId);
      const events = statements.events(visitorId, allTime.from, allTime.until);
      for (const { siteId, at, isOffline } of events) if (!isOffline) visitorDays.seen(siteId, at, visitorId);
      for (const found of sessionsOf(events)) {
        const session = attribute(found, identities, say);
        insert(session);
        activity.whole(did, session);
      }
    }
    activity.save(did);
  }
  visitorDays.save();
  fillTotals(db, nameOf('session'), {
    siteDay: nameOf('site_day'),
    accountDay: nameOf('account_day'),
    accountSpan: nameOf('account_span'),
    verdictDay: nameOf('verdict_day'),
    accountTotal: nameOf('account_total'),
    breakdownDay: nameOf('breakdown_day'),
    breakdownSpan: nameOf('breakdown_span'),
  });
}

function compare(db: Database, kept: string, rebuilt: string, key: readonly string[]): Difference[] {
  const select = (table: string, other: string) =>
    db
      .prepare<[number], Record<string, unknown>>(
        `select * from ${table} except select * from ${other} limit ?`,
      )
      .all(maxDifferences);
  const name = (row: Record<string, unknown>) => key.map((column) => `${column}=${row[column]}`).join(' ');
  const found = new Map<string, Difference>();
  for (const row of select(kept, rebuilt))
    found.set(name(row), { table: kept, row: name(row), kept: JSON.stringify(row), rebuilt: 'no such row' });
  for (const row of select(rebuilt, kept)) {
    const text = JSON.stringify(row);
    const known = found.get(name(row));
    if (known) known.rebuilt = text;
    else found.set(name(row), { table: kept, row: name(row), kept: 'no such row', rebuilt: text });
  }
  return [...found.values()];
}
