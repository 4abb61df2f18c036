/** When a message that did not arrive is tried again, and when no more. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * Pauses after each failed try: soon at first, then as long as a mail server takes to be mended.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const pausesMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** A receiver may ask for patience, but not for ever. */
const maxRetryAfterMs = 24 * hour;

/** Messages that failed together must not come back together: up to so much of the pause is added. */
const jitter = 0.2;

/**
 * @param tries failed ones, this one included
 * @param retryAfterMs what the receiver asked for
 * @param random from 0 to 1
 * @returns the pause; null: it is given up
 */
export function pauseAfter(tries: number, retryAfterMs: number | null, random: number): number | null {
  const pause = pausesMs[tries - 1];
  if (pause === undefined) return null;
  const own = pause * (1 + jitter * random);
  return Math.round(Math.max(own, Math.min(retryAfterMs ?? 0, maxRetryAfterMs)));
}
