import { expect, test } from 'vitest';
import { dayMs } from '../../collector/time.ts';
import { bucketsOf, isByWeek, linePath } from './visits.ts';

const days = (count: number) => ({ from: 1_000 * dayMs, to: (1_000 + count) * dayMs });

test('every day of a period has its place, also without visits', () => {
  const buckets = bucketsOf([{ day: 1_002, visits: 5, accountVisits: 2 }], days(4));
  expect(buckets.map(({ visits }) => visits)).toEqual([0, 0, 5, 0]);
  expect(buckets[2]).toMatchObject({ from: 1_002 * dayMs, last: 1_002 * dayMs, accountVisits: 2 });
});

test('a year is shown by weeks whose sums are its days’', () => {
  const visits = Array.from({ length: 365 }, (_, index) => ({
    day: 1_000 + index,
    visits: index + 1,
    accountVisits: 1,
  }));
  expect(isByWeek(days(365))).toBe(true);
  const buckets = bucketsOf(visits, days(365));
  expect(buckets).toHaveLength(53);
  expect(buckets[0]?.visits).toBe(28);
  // The last has one day.
  expect(buckets.at(-1)).toEqual({
    from: 1_364 * dayMs,
    last: 1_364 * dayMs,
    visits: 365,
    accountVisits: 1,
  });
  expect(buckets.reduce((sum, one) => sum + one.accountVisits, 0)).toBe(365);
});

test('a day outside of the period is in no bar', () => {
  const outside = [999, 1_004].map((day) => ({ day, visits: 9, accountVisits: 0 }));
  expect(bucketsOf(outside, days(4)).every(({ visits }) => visits === 0)).toBe(true);
});

test('the line stays within the bars it is drawn over', () => {
  expect(linePath([0, 10, 5], 10, 100, 50, 2)).toBe('M18 50L68 0');
});
