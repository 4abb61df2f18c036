/** Hours in which somebody is left alone, in their own time zone. */
import { Cron } from 'croner';
import type { QuietHours } from '../store/alerts.ts';

/**
 * When something that happens at a moment may be sent.
 * @returns the moment itself, or the end of the quiet hours that it falls into
 */
export function afterQuiet(at: number, quiet: QuietHours | null, timeZone: string): number {
  if (quiet === null || quiet.from === quiet.to) return at;
  const now = minuteOfDay(at, timeZone);
  const { from, to } = quiet;
  const isQuiet = from < to ? now >= from && now < to : now >= from || now < to;
  if (!isQuiet) return at;
  // By the calendar and not by adding minutes: the night may be an hour shorter.
  const end = new Cron(`${to % 60} ${Math.floor(to / 60)} * * *`, { timezone: timeZone }).nextRun(
    new Date(at),
  );
  return end?.getTime() ?? at;
}

function minuteOfDay(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return of('hour') * 60 + of('minute');
}

/** Whether the machine knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
