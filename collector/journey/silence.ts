/** How long an account was silent, made of the spans in which its browsers came. Pure. */
import { silenceMs, type VisitorLane } from '../store/store.ts';
import { dayMs } from '../time.ts';

/**
 * The silence that ended last, in whole days, and when it did.
 * @returns null: they were never away for longer than a silence
 */
export function lastSilence(
  lanes: readonly Pick<VisitorLane, 'spans'>[],
): { days: number; endedAt: number } | null {
  const spans = lanes.flatMap((lane) => lane.spans).sort((a, b) => a.from - b.from);
  let seenTo = Number.POSITIVE_INFINITY;
  let found: { days: number; endedAt: number } | null = null;
  for (const { from, to } of spans) {
    if (from - seenTo > silenceMs) found = { days: Math.floor((from - seenTo) / dayMs), endedAt: from };
    seenTo = Math.max(seenTo === Number.POSITIVE_INFINITY ? to : seenTo, to);
  }
  return found;
}
