/** What an account has of a condition, in words. */
import type { Condition } from '../collector/segment/tree.ts';
import type { ConditionFound } from '../collector/store/segments.ts';
import { counted, date, duration } from './words.ts';

/** @example foundWords(people, { found: 3, … }) // '3 people' */
export function foundWords(condition: Condition, { found }: ConditionFound): string {
  switch (condition.kind) {
    case 'count':
      return countWords(condition, Number(found ?? 0));
    case 'visit':
      return `${counted(Number(found ?? 0), 'visit')} with such a ${condition.term}`;
    case 'day':
      return `${condition.term === 'first_seen' ? 'first' : 'last'} seen on ${date(Number(found ?? 0))}`;
    default: {
      const name = condition.kind === 'mixed' && condition.name !== '' ? condition.name : condition.term;
      return `${name}: ${found ?? 'not known'}`;
    }
  }
}

function countWords({ term, name }: Extract<Condition, { kind: 'count' }>, count: number): string {
  switch (term) {
    case 'people':
      return name === '' ? counted(count, 'person', 'people') : counted(count, name);
    case 'visits':
      return counted(count, 'visit');
    case 'engaged':
      return `${duration(count * 1_000)} on pages`;
    case 'viewed':
      return `${counted(count, 'view')} of ${name}`;
    case 'event':
    case 'form':
      return `${name}: ${counted(count, 'time')}`;
  }
}
