/** When people are at work: local days and hours of a time zone, with its summer time. */
import type { Random } from './random.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** How a day of visits is spread over its 24 local hours, and how much of it is left on a weekend. */
export interface Rhythm {
  hours: readonly number[];
  weekend: number;
}

/** Office hours with a dip at noon; hardly anyone on a weekend. */
export const office: Rhythm = {
  hours: [0, 0, 0, 0, 0, 0, 0.2, 2, 6, 10, 11, 9, 5, 8, 10, 9, 7, 4, 1.5, 0.6, 0.5, 0.4, 0.1, 0],
  weekend: 0.05,
};

/** Sofas and trains: mornings, evenings, every day of the week. */
export const leisure: Rhythm = {
  hours: [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 3, 4, 5, 5, 5, 6, 5, 5, 5, 5, 6, 7, 8, 9, 9, 6, 3],
  weekend: 0.8,
};

/** Programs do not sleep. */
export const always: Rhythm = { hours: Array.from({ length: 24 }, () => 1), weekend: 1 };

export interface Calendar {
  /**
   * A moment on one of the days from `first` to `last`.
   * @param zone IANA name, e.g. `Europe/Berlin`
   * @param first a calendar day as its midnight in UTC, ms; `last` the same, included
   */
  moment(random: Random, zone: string, rhythm: Rhythm, first: number, last: number): number;
}

/** Keeps one formatter a zone: making one costs more than a thousand uses of it. */
export function createCalendar(): Calendar {
  const formats = new Map<string, Intl.DateTimeFormat>();

  function offsetMs(zone: string, at: number): number {
    const known = formats.get(zone);
    const format = known ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    if (known === undefined) formats.set(zone, format);
    const found = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(at));
    if (found === null) return 0;
    const [, sign, hours, minutes] = found;
    return (sign === '-' ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs);
  }

  return {
    moment(random, zone, rhythm, first, last) {
      const days = Math.round((last - first) / dayMs);
      let day = first;
      // A milestone may lie within one weekend; after a few tries it happens there.
      for (let tries = 0; tries < 12; tries += 1) {
        day = first + random.between(0, days) * dayMs;
        const weekday = new Date(day).getUTCDay();
        const isWeekend = weekday === 0 || weekday === 6;
        if (!isWeekend || random.chance(rhythm.weekend)) break;
      }
      const hour = Number(random.weighted(Object.fromEntries(rhythm.hours.entries())));
      const local = day + hour * hourMs + random.between(0, hourMs - 1);
      return local - offsetMs(zone, local);
    },
  };
}
