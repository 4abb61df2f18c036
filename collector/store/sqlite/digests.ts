/** Who wants a digest and when, and up to when each is settled. */
import type { Database } from 'better-sqlite3';
import type { Selectable } from 'kysely';
import type { Digest, DigestDraft } from '../alerts.ts';
import type { NewOutboxMessage } from '../outbox.ts';
import type { OutboxStatements } from './outbox.ts';
import type { Tables } from './tables.ts';

type Row = Selectable<Tables['digest']>;

export function digestStatements(db: Database, outbox: OutboxStatements) {
  const find = db.prepare<[string], Row>('select * from digest where user = ?');
  const all = db.prepare<[], Row>('select * from digest order by user');
  // Hours that passed before the change are not made up for; what was told stays told.
  const save = db.prepare(`
    insert into digest (user, frequency, weekday, hour, time_zone, when_empty, changed_at, last_slot)
    values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict do update set frequency = excluded.frequency, weekday = excluded.weekday, hour = excluded.hour,
      time_zone = excluded.time_zone, when_empty = excluded.when_empty, changed_at = excluded.changed_at,
      last_slot = max(last_slot, excluded.last_slot)`);
  const remove = db.prepare('delete from digest where user = ?');
  const settle = db.prepare(
    'update digest set last_slot = @slot, covered_to = @slot where user = @user and last_slot = @lastSlot',
  );
  const sent = db.prepare('update digest set sent_at = ? where user = ?');

  const settleOne = db.transaction(
    ({ user, lastSlot }: Digest, slot: number, message: NewOutboxMessage | null, now: number): boolean => {
      if (settle.run({ slot, user, lastSlot }).changes === 0) return false;
      if (message !== null) {
        outbox.queueMessages([message], now);
        sent.run(now, user);
      }
      return true;
    },
  );
  return {
    digest(user: string): Digest | null {
      const row = find.get(user);
      return row === undefined ? null : digestOf(row);
    },
    digests: (): Digest[] => all.all().map(digestOf),
    saveDigest(draft: DigestDraft, now: number): void {
      const { user, frequency, weekday, hour, timeZone, whenEmpty } = draft;
      save.run(user, frequency, weekday, hour, timeZone, whenEmpty, now, now);
    },
    removeDigest: (user: string): boolean => remove.run(user).changes > 0,
    settleDigest: (digest: Digest, slot: number, message: NewOutboxMessage | null, now: number): boolean =>
      settleOne.immediate(digest, slot, message, now),
  };
}

function digestOf(row: Row): Digest {
  return {
    user: row.user,
    frequency: row.frequency as Digest['frequency'],
    weekday: row.weekday,
    hour: row.hour,
    timeZone: row.time_zone,
    whenEmpty: row.when_empty as Digest['whenEmpty'],
    changedAt: row.changed_at,
    lastSlot: row.last_slot,
    coveredTo: row.covered_to,
    sentAt: row.sent_at,
  };
}
