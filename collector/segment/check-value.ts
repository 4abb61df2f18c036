/** The parts of a condition behind its term: values, windows, people. */
import { dayMs, dayNumber } from '../time.ts';
import { boundPattern, maxValues } from './bounds.ts';
import { Misread } from './problem.ts';
import type { LimitSyntax, Literal, Span, TestSyntax } from './syntax.ts';
import type { By, Day, TextTest, Window } from './tree.ts';

/** How each limit is written. */
export const operatorWords: { [Kind in LimitSyntax['kind']]: string } = {
  within: '“within”',
  before: '“before”',
  after: '“after”',
  between: '“between”',
  by: '“by … people”',
};

const daysIn: Readonly<Record<string, number>> = { second: 0, minute: 0, hour: 1 / 24, month: 30, year: 365 };
export const daysWords = (days: number) => `${days} ${days === 1 ? 'day' : 'days'}`;

const maxWindowDays = 3_660;

/** @throws Misread for a day that no calendar has */
export function dayOf(literal: Literal): Day {
  const text = 'text' in literal ? literal.text : '';
  const at = Date.parse(`${text}T00:00:00Z`);
  // Some engines take 31 June for 1 July.
  if (!Number.isFinite(at) || at < 0 || new Date(at).toISOString().slice(0, 10) !== text)
    throw new Misread(
      literal,
      `“${text}” is no day of the calendar. Write year, month and day, as in 2026-01-31.`,
    );
  return dayNumber(at);
}

/** `2026-01-31`. */
export const isoDayOf = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10);

/**
 * Reads what follows a comparison: at most one window, and at most one `by`.
 * @throws Misread
 */
export function windowOf(limits: readonly LimitSyntax[]): { window: Window | null; by: By | null } {
  let window: Window | null = null;
  let by: By | null = null;
  for (const limit of limits) {
    if (limit.kind === 'by' ? by !== null : window !== null)
      throw new Misread(
        limit,
        `There is one ${limit.kind === 'by' ? '“by … people”' : 'window of time'} already: leave this one out.`,
      );
    if (limit.kind === 'by') by = { operator: limit.operator, people: wholeNumber(limit.people) };
    else window = readWindow(limit);
  }
  return { window, by };
}

function readWindow(limit: Exclude<LimitSyntax, { kind: 'by' }>): Window {
  switch (limit.kind) {
    case 'within':
      return { kind: 'within', days: daysOf(limit.amount) };
    case 'before':
    case 'after':
      return { kind: limit.kind, day: dayOf(limit.date) };
    case 'between': {
      const [from, to] = [dayOf(limit.from), dayOf(limit.to)];
      if (from > to) throw new Misread(limit, 'The later day comes first: write the earlier one first.');
      return { kind: 'between', from, to };
    }
  }
}

function daysOf(amount: Literal): number {
  if (amount.kind !== 'number') throw new Error('the grammar lets only numbers through');
  const { number, unit } = amount;
  if (unit !== 'day' && unit !== 'week') {
    // Accounts' doings are kept by day: a shorter window would claim to know what it does not.
    const each = unit === null ? 1 : (daysIn[unit] ?? 1);
    const instead = daysWords(Math.max(1, Math.ceil(number * each)));
    throw new Misread(
      amount,
      `Time is counted in whole days or weeks here, today included. Did you mean ${instead}?`,
      instead,
    );
  }
  const days = wholeNumber(amount) * (unit === 'week' ? 7 : 1);
  if (days < 1 || days > maxWindowDays)
    throw new Misread(amount, `A window has from 1 to ${maxWindowDays} days.`);
  return days;
}

/** @throws Misread for what is not a count */
export function wholeNumber(literal: Literal): number {
  if (literal.kind !== 'number' || !Number.isSafeInteger(literal.number) || literal.number < 0)
    throw new Misread(literal, 'A whole number, 0 or more, must stand here.');
  return literal.number;
}

/**
 * A comparison of texts.
 * @param written what is compared, for the words of an error
 * @param meaning what a text stands for, where it must be a certain one
 * @throws Misread
 */
export function textTestOf(
  test: TestSyntax,
  written: string,
  meaning: (text: string, at: Span) => string = (text) => text,
): TextTest {
  const read = (literal: Literal) => meaning(textOf(literal), literal);
  if (test.kind === 'compare') {
    if (test.operator !== '=' && test.operator !== '!=')
      throw new Misread(
        test,
        `${written} is a text, and no text is more than another: use =, !=, in or like.`,
      );
    return { kind: test.operator, value: read(test.value) };
  }
  if (test.values.length > maxValues)
    throw new Misread(test, `There are ${test.values.length} values here; ${maxValues} is the most.`);
  if (test.kind === 'in') return { kind: test.isNot ? 'not in' : 'in', values: test.values.map(read) };
  const [pattern] = test.values.map(textOf);
  boundPattern(pattern ?? '', test);
  return { kind: test.isNot ? 'not like' : 'like', pattern: pattern ?? '' };
}

function textOf(literal: Literal): string {
  if (literal.kind === 'number' && literal.unit !== null)
    throw new Misread(literal, 'A text must stand here, in quotes.');
  const text = literal.kind === 'number' ? String(literal.number) : literal.text.trim();
  if (text === '') throw new Misread(literal, 'There is nothing between these quotes.');
  return text;
}
