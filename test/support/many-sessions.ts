/** Makes a few visits many, behind the store's back: for tests and measurements that only need reading to take long. */
import type { Database } from 'better-sqlite3';

/** Copies every visit as often as it takes to have `least` of them. */
export function multiplySessions(db: Database, least: number): void {
  const columns = db.prepare<[], string>(`select name from pragma_table_info('session')`).pluck().all();
  const { count, last } = db
    .prepare<[], { count: number; last: number }>('select count(*) as count, max(id) as last from session')
    .get() ?? { count: 0, last: 0 };
  const others = columns.filter((column) => column !== 'id').join(', ');
  db.prepare(`
    insert into session (id, ${others})
    with recursive copy(number) as (select 1 union all select number + 1 from copy where number < ?)
    select id + ? * number, ${others} from copy, session`).run(
    Math.ceil(least / Math.max(1, count)) - 1,
    // Odd, so that the copies' numbers end in everything that numbers end in.
    2 * (500_000 + last) + 1,
  );
}
