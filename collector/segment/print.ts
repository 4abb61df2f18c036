/** From a segment back to text: always the same words for the same meaning, and read back it is the same segment. */
import { daysWords, isoDayOf } from './check-value.ts';
import type { By, Condition, CountCondition, NumberTest, Segment, TextTest, Window } from './tree.ts';

/** @returns text that reads as this segment */
export function print(segment: Segment): string {
  switch (segment.kind) {
    case 'any':
      return segment.parts.map(print).join(' or ');
    case 'all':
      return segment.parts.map((part) => inBrackets(part, part.kind === 'any')).join(' and ');
    case 'not':
      return `not ${inBrackets(segment.part, segment.part.kind === 'any' || segment.part.kind === 'all')}`;
    default:
      return printCondition(segment);
  }
}

const inBrackets = (segment: Segment, needed: boolean) => (needed ? `(${print(segment)})` : print(segment));

/** One condition, as it is written. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'count':
      return printed(
        countTermOf(condition),
        countTestOf(condition),
        windowOf(condition.window),
        byOf(condition.by),
      );
    case 'text':
      if (condition.term === 'list' && condition.test.kind === '=')
        return `in list(${quoted(condition.test.value)})`;
      return printed(condition.term, testOf(condition.test));
    case 'visit':
      return printed(condition.term, testOf(condition.test), windowOf(condition.window), byOf(condition.by));
    case 'mixed':
      return printed(mixedTermOf(condition.term, condition.name), testOf(condition.test));
    case 'day':
      return printed(
        condition.term,
        condition.test.kind === 'day'
          ? `${condition.test.operator} ${isoDayOf(condition.test.day)}`
          : windowOf(condition.test),
      );
  }
}

const printed = (...parts: string[]) => parts.filter((part) => part !== '').join(' ');

/** A text in quotes. */
export const quoted = (text: string) => `"${text.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;

function countTermOf({ term, name }: CountCondition): string {
  return name === '' ? term : `${term}(${quoted(name)})`;
}

function mixedTermOf(term: string, name: string): string {
  if (name === '') return term;
  // In quotes any name may stand behind the dot; without, only what reads as a name.
  return /^[a-z][a-z0-9_]*$/i.test(name) && !keywords.test(name)
    ? `${term}.${name}`
    : `${term}.${quoted(name)}`;
}

const keywords = /^(and|or|not|in|like|within|before|after|between|by)$/i;

function countTestOf({ term, name, operator, number }: CountCondition): string {
  if (term === 'engaged')
    return number % 60 === 0 ? `${operator} ${number / 60} minutes` : `${operator} ${number} seconds`;
  return name !== '' && operator === '>=' && number === 1 ? '' : `${operator} ${number}`;
}

function testOf(test: TextTest | NumberTest): string {
  switch (test.kind) {
    case 'number':
      return `${test.operator} ${plain(test.number)}`;
    case '=':
    case '!=':
      return `${test.kind} ${quoted(test.value)}`;
    case 'in':
    case 'not in':
      return `${test.kind} (${test.values.map(quoted).join(', ')})`;
    case 'like':
    case 'not like':
      return `${test.kind} ${quoted(test.pattern)}`;
  }
}

/** The grammar knows no exponents. */
const plain = (number: number) =>
  /e/.test(String(number)) ? number.toFixed(20).replace(/\.?0+$/, '') : String(number);

function windowOf(window: Window | null): string {
  if (window === null) return '';
  switch (window.kind) {
    case 'within':
      return `within ${daysWords(window.days)}`;
    case 'between':
      return `between ${isoDayOf(window.from)} and ${isoDayOf(window.to)}`;
    default:
      return `${window.kind} ${isoDayOf(window.day)}`;
  }
}

const byOf = (by: By | null) => (by === null ? '' : `by ${by.operator} ${by.people} people`);
