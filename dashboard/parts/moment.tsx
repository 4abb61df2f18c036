/** A point in time: how long ago in the text, the exact time on hover and for machines. */
import { isoDay } from '../../collector/time.ts';
import { ago, date, dateTime, daysAgo } from '../words.ts';

export function Moment({ at, now }: { at: number; now: number }) {
  return (
    <time datetime={new Date(at).toISOString()} title={dateTime(at)}>
      {ago(at, now)}
    </time>
  );
}

/** A day of which no hour is known. @param at its start */
export function Day({ at, now }: { at: number; now: number }) {
  return (
    <time datetime={isoDay(at)} title={date(at)}>
      {daysAgo(at, now)}
    </time>
  );
}
