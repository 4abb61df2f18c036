/**
 * How a statement that reads much is stopped: SQLite has no way in from another thread, so the statement itself asks
 * now and then whether anybody still waits for it.
 */
import type { Database } from 'better-sqlite3';
import { type SqlBool, sql } from 'kysely';

/** Rows between two looks. Asking costs a call out of SQLite; not asking, some twenty nanoseconds a row. */
const everyRows = 512;

/** Always true; a condition for statements whose cost grows with traffic. @param id the integer key that is walked */
export const stillWanted = (id: string) =>
  sql<SqlBool>`(${sql.raw(id)} % ${sql.raw(String(everyRows))} <> 0 or still_wanted())`;

/** @param look throws where nobody waits any more: the statement ends with that */
export function answerWanted(db: Database, look: () => void = () => undefined): void {
  db.function('still_wanted', () => {
    look();
    return 1;
  });
}
