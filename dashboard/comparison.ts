/** How two periods of the same length are compared in words. Pure; where the base is too small it says so. */

import type { Period } from '../collector/store/store.ts';
import { dayMs } from '../collector/time.ts';
import { periodBefore as before } from '../collector/typed/period.ts';
import type { AccountsFilter } from './accounts-filter.ts';
import { namedPeriods, presetLabels } from './accounts-filter.ts';
import { counted, date, number } from './words.ts';

/** Below so many, chance alone makes a difference of a fifth and more. */
export const enoughToCompare = 20;

/** Two sketches may differ by so much, in percent, where the truth does not: two standard errors of each. */
const roughPercent = 7;

const weekMs = 7 * dayMs;

/** What it is compared with; null: nothing, as since the beginning there is nothing before. */
export function periodBefore(filter: AccountsFilter, { from, to }: Period): Period | null {
  if (filter.period === 'all' || filter.compare === 'none') return null;
  if (filter.compare === 'year' || filter.weekdays) {
    const by = shiftOf(filter, { from, to });
    return { from: from - by, to: to - by };
  }
  return before(filter.period, { from, to });
}

/** By how much the days before lie back: for days of the same name beside each other, by whole weeks. */
function shiftOf({ compare, weekdays }: AccountsFilter, { from, to }: Period): number {
  if (compare === 'before') return Math.ceil((to - from) / weekMs) * weekMs;
  const yearBefore = new Date(from);
  yearBefore.setUTCFullYear(yearBefore.getUTCFullYear() - 1);
  const year = from - yearBefore.getTime();
  return weekdays ? Math.round(year / weekMs) * weekMs : year;
}

/** `the 30 days before`. */
export function beforeWords(filter: AccountsFilter, { from, to }: Period): string {
  if (filter.compare === 'year')
    return filter.weekdays ? 'the same weekdays 52 weeks before' : 'the same days a year before';
  if (filter.weekdays) {
    const weeks = shiftOf(filter, { from, to }) / weekMs;
    return `the same weekdays ${weeks === 1 ? 'a week' : `${weeks} weeks`} before`;
  }
  const length =
    filter.period === 'custom' || namedPeriods[filter.period] !== undefined
      ? counted(Math.round((to - from) / dayMs), 'day')
      : presetLabels[filter.period];
  return `the ${length} before`;
}

/** In whole percent of what was before; null: too little to tell. */
export function changeOf(now: number, before: number): number | null {
  return before < enoughToCompare ? null : Math.round((now / before - 1) * 100);
}

/** `+12 %`, `−8 %`, `±0 %`. */
export function signed(percent: number): string {
  if (percent === 0) return '±0 %';
  return `${percent > 0 ? '+' : '−'}${number(Math.abs(percent))} %`;
}

/** `+12 %, more than in the 30 days before`. */
export function changeWords(now: number, before: number, than: string): string {
  const change = changeOf(now, before);
  if (change === null) return `Not enough data to compare: ${number(before)} in ${than}`;
  if (change === 0) return `±0 %, as many as in ${than}`;
  return `${signed(change)}, ${change > 0 ? 'more' : 'fewer'} than in ${than}`;
}

/** Of two numbers that are each known to within a twentieth: a difference within that is none. */
export function roughChangeWords(now: number, before: number, than: string): string {
  const change = changeOf(now, before);
  return change !== null && Math.abs(change) <= roughPercent
    ? `About as many as in ${than}`
    : changeWords(now, before, than);
}

interface Share {
  part: number;
  whole: number;
}

/** The same for a share: `+3 points, more than in the 30 days before`. */
export function shareChangeWords(now: Share, before: Share, than: string): string {
  if (before.whole < enoughToCompare || now.whole < enoughToCompare)
    return `Not enough data to compare: ${counted(before.whole, 'visit')} in ${than}`;
  const points = Math.round((now.part / now.whole) * 100) - Math.round((before.part / before.whole) * 100);
  if (points === 0) return `±0 points, the same as in ${than}`;
  const size = counted(Math.abs(points), 'point');
  return points > 0 ? `+${size}, more than in ${than}` : `−${size}, less than in ${than}`;
}

/** Why there is nothing to compare with, though there are visits; null: there is. */
export function whyNotComparable(
  firstDay: number | null,
  before: Period | null,
  than: string,
): string | null {
  if (before === null) return 'Since the beginning: there is nothing before it to compare with.';
  if (firstDay === null || firstDay * dayMs <= before.from) return null;
  return `Counting began on ${date(firstDay * dayMs)}, so ${than} cannot be compared with.`;
}
