/** Counts refusals in memory and writes the sums now and then, so that a flood of refusals costs the disk nothing. */
import type { DropCount, Store } from '../store/store.ts';
import { isoDay } from '../time.ts';
import type { DropReason } from './reasons.ts';

const flushMs = 1_000;

export interface DropCounter {
  /** @param siteId null where the site key was not known */
  count(siteId: number | null, reason: DropReason, times?: number): void;
  /** Writes what has been counted; call it before reading the counts and before closing. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** @param onError told when the sums could not be written; they are kept and tried again */
export function openDropCounter(
  store: Pick<Store, 'countDrops'>,
  now: () => number,
  onError: (error: unknown) => void,
): DropCounter {
  let counts = new Map<string, DropCount>();

  async function flush(): Promise<void> {
    if (counts.size === 0) return;
    const taken = counts;
    counts = new Map();
    try {
      await store.countDrops([...taken.values()]);
    } catch (error) {
      for (const one of taken.values()) add(one);
      onError(error);
    }
  }

  function add(more: DropCount): void {
    const key = `${more.siteId}/${more.day}/${more.reason}`;
    const known = counts.get(key);
    if (known) known.count += more.count;
    else counts.set(key, more);
  }

  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();
  return {
    count: (siteId, reason, times = 1) => add({ siteId, reason, day: isoDay(now()), count: times }),
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
