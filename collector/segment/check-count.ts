/** Conditions about what can be counted. */
import { wholeNumber, windowOf } from './check-value.ts';
import { Misread } from './problem.ts';
import type { Resolved } from './resolve.ts';
import type { ConditionSyntax, Literal } from './syntax.ts';
import type { CountCondition, CountTerm } from './tree.ts';

const secondsIn: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600 };

/** @throws Misread */
export function checkCount({ term, test, limits }: ConditionSyntax, resolved: Resolved): CountCondition {
  if (resolved.term.kind !== 'count') throw new Error(`${resolved.name} is not counted`);
  const { unit, may, example } = resolved.term;
  const { window, by } = windowOf(limits);
  const counted = { kind: 'count', term: resolved.name as CountTerm, name: resolved.argument } as const;
  const limit = limits.find(({ kind }) => kind === 'by');
  if (by !== null && limit !== undefined && !may.by)
    throw new Misread(
      limit,
      `“by … people” says nothing of ${resolved.name}: write ${resolved.name} ${by.operator} ${by.people}.`,
    );
  // What is only named must have been at least once.
  if (test === null) return { ...counted, operator: '>=', number: 1, window, by };
  if (test.kind !== 'compare' || test.value.kind !== 'number')
    throw new Misread(test, `${resolved.name} is a number: compare it with one, as in ${example}.`);
  const number = unit === 'seconds' ? seconds(test.value, resolved.name) : times(test.value, term.name);
  return { ...counted, operator: test.operator, number, window, by };
}

function times(literal: Literal, written: string): number {
  if (literal.kind === 'number' && literal.unit !== null)
    throw new Misread(
      literal,
      `${written} has no unit: write the number alone, and a window as “within 7 days”.`,
    );
  return wholeNumber(literal);
}

function seconds(literal: Literal, written: string): number {
  if (literal.kind !== 'number') return wholeNumber(literal);
  const factor = literal.unit === null ? undefined : secondsIn[literal.unit];
  if (factor === undefined) {
    const meant = `${literal.number} minutes`;
    throw new Misread(
      literal,
      `${written} is a time in seconds, minutes or hours. Did you mean ${meant}?`,
      meant,
    );
  }
  return wholeNumber({ ...literal, number: Math.round(literal.number * factor) });
}
