import { describe, expect, test } from 'vitest';
import { dayMs } from '../collector/time.ts';
import { readFilter } from './accounts-filter.ts';
import {
  beforeWords,
  changeWords,
  enoughToCompare,
  periodBefore,
  roughChangeWords,
  shareChangeWords,
  whyNotComparable,
} from './comparison.ts';

const than = 'the 30 days before';

describe('a number beside the one before', () => {
  test.each([
    [150, 100, '+50 %, more than in the 30 days before'],
    [50, 100, '−50 %, fewer than in the 30 days before'],
    [0, 100, '−100 %, fewer than in the 30 days before'],
    [100, 100, '±0 %, as many as in the 30 days before'],
    [1_201, 100, '+1,101 %, more than in the 30 days before'],
    // A difference that rounds to nothing is none.
    [1_001, 1_000, '±0 %, as many as in the 30 days before'],
  ])('%d after %d is said with a sign and a word', (now, before, says) => {
    expect(changeWords(now, before, than)).toBe(says);
  });

  test('is not made a percentage of too little', () => {
    expect(changeWords(40, enoughToCompare - 1, than)).toBe(
      'Not enough data to compare: 19 in the 30 days before',
    );
    expect(changeWords(40, enoughToCompare, than)).toMatch(/^\+100 %/);
  });

  test('that is only estimated makes no difference of what the estimate may be wrong by', () => {
    expect(roughChangeWords(106, 100, than)).toBe('About as many as in the 30 days before');
    expect(roughChangeWords(94, 100, than)).toBe('About as many as in the 30 days before');
    expect(roughChangeWords(120, 100, than)).toBe('+20 %, more than in the 30 days before');
    expect(roughChangeWords(9, 9, than)).toMatch(/^Not enough/);
  });

  test('is in points where it is a share, and needs enough on both sides', () => {
    expect(shareChangeWords({ part: 30, whole: 100 }, { part: 20, whole: 100 }, than)).toBe(
      '+10 points, more than in the 30 days before',
    );
    expect(shareChangeWords({ part: 19, whole: 100 }, { part: 20, whole: 100 }, than)).toBe(
      '−1 point, less than in the 30 days before',
    );
    expect(shareChangeWords({ part: 1, whole: 3 }, { part: 20, whole: 100 }, than)).toMatch(/^Not enough/);
    expect(shareChangeWords({ part: 20, whole: 100 }, { part: 1, whole: 3 }, than)).toMatch(/^Not enough/);
  });
});

describe('the period before', () => {
  const of = (query: Record<string, string>) => readFilter(query, []);
  const to = Date.UTC(2026, 2, 1);

  test('is as long, and ends where this one begins', () => {
    const period = { from: to - 30 * dayMs, to };
    expect(periodBefore(of({}), period)).toEqual({ from: to - 60 * dayMs, to: to - 30 * dayMs });
    expect(beforeWords(of({}), period)).toBe(than);
    const custom = of({ period: 'custom', from: '2026-02-28', to: '2026-02-28' });
    expect(beforeWords(custom, { from: to - dayMs, to })).toBe('the 1 day before');
  });

  test('may be the same days a year before, the same weekdays, or nothing', () => {
    const period = { from: Date.UTC(2026, 1, 1), to };
    const years = { from: Date.UTC(2025, 1, 1), to: Date.UTC(2025, 2, 1) };
    expect(periodBefore(of({ compare: 'year' }), period)).toEqual(years);
    expect(beforeWords(of({ compare: 'year' }), period)).toBe('the same days a year before');
    const weekday = ({ from }: { from: number } = { from: 0 }) => new Date(from).getUTCDay();
    for (const query of [{ compare: 'year', weekdays: '1' }, { weekdays: '1' }]) {
      const before = periodBefore(of(query), period);
      expect(weekday(before ?? undefined)).toBe(weekday(period));
      expect((before?.to ?? 0) - (before?.from ?? 0)).toBe(period.to - period.from);
    }
    expect(periodBefore(of({ compare: 'year', weekdays: '1' }), period)?.from).toBe(
      period.from - 364 * dayMs,
    );
    expect(beforeWords(of({ compare: 'year', weekdays: '1' }), period)).toContain('52 weeks before');
    // Thirty days have no whole weeks: those that begin on the same weekday lie five weeks back, and do not overlap.
    const thirty = { from: to - 30 * dayMs, to };
    expect(periodBefore(of({ weekdays: '1' }), thirty)?.from).toBe(thirty.from - 35 * dayMs);
    expect(beforeWords(of({ weekdays: '1' }), thirty)).toBe('the same weekdays 5 weeks before');
    expect(periodBefore(of({ compare: 'none' }), period)).toBeNull();
    expect(beforeWords(of({ period: 'month' }), { from: to - 9 * dayMs, to })).toBe('the 9 days before');
  });

  test('of twelve months is the year before by the calendar', () => {
    const period = { from: Date.UTC(2024, 2, 1), to: Date.UTC(2025, 2, 1) };
    expect(periodBefore(of({ period: '12m' }), period)).toEqual({
      from: Date.UTC(2023, 2, 1),
      to: period.from,
    });
  });

  test('is none of all time, and cannot be compared with where counting began within it', () => {
    expect(periodBefore(of({ period: 'all' }), { from: 0, to })).toBeNull();
    const before = { from: to - 60 * dayMs, to: to - 30 * dayMs };
    expect(whyNotComparable(before.from / dayMs, before, than)).toBeNull();
    expect(whyNotComparable(before.from / dayMs + 1, before, than)).toContain('Counting began on 1 Jan 2026');
  });
});
