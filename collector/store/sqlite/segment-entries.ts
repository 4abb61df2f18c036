/** Who came into which segment, and left it: facts, written together with what somebody is told of them. */
import type { Database } from 'better-sqlite3';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Membership, Notice, SegmentEntry } from '../alerts.ts';
import type { EntryCause } from '../segments.ts';
import type { OutboxStatements } from './outbox.ts';
import type { Tables } from './tables.ts';

export function entryStatements(db: Database, outbox: OutboxStatements) {
  const state = db.prepare<[number], { version: number | null; evaluated: string | null }>(`
    select w.version, w.expression as evaluated
    from segment s left join segment_watch w on w.segment_id = s.id where s.id = ?`);
  const watch = db.prepare(`
    insert into segment_watch (segment_id, version, expression, evaluated_at) values (?, ?, ?, ?)
    on conflict do update set version = excluded.version, expression = excluded.expression,
      evaluated_at = excluded.evaluated_at`);
  const enter = db.prepare(
    'insert into segment_entry (segment_id, account_id, entered_at, cause) values (?, ?, ?, ?) on conflict do nothing',
  );
  const leave = db.prepare(
    'update segment_entry set left_at = ? where segment_id = ? and account_id = ? and left_at is null',
  );
  const activate = db.prepare('update alert_rule set active_since = ? where id = ? and active_since is null');
  const tell = db.prepare(`
    insert into notice (key, user, segment_id, segment_name, account_id, cause, at, read_at)
    values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing`);

  const record = db.transaction((found: Membership): boolean => {
    const { segmentId, expression, at } = found;
    const known = state.get(segmentId);
    // Undefined: the segment was taken away meanwhile.
    if (known === undefined || known.version !== found.version) return false;
    // Of a text that was never evaluated whole, who is in is still being found out.
    if (found.isLast || expression === known.evaluated)
      watch.run(segmentId, (found.version ?? 0) + 1, expression, at);
    for (const accountId of found.left) leave.run(at, segmentId, accountId);
    for (const { accountId, cause } of found.entered)
      enter.run(segmentId, accountId, at, cause === null ? null : JSON.stringify(cause));
    for (const ruleId of found.activated) activate.run(at, ruleId);
    for (const { key, user, segmentName, accountId, cause, isUnread } of found.notices) {
      const causeText = cause === null ? null : JSON.stringify(cause);
      tell.run(key, user, segmentId, segmentName, accountId, causeText, at, isUnread ? null : at);
    }
    outbox.queueMessages(found.messages, at);
    return true;
  });

  const left = db.prepare<[number, string], { account_id: number; left_at: number }>(`
    select account_id, max(left_at) as left_at from segment_entry
    where segment_id = ? and left_at is not null and account_id in (select value from json_each(?))
    group by account_id`);

  const unread = db
    .prepare<[string], number>('select count(*) from notice where user = ? and read_at is null')
    .pluck();
  type NoticeRow = Selectable<Tables['notice']> & {
    name: string;
    domain: string | null;
    live: number | null;
  };
  // A later segment may have the number of one that was taken away.
  const list = db.prepare<[string, number, number], NoticeRow>(`
    select n.*, a.name, a.domain, s.id as live from notice n join account a on a.id = n.account_id
    left join segment s on s.id = n.segment_id and s.created_at <= n.at
    where n.user = ? and n.id < ? order by n.id desc limit ?`);
  const readOne = db.prepare('update notice set read_at = ? where user = ? and id = ? and read_at is null');
  const readAll = db.prepare('update notice set read_at = ? where user = ? and read_at is null');

  return {
    recordMembership: (found: Membership): boolean => record.immediate(found),
    lastLeft: (segmentId: number, accountIds: readonly number[]): Map<number, number> =>
      new Map(
        left.all(segmentId, JSON.stringify(accountIds)).map((row) => [row.account_id, row.left_at] as const),
      ),
    unreadNotices: (user: string): number => unread.get(user) ?? 0,
    notices: (user: string, before: number | null, limit: number): Notice[] =>
      list.all(user, before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => ({
        id: row.id,
        segment: { id: row.live, name: row.segment_name },
        account: { id: row.account_id, name: row.name, domain: row.domain },
        cause: causeOf(row.cause),
        at: row.at,
        isUnread: row.read_at === null,
      })),
    markRead(user: string, id: number | null, now: number): void {
      if (id === null) readAll.run(now, user);
      else readOne.run(now, user, id);
    },
  };
}

const causeOf = (text: string | null) => (text === null ? null : (JSON.parse(text) as EntryCause[]));

export async function readOpenEntries(db: Kysely<Tables>, segmentId: number): Promise<Float64Array> {
  const rows = await db
    .selectFrom('segment_entry')
    .select('account_id')
    .where('segment_id', '=', segmentId)
    .where('left_at', 'is', null)
    .execute();
  return Float64Array.from(rows, (row) => row.account_id);
}

export async function readSegmentEntries(
  db: Kysely<Tables>,
  accountId: number,
  limit: number,
): Promise<SegmentEntry[]> {
  const rows = await db
    .selectFrom('segment_entry')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('entered_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    segmentId: row.segment_id,
    accountId: row.account_id,
    enteredAt: row.entered_at,
    cause: causeOf(row.cause),
    leftAt: row.left_at,
  }));
}

export async function readAccountNames(db: Kysely<Tables>, ids: readonly number[]) {
  return db
    .selectFrom('account')
    .select(['id', 'name', 'domain'])
    .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`)
    .execute();
}
