/** What waits to be delivered: put in beside the fact that it tells, taken out when it has arrived or cannot. */
import type { Database } from 'better-sqlite3';
import {
  type DeadLetter,
  type Destination,
  destinations,
  type Message,
  type NewOutboxMessage,
  type OutboxCounts,
  type OutboxMessage,
  type OutboxStore,
  type OutboxWaiting,
  type Settled,
} from '../outbox.ts';

interface Row {
  id: number;
  key: string;
  channel: Destination;
  recipient: string;
  message: string;
  made_at: number;
  due_at: number;
  tries: number;
  problem: string | null;
  settled_at: number | null;
}

/** The same calls, at once: for transactions that hold more. */
export type OutboxStatements = {
  [Name in keyof OutboxStore]: (
    ...given: Parameters<OutboxStore[Name]>
  ) => Awaited<ReturnType<OutboxStore[Name]>>;
};

export function outboxStatements(db: Database): OutboxStatements {
  const insert = db.prepare(`
    insert into outbox (key, channel, recipient, message, made_at, due_at) values (?, ?, ?, ?, ?, ?)
    on conflict (key) do nothing`);
  const due = db.prepare<[string, number, number], Row>(`
    select * from outbox where channel = ? and state = 'waiting' and due_at <= ? order by due_at, id limit ?`);
  const next = db
    .prepare<[string], number | null>(
      `select min(due_at) from outbox where channel = ? and state = 'waiting'`,
    )
    .pluck();
  const end = db.prepare(
    `update outbox set state = ?, problem = ?, tries = tries + 1, settled_at = ? where id = ? and state = 'waiting'`,
  );
  const later = db.prepare(
    `update outbox set problem = ?, tries = tries + 1, due_at = ? where id = ? and state = 'waiting'`,
  );
  const dead = db.prepare<[number, number], Row>(
    `select * from outbox where state = 'dead' and id < ? order by id desc limit ?`,
  );
  const waiting = db.prepare<[string], { waiting: number; oldest: number | null }>(
    `select count(*) as waiting, min(made_at) as oldest from outbox where channel = ? and state = 'waiting'`,
  );
  // It starts over, and is not dead again after the first failure.
  const revive = db.prepare(
    `update outbox set state = 'waiting', tries = 0, due_at = ?, settled_at = null where id = ? and state = 'dead'`,
  );
  const counts = db.prepare<
    [{ channel: string }],
    {
      waiting: number;
      failing: number;
      dead: number;
      delivered: number;
      next: number | null;
      oldest: number | null;
    }
  >(`
    select count(*) as waiting, count(problem) as failing, min(due_at) as next, min(made_at) as oldest,
      (select count(*) from outbox where state = 'dead' and channel = @channel) as dead,
      (select count(*) from outbox where state = 'delivered' and channel = @channel) as delivered
    from outbox where channel = @channel and state = 'waiting'`);
  const lastProblem = db
    .prepare<[string], string>(
      `select problem from outbox where channel = ? and state = 'waiting' and problem is not null order by due_at desc limit 1`,
    )
    .pluck();
  const forget = db.prepare(`delete from outbox where state <> 'waiting' and settled_at < ?`);
  const forgetRead = db.prepare('delete from notice where read_at is not null and at < ?');
  const forgetAll = db.transaction((before: number) => {
    forget.run(before);
    forgetRead.run(before);
  });

  return {
    queueMessages(messages: readonly NewOutboxMessage[], now: number): number {
      let queued = 0;
      for (const { key, channel, recipient, message, dueAt } of messages)
        queued += insert.run(key, channel, recipient, JSON.stringify(message), now, dueAt).changes;
      return queued;
    },
    dueMessages: (channel, now, limit) => due.all(channel, now, limit).map(messageOf),
    nextDueAt: (channel) => next.get(channel) ?? null,
    settleMessage(id: number, settled: Settled, now: number): void {
      if (settled.outcome === 'later') later.run(settled.problem, settled.dueAt, id);
      else end.run(settled.outcome, settled.outcome === 'dead' ? settled.problem : null, now, id);
    },
    outboxWaiting: () =>
      destinations.flatMap((channel): OutboxWaiting[] => {
        const { waiting: count = 0, oldest = null } = waiting.get(channel) ?? {};
        return oldest === null ? [] : [{ channel, waiting: count, oldestAt: oldest }];
      }),
    deadLetters: (limit, before) =>
      dead.all(before ?? Number.MAX_SAFE_INTEGER, limit).map((row): DeadLetter => {
        const { id, channel, recipient, message, madeAt, tries } = messageOf(row);
        const settledAt = row.settled_at ?? madeAt;
        return { id, channel, recipient, message, madeAt, tries, settledAt, problem: row.problem ?? '' };
      }),
    reviveMessage: (id, now) => revive.run(now, id).changes > 0,
    outboxCounts(channel): OutboxCounts {
      const row = counts.get({ channel });
      return {
        waiting: row?.waiting ?? 0,
        failing: row?.failing ?? 0,
        dead: row?.dead ?? 0,
        delivered: row?.delivered ?? 0,
        nextDueAt: row?.next ?? null,
        oldestAt: row?.oldest ?? null,
        lastProblem: lastProblem.get(channel) ?? null,
      };
    },
    forgetMessages: (before) => forgetAll.immediate(before),
  };
}

function messageOf(row: Row): OutboxMessage {
  return {
    id: row.id,
    key: row.key,
    channel: row.channel,
    recipient: row.recipient,
    message: JSON.parse(row.message) as Message,
    madeAt: row.made_at,
    dueAt: row.due_at,
    tries: row.tries,
  };
}
