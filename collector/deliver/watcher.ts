/** When segments are evaluated: soon after something was stored, but not all the time; and each day, as windows pass. */
import { dayNumber } from '../time.ts';

export interface Watcher {
  /** Something was stored that may bring accounts into segments. */
  touched(): void;
  /** Evaluates now; who asks while it runs gets another run after it. */
  run(): Promise<void>;
  close(): Promise<void>;
}

export interface WatcherOptions {
  /** @returns false where something could not be evaluated, and is to be tried again */
  evaluate: () => Promise<boolean>;
  now: () => number;
  log: (line: string, detail?: object) => void;
  /** What comes within so long is looked at together. */
  gatherMs?: number;
  leastGapMs?: number;
}

/** A segment that takes long to evaluate takes no more than this part of a reader's time. */
const shareOfTime = 10;
const dayLookMs = 10 * 60_000;

export function createWatcher(options: WatcherOptions): Watcher {
  const { evaluate, now, log, gatherMs = 1_000, leastGapMs = 15_000 } = options;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isAskedAgain = false;
  let isClosed = false;
  let restsUntil = 0;
  let evaluatedOn = Number.NEGATIVE_INFINITY;

  async function once(): Promise<void> {
    do {
      isAskedAgain = false;
      const began = performance.now();
      evaluatedOn = dayNumber(now());
      const isWhole = await evaluate().catch((error: unknown) => {
        log('segments could not be evaluated', { error });
        return false;
      });
      const ms = performance.now() - began;
      restsUntil = performance.now() + Math.max(leastGapMs, ms * shareOfTime);
      if (!isWhole) touched();
    } while (isAskedAgain && !isClosed);
  }

  function run(): Promise<void> {
    if (isClosed) return running ?? Promise.resolve();
    if (running !== null) {
      isAskedAgain = true;
      return running;
    }
    running = once().finally(() => {
      running = null;
    });
    return running;
  }

  function touched(): void {
    if (timer !== null || isClosed) return;
    timer = setTimeout(
      () => {
        timer = null;
        void run();
      },
      Math.max(gatherMs, restsUntil - performance.now()),
    );
    timer.unref();
  }

  const daily = setInterval(() => {
    if (dayNumber(now()) !== evaluatedOn) void run();
  }, dayLookMs);
  daily.unref();

  return {
    run,
    touched,
    async close() {
      isClosed = true;
      clearInterval(daily);
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
