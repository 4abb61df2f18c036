/**
 * What of a segment is done on days, and how often: what points for each time are given for, and whose age lets points
 * fade. Pure.
 */
import type { Operator } from './syntax.ts';
import type { Condition, CountCondition, Segment } from './tree.ts';

/** A condition whose times and days are known. */
export type Counted = CountCondition | Extract<Condition, { kind: 'visit' }>;

/** Whether nothing at all fits: then accounts without a row belong, and those with one must be told apart from them. */
export function fitsNone(operator: Operator, number: number): boolean {
  switch (operator) {
    case '=':
      return number === 0;
    case '!=':
      return number !== 0;
    case '>':
      return false;
    case '>=':
      return number === 0;
    case '<':
      return number > 0;
    case '<=':
      return true;
  }
}

/**
 * The first condition that must be met by doing something. People are not among what is done: one who comes on two days
 * is one. Nor is what is met by doing nothing, or by one of several things.
 * @returns null where there is none
 */
export function countedOf(segment: Segment): Counted | null {
  const parts = segment.kind === 'all' ? segment.parts : [segment];
  for (const part of parts) {
    if (part.kind === 'count' && part.term !== 'people' && !fitsNone(part.operator, part.number)) return part;
    if (part.kind === 'visit' && ['=', 'in', 'like'].includes(part.test.kind)) return part;
  }
  return null;
}
