/**
 * Takes messages from the outbox to where they go: at least once, each with a key by which the receiver can know it
 * again. What fails waits longer each time; what cannot arrive is put aside with its reason.
 */
import { type Destination, destinations, type OutboxMessage, type OutboxStore } from '../store/outbox.ts';
import { pauseAfter } from './backoff.ts';
import type { Channel, Outcome } from './channels/channel.ts';

export interface Outbox {
  /** Something may be due. */
  wake(): void;
  /** Delivers what is due, so much of it as one run may; resolves when it has been tried. */
  run(): Promise<number>;
  /** Lets what is under way end, but not for long. */
  close(): Promise<void>;
}

export interface OutboxOptions {
  store: OutboxStore;
  /** One of each, so that the compiler asks for a new one. */
  channels: { readonly [Name in Destination]: Channel };
  now: () => number;
  log: (line: string, detail?: object) => void;
  /** From 0 to 1. */
  random?: () => number;
  closeMs?: number;
}

/** Messages of one channel in one run, so that no channel keeps the others and the store busy for long. */
const maxPerRun = 50;
/** Where nothing is known to be due, it is looked again after so long: another process may have put something in. */
const lookMs = 60_000;
const leastMs = 50;
/** A channel that has just failed is left alone for so long, whatever waits for it. */
const breatherMs = 5_000;
const keptMs = 90 * 24 * 3_600_000;
const forgetEveryMs = 24 * 3_600_000;

export function createOutbox(options: OutboxOptions): Outbox {
  const { store, channels, now, log, random = Math.random, closeMs = 3_000 } = options;
  const stopping = new AbortController();
  const restsUntil = new Map<Destination, number>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<number> | null = null;
  let isAskedAgain = false;
  let isClosing = false;
  let forgotAt = Number.NEGATIVE_INFINITY;

  /** @returns whether it was settled */
  async function deliver(channel: Destination, message: OutboxMessage): Promise<boolean> {
    const outcome = await channels[channel]
      .deliver(message, stopping.signal)
      .catch((error: unknown): Outcome | null => {
        // Stopped in the middle: nothing is known of it, so it stays as it is.
        if (stopping.signal.aborted) return null;
        log('a message could not be delivered', { channel, error });
        return { outcome: 'failed', problem: 'something went wrong on our side; the log says what' };
      });
    if (outcome === null) return false;
    const at = now();
    restsUntil.set(channel, at + channels[channel].gapMs);
    if (outcome.outcome === 'delivered') await store.settleMessage(message.id, outcome, at);
    else if (outcome.outcome === 'refused')
      await store.settleMessage(message.id, { outcome: 'dead', problem: outcome.problem }, at);
    else {
      const { problem, retryAfterMs = null } = outcome;
      restsUntil.set(channel, at + Math.max(breatherMs, retryAfterMs ?? 0));
      const pause = pauseAfter(message.tries + 1, retryAfterMs, random());
      await store.settleMessage(
        message.id,
        pause === null
          ? { outcome: 'dead', problem: `given up after ${message.tries + 1} tries: ${problem}` }
          : { outcome: 'later', problem, dueAt: at + pause },
        at,
      );
    }
    return true;
  }

  async function runChannel(channel: Destination): Promise<number> {
    for (let done = 0; done < maxPerRun; done += 1) {
      if (isClosing || now() < (restsUntil.get(channel) ?? 0)) return done;
      const [message] = await store.dueMessages(channel, now(), 1);
      if (message === undefined || !(await deliver(channel, message))) return done;
    }
    return maxPerRun;
  }

  async function runAll(): Promise<number> {
    let done = 0;
    do {
      isAskedAgain = false;
      const each = await Promise.all(destinations.map(runChannel));
      done += each.reduce((sum, one) => sum + one, 0);
    } while (isAskedAgain && !isClosing);
    if (now() - forgotAt > forgetEveryMs) {
      forgotAt = now();
      await store.forgetMessages(now() - keptMs);
    }
    return done;
  }

  async function schedule(): Promise<void> {
    let pause = lookMs;
    for (const channel of destinations) {
      const dueAt = await store.nextDueAt(channel);
      if (dueAt !== null) pause = Math.min(pause, Math.max(dueAt, restsUntil.get(channel) ?? 0) - now());
    }
    if (isClosing) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void run(), Math.max(leastMs, pause));
    timer.unref();
  }

  function run(): Promise<number> {
    if (isClosing) return Promise.resolve(0);
    if (running !== null) {
      isAskedAgain = true;
      return running;
    }
    running = runAll()
      .catch((error: unknown) => {
        log('the outbox could not be worked on', { error });
        return 0;
      })
      .finally(async () => {
        running = null;
        await schedule().catch((error: unknown) => {
          // A store that closes answers no more.
          if (!isClosing) log('the outbox could not be looked at', { error });
        });
      });
    return running;
  }

  return {
    run,
    wake: () => void run(),
    async close() {
      // Nothing new is begun from here on; what is under way is cut off after the grace.
      isClosing = true;
      if (timer !== null) clearTimeout(timer);
      const grace = setTimeout(() => stopping.abort(), closeMs);
      await running;
      clearTimeout(grace);
    },
  };
}
