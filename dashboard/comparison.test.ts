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
