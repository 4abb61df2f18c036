/** How many calls a key may make: a bucket that fills again, one a key. */

/** A script that pages through everything as fast as it is answered is held to this. */
export const usualLimit = { burst: 240, perSecond: 8 };

/** Buckets kept; one that is as good as full says nothing and may go. */
const maxBuckets = 1_000;

export interface RateLimit {
  /** Takes one call. @returns null if it may be made, else after how many seconds to come again */
  take(keyId: number): number | null;
}

/** @param now a clock, ms */
export function openRateLimit(now: () => number, { burst, perSecond } = usualLimit): RateLimit {
  const buckets = new Map<number, { calls: number; at: number }>();
  return {
    take(keyId) {
      const at = now();
      const known = buckets.get(keyId) ?? { calls: burst, at };
      // A clock that was set back must not empty the bucket.
      const since = Math.max(0, at - known.at) / 1_000;
      const calls = Math.min(burst, known.calls + since * perSecond);
      // Touched last stands last: what is let go is what was quiet for longest, and has filled up since.
      buckets.delete(keyId);
      buckets.set(keyId, { calls: calls < 1 ? calls : calls - 1, at });
      if (buckets.size > maxBuckets) buckets.delete(buckets.keys().next().value as number);
      return calls < 1 ? Math.ceil((1 - calls) / perSecond) : null;
    },
  };
}
