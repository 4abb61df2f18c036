/** Comparisons of a segment as conditions of SQL. What was typed is always a parameter, never part of the statement. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Operator } from '../../segment/syntax.ts';
import type { By, Condition, NumberTest, TextTest, Window } from '../../segment/tree.ts';
import { dayMs, dayNumber } from '../../time.ts';

export type Sql = RawBuilder<unknown>;
export type SqlTest = RawBuilder<SqlBool>;

const operators: { [Sign in Operator]: Sql } = {
  '=': sql.raw('='),
  '!=': sql.raw('<>'),
  '>': sql.raw('>'),
  '>=': sql.raw('>='),
  '<': sql.raw('<'),
  '<=': sql.raw('<='),
};

export const compared = (value: Sql, operator: Operator, number: number): SqlTest =>
  sql<SqlBool>`${value} ${operators[operator]} ${number}`;

/** `!=` and `not …` are the opposite of the test without the not: true also where nothing is known. */
export function isNegative(test: TextTest | NumberTest): boolean {
  return test.kind === 'number' ? test.operator === '!=' : ['!=', 'not in', 'not like'].includes(test.kind);
}

/** The test without its not. */
export function positive(
  value: Sql,
  test: TextTest | NumberTest,
  number: Sql = sql`as_number(${value})`,
): SqlTest {
  switch (test.kind) {
    case 'number':
      return compared(number, test.operator === '!=' ? '=' : test.operator, test.number);
    case '=':
    case '!=':
      return sql<SqlBool>`folded(${value}) = ${test.value.toLowerCase()}`;
    case 'in':
    case 'not in':
      return sql<SqlBool>`folded(${value}) in (${sql.join(test.values.map((one) => one.toLowerCase()))})`;
    case 'like':
    case 'not like':
      return sql<SqlBool>`folded(${value}) like ${pattern(test.pattern)} escape '\\'`;
  }
}

/** `*` stands for anything; SQL's own signs stand for themselves. */
export function pattern(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[\\%_]/g, (sign) => `\\${sign}`)
    .replace(/\*/g, '%');
}

/** First and last day of a window; null: no end. */
export function daysOf(window: Window | null, now: number): { first: number | null; last: number | null } {
  if (window === null) return { first: null, last: null };
  const today = dayNumber(now);
  switch (window.kind) {
    case 'within':
      return { first: today - window.days + 1, last: today };
    case 'before':
      return { first: null, last: window.day - 1 };
    case 'after':
      return { first: window.day + 1, last: null };
    default:
      return { first: window.from, last: window.to };
  }
}

/** `and day …` for a column of days. */
export function inDays(column: Sql, window: Window | null, now: number): Sql {
  const { first, last } = daysOf(window, now);
  return sql`${first === null ? sql`` : sql`and ${column} >= ${first}`} ${last === null ? sql`` : sql`and ${column} <= ${last}`}`;
}

/** `and started_at …` for a column of moments. */
export function inTime(column: Sql, window: Window | null, now: number): Sql {
  const { first, last } = daysOf(window, now);
  return sql`${first === null ? sql`` : sql`and ${column} >= ${first * dayMs}`} ${
    last === null ? sql`` : sql`and ${column} < ${(last + 1) * dayMs}`
  }`;
}

/** `and people …`, if they are asked for. */
export const byPeople = (by: By | null, people: Sql): Sql =>
  by === null ? sql`` : sql`and ${compared(people, by.operator, by.people)}`;

/** What is asked around one condition. */
export interface Around {
  now: number;
  /** Which accounts were merged into which, over any number of steps. */
  merged: readonly (readonly [from: number, into: number])[];
  /** One account alone; null: all. */
  only: number | null;
}

/** `and account_id = …`, if one account alone is asked for. */
export const onlyOf = (column: Sql, { only }: Around): Sql =>
  only === null ? sql`` : sql`and ${column} = ${only}`;

/** A condition of one kind. */
export type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>;
