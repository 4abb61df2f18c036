/** How often a password may be tried at one link: a few at once, then one a minute. In memory: a restart forgives. */

const burst = 5;
const refillMs = 60_000;
/** Links kept; one that nobody tried for long says nothing and may go. */
const maxKept = 1_000;

export interface ShareTries {
  /** Takes one try. @returns null if it may be made, else after how many seconds to come again */
  take(shareId: number): number | null;
  /** The password was right: that one does not count. */
  giveBack(shareId: number): void;
}

/** @param now a clock, ms */
export function openShareTries(now: () => number): ShareTries {
  const buckets = new Map<number, { tries: number; at: number }>();
  const fill = (shareId: number) => {
    const at = now();
    const known = buckets.get(shareId) ?? { tries: burst, at };
    // A clock that was set back must not empty the bucket.
    return { tries: Math.min(burst, known.tries + Math.max(0, at - known.at) / refillMs), at };
  };
  const keep = (shareId: number, bucket: { tries: number; at: number }) => {
    // Touched last stands last.
    buckets.delete(shareId);
    buckets.set(shareId, bucket);
    if (buckets.size > maxKept) buckets.delete(buckets.keys().next().value as number);
  };
  return {
    take(shareId) {
      const { tries, at } = fill(shareId);
      keep(shareId, { tries: tries < 1 ? tries : tries - 1, at });
      return tries < 1 ? Math.ceil(((1 - tries) * refillMs) / 1_000) : null;
    },
    giveBack(shareId) {
      const { tries, at } = fill(shareId);
      keep(shareId, { tries: Math.min(burst, tries + 1), at });
    },
  };
}
