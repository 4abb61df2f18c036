/** When a call was made, by our clock. Pure. */
import type { Fields } from './call.ts';

/** With `Z`, an offset or neither (then UTC); with any number of digits after the second, as Go writes nine. */
const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** @returns ms UTC; null if nothing was said; undefined for what is no time */
export function timeOf(value: unknown): number | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  const found = typeof value === 'string' ? iso.exec(value) : null;
  if (found === null || typeof value !== 'string') return undefined;
  const at = Date.parse((found[1] === undefined ? `${value}Z` : value).replace(' ', 'T'));
  return Number.isNaN(at) ? undefined : at;
}

/**
 * The moment of a call. A client's clock may be wrong, but it is equally wrong twice: what counts is how long before
 * sending the call was made.
 * @returns ms UTC, after `receivedAt` if the client says so; undefined if its time is none
 */
export function momentOf(call: Fields, receivedAt: number): number | undefined {
  const made = timeOf(call.originalTimestamp ?? call.timestamp);
  if (made === undefined) return undefined;
  if (made === null) return receivedAt;
  const sentAt = timeOf(call.sentAt);
  // A sending time that is none says nothing of the clock; the call's own time may still be right.
  return sentAt === null || sentAt === undefined ? made : receivedAt - (sentAt - made);
}
