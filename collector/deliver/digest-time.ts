/** Pure: at which hours a digest is due. */
import { Cron } from 'croner';
import type { Digest, DigestDraft } from '../store/alerts.ts';
import { dayMs } from '../time.ts';

/** Days that one digest is about, where none came before it. */
export const usualDays = (digest: Pick<DigestDraft, 'frequency'>) => (digest.frequency === 'daily' ? 1 : 7);

/**
 * The hours by the clock on somebody's wall: one that the spring leaves out is the next there is, one that the autumn
 * has twice counts once.
 */
function hoursOf({ frequency, weekday, hour, timeZone }: DigestDraft): Cron {
  return new Cron(`0 ${hour} * * ${frequency === 'daily' ? '*' : weekday}`, { timezone: timeZone });
}

/** The latest hour that has come and is not settled; null: none. Of several that were missed, one is made up for. */
export function dueSlot(digest: Digest, now: number): number | null {
  const hours = hoursOf(digest);
  let due: number | null = null;
  let from = Math.max(digest.lastSlot, now - (usualDays(digest) + 1) * dayMs);
  for (;;) {
    const next = hours.nextRun(new Date(from))?.getTime();
    if (next === undefined || next > now) return due;
    due = next;
    from = next;
  }
}

/** When the next one comes. */
export function nextSlot(digest: DigestDraft, now: number): number | null {
  return hoursOf(digest).nextRun(new Date(now))?.getTime() ?? null;
}
