/**
 * Bounds what one browser may send in a day. Events of one visitor are looked at together whenever one comes late or
 * tells who they are; without a bound, a program with one cookie could make that as dear as it likes.
 */
import type { VisitorKey } from '../../tracker/wire.ts';
import { dayNumber } from '../time.ts';

/** What no person does: a page every ten seconds, day and night, is more than this. */
export const maxEventsPerDay = 5_000;

/** Browsers remembered; a site with more in a day starts to count anew. */
const maxVisitors = 200_000;

/** @returns false once a visitor has sent too much today; counts each call as one event */
export function createFloodGate(): (siteId: number, visitor: VisitorKey, at: number) => boolean {
  let today = 0;
  let counts = new Map<string, number>();
  return (siteId, visitor, at) => {
    const day = dayNumber(at);
    if (day !== today || counts.size > maxVisitors) {
      today = day;
      counts = new Map();
    }
    const key = `${siteId}/${visitor}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= maxEventsPerDay;
  };
}
