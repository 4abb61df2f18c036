/** What each import said of a contact or a company, so that one of them can be taken back and the others stay. */
import type { Database } from 'better-sqlite3';

/** The saying that stands for what was there before any import. */
export const beforeAny = 0;

export type SaidOf = 'contact' | 'profile';

export interface Sayings {
  /** In the order of the imports. */
  of(subjectId: number): { importId: number; said: string }[];
  find(subjectId: number, importId: number): string | null;
  put(subjectId: number, importId: number, said: string): void;
  remove(subjectId: number, importId: number): void;
  /** Of whom an import said something, so many at a time. */
  subjects(importId: number, limit: number): number[];
}

export function sayingsOf(db: Database, kind: SaidOf): Sayings {
  const all = db.prepare<[string, number], { importId: number; said: string }>(
    'select import_id as importId, said from import_said where kind = ? and subject_id = ? order by import_id',
  );
  const find = db
    .prepare<[string, number, number], string>(
      'select said from import_said where kind = ? and subject_id = ? and import_id = ?',
    )
    .pluck();
  const put = db.prepare(
    'insert or replace into import_said (kind, subject_id, import_id, said) values (?, ?, ?, ?)',
  );
  const remove = db.prepare('delete from import_said where kind = ? and subject_id = ? and import_id = ?');
  const subjects = db
    .prepare<[number, string, number], number>(
      'select subject_id from import_said where import_id = ? and kind = ? limit ?',
    )
    .pluck();
  return {
    of: (subjectId) => all.all(kind, subjectId),
    find: (subjectId, importId) => find.get(kind, subjectId, importId) ?? null,
    put: (subjectId, importId, said) => void put.run(kind, subjectId, importId, said),
    remove: (subjectId, importId) => void remove.run(kind, subjectId, importId),
    subjects: (importId, limit) => subjects.all(importId, kind, limit),
  };
}
