/** What the chart of visits shows, as numbers: days, or weeks where there are too many days. Pure. */

import type { Period } from '../../collector/store/store.ts';
import type { TrafficDay, VisitSum } from '../../collector/store/traffic.ts';
import { dayMs, dayNumber } from '../../collector/time.ts';

/** Bars that can still be told apart. */
const maxBars = 186;
const weekDays = 7;

export interface Bucket extends VisitSum {
  /** Start of its first day. */
  from: number;
  /** Start of its last day. */
  last: number;
}

/** Every day of a period, or every seven, also those without visits; the last may have fewer. */
export function bucketsOf(days: readonly TrafficDay[], period: Period): Bucket[] {
  const first = dayNumber(period.from);
  const end = dayNumber(period.to - 1) + 1;
  const size = end - first > maxBars ? weekDays : 1;
  const buckets: Bucket[] = [];
  for (let day = first; day < end; day += size)
    buckets.push({
      from: day * dayMs,
      last: (Math.min(day + size, end) - 1) * dayMs,
      visits: 0,
      accountVisits: 0,
    });
  for (const { day, visits, accountVisits } of days) {
    const bucket = buckets[Math.floor((day - first) / size)];
    if (bucket === undefined) continue;
    bucket.visits += visits;
    bucket.accountVisits += accountVisits;
  }
  return buckets;
}

/** True where `bucketsOf` a period gives weeks. */
export function isByWeek({ from, to }: Period): boolean {
  return dayNumber(to - 1) + 1 - dayNumber(from) > maxBars;
}

/** A line through the middle of each bar's place, for as many as there are. */
export function linePath(
  values: readonly number[],
  most: number,
  width: number,
  height: number,
  bars: number,
): string {
  const step = width / Math.max(1, bars);
  return values
    .slice(0, bars)
    .map((value, index) => {
      const x = round((index + 0.36) * step);
      const y = round(height - (value / Math.max(1, most)) * height);
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
}

const round = (value: number) => Math.round(value * 100) / 100;
