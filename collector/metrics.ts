/** What the program counts of itself, as Prometheus reads it. Asked for with a token of the owner's, or not there. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Enricher, StepTiming } from './enrich/index.ts';
import type { DropCounter } from './receive/drop-counter.ts';
import { dropReasons } from './receive/reasons.ts';
import type { Committed } from './store/group-commit.ts';
import { destinations, type OutboxWaiting, type Settled } from './store/outbox.ts';
import type { AppendOutcome, Store } from './store/store.ts';

/** How precisely the loop's lag is measured, ms: often enough to see a stall, too rarely to cost anything. */
const lagMs = 50;

export interface Metrics {
  /** Told each transaction of events. */
  committed(commit: Committed<AppendOutcome>): void;
  /** The same counter of refusals, which is listened to. */
  counting(drops: DropCounter): DropCounter;
  /** The same store, with what becomes of messages and notices counted. */
  telling(store: Store): Store;
  /** Told each connection that was ended to make room for another. */
  connectionEnded(): void;
  /** What the store took so far, as one more step of an event. */
  commitTiming(): StepTiming;
  /** Reads these whenever somebody asks. */
  watch(
    rooms: { store: Pick<Store, 'pending' | 'pendingBytes' | 'outboxWaiting'>; enricher: Enricher },
    now: () => number,
  ): void;
  /** The text that Prometheus takes in, with its content type. */
  text(): Promise<{ body: string; type: string }>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: lagMs });
  const stored = new Counter({
    name: 'footlight_events_stored_total',
    help: 'Events that were stored, after the commit that holds them.',
    registers,
  });
  const refused = new Counter({
    name: 'footlight_events_refused_total',
    help: 'Events that were refused, by the reason that is told to the sender.',
    labelNames: ['reason'],
    registers,
  });
  // Present before the first of its kind, so that a rate over it is right from the start.
  for (const reason of Object.keys(dropReasons)) refused.inc({ reason }, 0);
  const seconds = new Histogram({
    name: 'footlight_commit_seconds',
    help: 'Time of one transaction of events, until it is on disk.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const size = new Histogram({
    name: 'footlight_commit_events',
    help: 'Events in one transaction.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000],
    registers,
  });
  const ended = new Counter({
    name: 'footlight_connections_ended_total',
    help: 'Silent connections that were ended because too many were open.',
    registers,
  });
  const messages = new Counter({
    name: 'footlight_messages_total',
    help: 'Tries to deliver a mail or a Slack message, by what came of them: delivered, later (tried again), dead (given up).',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['delivered', 'later', 'dead'] satisfies Settled['outcome'][])
    messages.inc({ outcome }, 0);
  const notices = new Counter({
    name: 'footlight_notices_total',
    help: 'Notices that somebody was given of a company that came into a segment.',
    registers,
  });
  const timing: StepTiming = { name: 'store', count: 0, totalUs: 0 };

  return {
    committed({ items, ms, outcomes }) {
      seconds.observe(ms / 1_000);
      size.observe(items);
      timing.count += items;
      timing.totalUs += ms * 1_000;
      stored.inc(outcomes.filter((outcome) => outcome === 'stored').length);
    },
    counting: (drops) => ({
      ...drops,
      count(siteId, reason, times = 1) {
        refused.inc({ reason }, times);
        drops.count(siteId, reason, times);
      },
    }),
    telling: (store) => ({
      ...store,
      async settleMessage(id, settled, now) {
        await store.settleMessage(id, settled, now);
        messages.inc({ outcome: settled.outcome });
      },
      async recordMembership(membership) {
        const isKept = await store.recordMembership(membership);
        if (isKept) notices.inc(membership.notices.length);
        return isKept;
      },
    }),
    connectionEnded: () => ended.inc(),
    commitTiming: () => ({ ...timing }),
    watch({ store, enricher }, now) {
      new Gauge({
        name: 'footlight_queue_events',
        help: 'Events that wait for their commit now.',
        registers,
        collect() {
          this.set(store.pending());
        },
      });
      new Gauge({
        name: 'footlight_queue_bytes',
        help: 'Bytes of them in memory, roughly.',
        registers,
        collect() {
          this.set(store.pendingBytes());
        },
      });
      const byChannel = async (gauge: Gauge<'channel'>, of: (one: OutboxWaiting) => number) => {
        for (const channel of destinations) gauge.set({ channel }, 0);
        for (const one of await store.outboxWaiting()) gauge.set({ channel: one.channel }, of(one));
      };
      new Gauge({
        name: 'footlight_messages_waiting',
        help: 'Messages that wait to be delivered, by channel.',
        labelNames: ['channel'],
        registers,
        collect() {
          return byChannel(this, ({ waiting }) => waiting);
        },
      });
      new Gauge({
        name: 'footlight_messages_oldest_seconds',
        help: 'For how long the oldest message has waited, by channel; 0: none waits.',
        labelNames: ['channel'],
        registers,
        collect() {
          return byChannel(this, ({ oldestAt }) => Math.max(0, now() - oldestAt) / 1_000);
        },
      });
      new Counter({
        name: 'footlight_step_seconds_total',
        help: 'Time spent in each step of the enrichment.',
        labelNames: ['step'],
        registers,
        collect() {
          this.reset();
          for (const { name, totalUs } of enricher.timings()) this.inc({ step: name }, totalUs / 1e6);
        },
      });
      new Counter({
        name: 'footlight_step_events_total',
        help: 'Events that went through each step of the enrichment.',
        labelNames: ['step'],
        registers,
        collect() {
          this.reset();
          for (const { name, count } of enricher.timings()) this.inc({ step: name }, count);
        },
      });
    },
    text: async () => ({ body: await registry.metrics(), type: registry.contentType }),
  };
}

/**
 * True if a request may read the numbers. By a token and not by the address it comes from: behind a proxy that adds no
 * header, everybody comes from this machine.
 * @param header `authorization`, as sent
 * @param token  null: nobody may
 */
export function mayReadMetrics(header: string | undefined, token: string | null): boolean {
  if (token === null || header === undefined) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header), digest(`Bearer ${token}`));
}
