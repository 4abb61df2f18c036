/** The log of imports: written as files are taken in, read by pages, and taken back a part at a time. */
import type { Database } from 'better-sqlite3';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { NewAuditEntry } from '../audit.ts';
import {
  type Import,
  type ImportCounts,
  type ImportEnd,
  type ImportKind,
  ImportRefused,
  type NewImport,
} from '../imports.ts';
import type { AccountName, Page } from '../store.ts';
import { ActivityChange, activityStatements } from './activity.ts';
import type { contactStatements } from './contacts.ts';
import { foldAround } from './fold.ts';
import type { profileStatements } from './profiles.ts';
import type { StoredSay } from './say.ts';
import type { Sayings } from './sayings.ts';
import { sessionStatements } from './session-row.ts';
import { openSubjects } from './subject.ts';
import type { Tables } from './tables.ts';
import { totalsStatements } from './totals.ts';

type Row = Selectable<Tables['import']>;

/** What an import is of, in the log of who did what. */
const kindWords: Record<ImportKind, string> = {
  touchpoints: 'touchpoints',
  contacts: 'people',
  profiles: 'company profiles',
};

/** Rows that are taken back in one transaction. */
const perPart = 500;

/** An import that was not heard of for so long has come to its end without saying so. */
const silentMs = 60_000;

/** What is taken back by what an import was of. */
export interface Restoring {
  contacts: { sayings: Sayings; restore: ReturnType<typeof contactStatements>['restore'] };
  profiles: { sayings: Sayings; restore: ReturnType<typeof profileStatements>['restore'] };
}

export function importStatements(
  db: Database,
  say: StoredSay,
  audit: (entry: NewAuditEntry, at: number) => void,
  { contacts, profiles }: Restoring,
) {
  const sessions = sessionStatements(db);
  const { apply: applyTotals } = totalsStatements(db);
  const subjects = openSubjects(db, { canAdd: true });
  const activity = activityStatements(db, subjects);
  const insert = db
    .prepare<[Record<string, string | number | null>], number>(`
    insert into import (kind, site_id, file_name, mapping, made_by, made_at, noted_at)
    values (@kind, @siteId, @fileName, @mapping, @by, @now, @now) returning id`)
    .pluck();
  const note = db.prepare(`
    update import set rows = @read, stored = @stored, duplicates = @duplicates, refused = @dropped, noted_at = @now
    where id = @id`);
  const end = db.prepare('update import set ended_at = ?, sha256 = ?, problem = ? where id = ?');
  const find = db.prepare<[number], Row>('select * from import where id = ?');
  const markUndone = db.prepare('update import set undone_by = ?, undone_at = ? where id = ?');
  const eventsOf = db.prepare<
    [number, number],
    Pick<Tables['event'], 'visitor_id' | 'at' | 'type' | 'page_id' | 'detail'> & {
      event_id: number;
      shared: number;
    }
  >(`
    select i.event_id, e.visitor_id, e.at, e.type, e.page_id, e.detail, exists (
      select 1 from import_event o where o.event_id = i.event_id and o.import_id <> i.import_id) as shared
    from import_event i join event e on e.id = i.event_id where i.import_id = ? limit ?`);
  const forget = db.prepare('delete from import_event where import_id = ? and event_id = ?');
  const removeEvent = db.prepare('delete from event where id = ?');

  /** @returns how many were taken back */
  function takeBackEvents(id: number): number {
    const found = eventsOf.all(id, perPart);
    const goneOf = new Map<number, typeof found>();
    for (const event of found) {
      forget.run(id, event.event_id);
      if (event.shared === 1) continue;
      removeEvent.run(event.event_id);
      const known = goneOf.get(event.visitor_id);
      if (known) known.push(event);
      else goneOf.set(event.visitor_id, [event]);
    }
    say.refresh();
    const did = new ActivityChange();
    for (const [visitorId, gone] of goneOf) {
      const moments = gone.map(({ at }) => at);
      const changes = foldAround(sessions, say, visitorId, moments);
      applyTotals(changes);
      activity.changed(did, changes);
      // What is left of a session was taken from the file; what is gone is known here alone.
      for (const event of gone) activity.gone(did, changes, event);
    }
    activity.save(did);
    return found.length;
  }

  function takeBackSaid(id: number, sayings: Sayings, restore: (subjectId: number) => void): number {
    const found = sayings.subjects(id, perPart);
    for (const subjectId of found) {
      sayings.remove(subjectId, id);
      restore(subjectId);
    }
    return found.length;
  }

  const noted = db.transaction(
    (id: number, { dropped, ...counts }: ImportCounts, now: number, how?: ImportEnd): void => {
      note.run({ ...counts, dropped: JSON.stringify(dropped), now, id });
      if (!how) return;
      end.run(now, how.sha256, how.problem, id);
      const row = find.get(id);
      if (row === undefined) return;
      const detail = { import: id, file: row.file_name, rows: row.rows, stored: row.stored };
      audit({ who: row.made_by, what: 'import', subject: kindWords[row.kind as ImportKind], detail }, now);
    },
  );

  const part = db.transaction((id: number, by: string, now: number): boolean => {
    const row = find.get(id);
    if (row === undefined) throw new ImportRefused(`there is no import ${id}`);
    if (row.undone_at !== null) throw new ImportRefused('this import has been undone already');
    if (row.ended_at === null && now - row.noted_at < silentMs)
      throw new ImportRefused('this import is still under way; undo it once it has ended');
    const taken =
      row.kind === 'touchpoints'
        ? takeBackEvents(id)
        : row.kind === 'contacts'
          ? takeBackSaid(id, contacts.sayings, (contactId) => contacts.restore(contactId, now))
          : takeBackSaid(id, profiles.sayings, profiles.restore);
    if (taken === perPart) return false;
    markUndone.run(by, now, id);
    audit({ who: by, what: 'undo', subject: `import ${id} (${row.file_name})` }, now);
    return true;
  });

  return {
    begin({ kind, siteId, fileName, mapping }: NewImport, by: string, now: number): number {
      const id = insert.get({ kind, siteId, fileName, mapping: JSON.stringify(mapping), by, now });
      if (id === undefined) throw new Error('no number came back for the import');
      return id;
    },
    note: noted,
    /** @returns true once nothing is left to take back */
    undoPart: (id: number, by: string, now: number): boolean => part.immediate(id, by, now),
  };
}

export async function readImport(db: Kysely<Tables>, id: number): Promise<Import | null> {
  const row = await db.selectFrom('import').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : importOf(row);
}

export async function readImports(
  db: Kysely<Tables>,
  { offset, limit }: { offset: number; limit: number },
): Promise<Page<Import>> {
  const rows = await db
    .selectFrom('import')
    .selectAll()
    .orderBy('id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  const all = await db
    .selectFrom('import')
    .select((of) => of.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return { rows: rows.map(importOf), total: all?.count ?? 0 };
}

export async function readImportOfFile(
  db: Kysely<Tables>,
  kind: Import['kind'],
  sha256: string,
): Promise<Import | null> {
  const row = await db
    .selectFrom('import')
    .selectAll()
    .where('kind', '=', kind)
    .where('sha256', '=', sha256)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row === undefined ? null : importOf(row);
}

/** @param homeOf where an account's visits are now */
export async function readImportedAccounts(
  db: Kysely<Tables>,
  id: number,
  limit: number,
  homeOf: (accountId: number) => number,
): Promise<(AccountName & { rows: number })[]> {
  const { rows } = await sql<{ account_id: number; count: number }>`
    select account_id, sum(count) as count from (
      select p.account_id, count(*) as count from import_event i
        join event e on e.id = i.event_id join person p on p.id = e.person_id
        where i.import_id = ${id} group by p.account_id
      union all
      select case s.kind when 'profile' then s.subject_id else c.account_id end, count(*) from import_said s
        left join contact c on s.kind = 'contact' and c.id = s.subject_id
        where s.import_id = ${id} group by 1)
    where account_id is not null group by account_id order by count desc, account_id limit ${limit}`.execute(
    db,
  );
  const counts = new Map<number, number>();
  for (const { account_id, count } of rows) {
    const home = homeOf(account_id);
    counts.set(home, (counts.get(home) ?? 0) + count);
  }
  if (counts.size === 0) return [];
  const names = await db
    .selectFrom('account')
    .select(['id', 'name', 'domain'])
    .where('id', 'in', [...counts.keys()])
    .execute();
  return names
    .map((name) => ({ ...name, rows: counts.get(name.id) ?? 0 }))
    .sort((one, other) => other.rows - one.rows || one.id - other.id);
}

function importOf(row: Row): Import {
  return {
    id: row.id,
    kind: row.kind as Import['kind'],
    siteId: row.site_id,
    fileName: row.file_name,
    sha256: row.sha256,
    mapping: JSON.parse(row.mapping) as object,
    read: row.rows,
    stored: row.stored,
    duplicates: row.duplicates,
    dropped: JSON.parse(row.refused) as Record<string, number>,
    by: row.made_by,
    at: row.made_at,
    notedAt: row.noted_at,
    endedAt: row.ended_at,
    problem: row.problem,
    undoneBy: row.undone_by,
    undoneAt: row.undone_at,
  };
}
