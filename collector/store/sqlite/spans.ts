/** Spans of days that sums are also kept by, so that a long period is a few of them and not all of its days. */
import { dayNumber } from '../../time.ts';
import type { Period } from '../store.ts';

/** Days of a span: long enough that a year has few, short enough that the rest of a period is cheap. */
export const spanDays = 32;

/** A period as whole spans and the days beside them; each is `first <= number < end`. */
export interface SpansAndDays {
  spans: { first: number; end: number };
  days: { first: number; end: number }[];
}

/** Splits a period, its first and last day whole, so that every day of it is counted once. */
export function spansAndDays({ from, to }: Period): SpansAndDays {
  const first = dayNumber(from);
  const end = dayNumber(to - 1) + 1;
  const spans = { first: Math.ceil(first / spanDays), end: Math.floor(end / spanDays) };
  if (spans.first >= spans.end) return { spans: { first: 0, end: 0 }, days: [{ first, end }] };
  return {
    spans,
    days: [
      { first, end: spans.first * spanDays },
      { first: spans.end * spanDays, end },
    ].filter((range) => range.first < range.end),
  };
}
