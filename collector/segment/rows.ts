/** Segments as rows of a form, both ways: those that are conditions joined by one word. */
import { isoDayOf } from './check-value.ts';
import { print, quoted } from './print.ts';
import { needsArgument, type TermName, termNames, terms } from './terms.ts';
import type { Condition, CountCondition, Segment, TextTest, Window } from './tree.ts';

export const rowOperators = [
  '>=',
  '>',
  '=',
  '!=',
  '<=',
  '<',
  'in',
  'not in',
  'like',
  'not like',
  'within',
] as const;
export type RowOperator = (typeof rowOperators)[number];

/** One line of the form, as it was filled in. */
export interface Row {
  /** A term's name; of anything else, nothing. */
  term: string;
  /** Path, event, form or trait; empty for what has none. */
  name: string;
  operator: string;
  /** A number, a text, several texts with commas, or a day. Of `engaged`, minutes. */
  value: string;
  /** `within` so many days; empty: ever. */
  days: string;
  /** `by >=` so many people; empty: however many. */
  people: string;
}

export interface Rows {
  join: 'and' | 'or';
  rows: Row[];
}

export const emptyRow: Row = { term: '', name: '', operator: '>=', value: '', days: '', people: '' };

/** Rows that a form has at most. */
export const maxRows = 20;

/** @returns null for what only the text can say: brackets, `not`, other windows */
export function rowsOf(segment: Segment): Rows | null {
  const join = segment.kind === 'any' ? 'or' : 'and';
  const parts = segment.kind === 'any' || segment.kind === 'all' ? segment.parts : [segment];
  if (parts.length > maxRows) return null;
  const rows: Row[] = [];
  for (const part of parts) {
    const row = rowOfPart(part);
    if (row === null) return null;
    rows.push(row);
  }
  return { join, rows };
}

function rowOfPart(part: Segment): Row | null {
  switch (part.kind) {
    case 'any':
    case 'all':
    case 'not':
      return null;
    default:
      return rowOf(part);
  }
}

function rowOf(condition: Condition): Row | null {
  switch (condition.kind) {
    case 'count':
      return withLimits(condition, { ...countRow(condition), term: condition.term, name: condition.name });
    case 'visit':
      return withLimits(condition, textRow(condition.term, '', condition.test));
    case 'text':
      return textRow(condition.term, '', condition.test);
    case 'mixed': {
      const { term, name, test } = condition;
      // Only a trait's row has a field for its name.
      if (name !== '' && term !== 'trait') return null;
      if (test.kind !== 'number') return isNumber(test) ? null : textRow(term, name, test);
      const value = String(test.number);
      return /e/.test(value) ? null : { ...emptyRow, term, name, operator: test.operator, value };
    }
    case 'day': {
      const { term, test } = condition;
      if (test.kind === 'day')
        return { ...emptyRow, term, operator: test.operator, value: isoDayOf(test.day) };
      return test.kind === 'within'
        ? { ...emptyRow, term, operator: 'within', value: String(test.days) }
        : null;
    }
  }
}

/** A text that looks like a number would be read as one. */
const isNumber = (test: TextTest) =>
  (test.kind === '=' || test.kind === '!=') && /^-?\d+(\.\d+)?$/.test(test.value);

function countRow({ term, operator, number }: CountCondition): Row {
  return { ...emptyRow, operator, value: String(term === 'engaged' ? number / 60 : number) };
}

function withLimits(
  { window, by }: { window: Window | null; by: CountCondition['by'] },
  row: Row | null,
): Row | null {
  if (row === null || (window !== null && window.kind !== 'within') || (by !== null && by.operator !== '>='))
    return null;
  // Seconds have no place in a field for minutes.
  if (row.term === 'engaged' && !/^\d+$/.test(row.value)) return null;
  return {
    ...row,
    days: window === null ? '' : String(window.days),
    people: by === null ? '' : String(by.people),
  };
}

function textRow(term: string, name: string, test: TextTest): Row | null {
  const row = { ...emptyRow, term, name, operator: test.kind };
  if ('values' in test) {
    // A comma in a text would make two of it.
    const isPlain = test.values.every((value) => !value.includes(','));
    return isPlain ? { ...row, value: test.values.join(', ') } : null;
  }
  return { ...row, value: 'value' in test ? test.value : test.pattern };
}

/** A row with everything that its term needs. */
function isComplete({ term: typed, name, value }: Row): boolean {
  const known = termNames.find((one) => one === typed);
  const term = known === undefined ? undefined : terms[known];
  const needsName =
    (term?.kind === 'count' && needsArgument(term.argument)) || (term?.kind === 'mixed' && term.hasMember);
  return typed !== '' && value.trim() !== '' && (!needsName || name.trim() !== '');
}

/** The text that rows stand for; what is filled in wrongly shows when it is read. Rows that are not done are left out. */
export function textOfRows({ join, rows }: Rows): string {
  return rows.filter(isComplete).map(textOfRow).join(` ${join} `);
}

function textOfRow({ term: typed, name, operator, value, days, people }: Row): string {
  const known = termNames.find((one) => one === typed);
  const subject = known === undefined ? typed : subjectOf(known, name);
  const window = days.trim() === '' ? '' : ` within ${days.trim()} ${days.trim() === '1' ? 'day' : 'days'}`;
  const by = people.trim() === '' ? '' : ` by >= ${people.trim()} people`;
  return `${subject} ${testOf(known, operator, value.trim())}${window}${by}`;
}

function subjectOf(name: TermName, argument: string): string {
  const term = terms[name];
  if (term.kind === 'count')
    return needsArgument(term.argument) || (term.argument === 'role' && argument.trim() !== '')
      ? `${name}(${quoted(argument.trim())})`
      : name;
  if (term.kind !== 'mixed' || !term.hasMember) return name;
  return print({
    kind: 'mixed',
    term: 'trait',
    name: argument.trim(),
    test: { kind: 'number', operator: '=', number: 0 },
  }).replace(/ = 0$/, '');
}

function testOf(name: TermName | undefined, operator: string, value: string): string {
  const kind = name === undefined ? 'text' : terms[name].kind;
  if (operator === 'within') return `within ${value} ${value === '1' ? 'day' : 'days'}`;
  if (operator === 'in' || operator === 'not in')
    return `${operator} (${value
      .split(',')
      .map((one) => quoted(one.trim()))
      .join(', ')})`;
  const isPlain =
    kind === 'count' ||
    kind === 'day' ||
    (kind === 'mixed' && /^-?\d+(\.\d+)?$/.test(value) && !/like/.test(operator));
  if (name === 'engaged') return `${operator} ${value} minutes`;
  return `${operator} ${isPlain ? value : quoted(value)}`;
}
