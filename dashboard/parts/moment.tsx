/** A point in time: how long ago in the text, the exact time on hover and for machines. */
import { ago, dateTime } from '../words.ts';

export function Moment({ at, now }: { at: number; now: number }) {
  return (
    <time datetime={new Date(at).toISOString()} title={dateTime(at)}>
      {ago(at, now)}
    </time>
  );
}
