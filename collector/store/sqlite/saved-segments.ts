/** Segments that people keep: a table of settings, and who looked at which when. */
import type { Database } from 'better-sqlite3';
import type { Kysely, Selectable } from 'kysely';
import type { SavedSegment, SegmentDraft } from '../segments.ts';
import type { Tables } from './tables.ts';

export async function readSavedSegments(db: Kysely<Tables>, user: string): Promise<SavedSegment[]> {
  const rows = await visibleTo(db, user).orderBy('name').orderBy('id').execute();
  return rows.map(savedSegmentOf);
}

export async function readSavedSegment(
  db: Kysely<Tables>,
  id: number,
  user: string,
): Promise<SavedSegment | null> {
  const row = await visibleTo(db, user).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : savedSegmentOf(row);
}

const visibleTo = (db: Kysely<Tables>, user: string) =>
  db
    .selectFrom('segment')
    .selectAll()
    .where((of) => of.or([of('owner', '=', user), of('shared', '=', 1)]));

function savedSegmentOf(row: Selectable<Tables['segment']>): SavedSegment {
  return {
    id: row.id,
    name: row.name,
    expression: row.expression,
    owner: row.owner,
    isShared: row.shared === 1,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

export function savedSegmentStatements(db: Database) {
  type Row = Selectable<Tables['segment']>;
  const insert = db.prepare<unknown[], Row>(`
    insert into segment (name, expression, owner, shared, created_at, changed_at) values (?, ?, ?, ?, ?, ?) returning *`);
  const find = db.prepare<[number], Row>('select * from segment where id = ?');
  const update = db.prepare<unknown[], Row>(
    'update segment set name = ?, expression = ?, shared = ?, changed_at = ? where id = ? returning *',
  );
  const remove = db.prepare('delete from segment where id = ?');
  const forgetSeen = db.prepare('delete from segment_seen where segment_id = ?');
  // Somebody may take it away while another looks.
  const saw = db.prepare(`
    insert into segment_seen (segment_id, user, seen_at, members) select id, ?, ?, ? from segment where id = ?
    on conflict do update set seen_at = excluded.seen_at, members = excluded.members`);

  const save = db.transaction((id: number | null, draft: SegmentDraft, by: string, now: number): Row => {
    const { name, expression, isShared } = draft;
    const shared = isShared ? 1 : 0;
    const before = id === null ? undefined : find.get(id);
    if (id === null) return made(insert.get(name, expression, by, shared, now, now));
    if (before === undefined) throw new Error(`there is no segment ${id}`);
    // Who was in another segment says nothing of who is new in this one.
    if (before.expression !== expression) forgetSeen.run(id);
    return made(update.get(name, expression, shared, now, id));
  });
  const removeWhole = db.transaction((id: number): boolean => {
    forgetSeen.run(id);
    return remove.run(id).changes > 0;
  });
  return {
    save: (id: number | null, draft: SegmentDraft, by: string, now: number): SavedSegment =>
      savedSegmentOf(save.immediate(id, draft, by, now)),
    remove: (id: number): boolean => removeWhole.immediate(id),
    saw(id: number, user: string, members: Float64Array, now: number): void {
      saw.run(user, now, JSON.stringify([...members]), id);
    },
  };
}

function made<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('what was just written is gone');
  return row;
}
