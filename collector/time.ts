/** Days and their arithmetic, in UTC. */

export const dayMs = 24 * 3_600_000;

/** Whole days since 1970-01-01 UTC. */
export function dayNumber(at: number): number {
  return Math.floor(at / dayMs);
}

/** `2026-07-14`. */
export function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
