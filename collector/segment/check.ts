/** From what was typed to what it means: names, types, units and bounds. */
import { eventWord } from '../event-word.ts';
import { listName } from '../list-name.ts';
import { bandOf } from './band.ts';
import { maxConditions } from './bounds.ts';
import { checkCount } from './check-count.ts';
import { dayOf, operatorWords, textTestOf, windowOf } from './check-value.ts';
import { countryCode } from './country.ts';
import type { Names } from './names.ts';
import { nearest } from './nearest.ts';
import { Misread, type Problem } from './problem.ts';
import { type Resolved, resolve } from './resolve.ts';
import type { ConditionSyntax, LimitSyntax, Span, Syntax } from './syntax.ts';
import type { TermName } from './terms.ts';
import type { Condition, DayTerm, MixedTerm, Segment, TextTerm, VisitTerm } from './tree.ts';

/** A segment, and what may not be as its writer thinks: names that nothing has had so far. */
export interface Checked {
  segment: Segment;
  notes: Problem[];
}

/** Terms that make no sense at some place, with the reason. */
export type Refused = Readonly<Partial<Record<TermName, string>>>;

/**
 * @param names what exists in the data: a bare name is an event or a trait of these
 * @param refused terms that cannot be asked where this stands
 * @throws Misread for the first thing that makes no sense
 */
export function check(syntax: Syntax, names: Names, refused: Refused = {}): Checked {
  const notes: Problem[] = [];
  let conditions = 0;

  function segmentOf(part: Syntax): Segment {
    switch (part.kind) {
      case 'any':
      case 'all':
        return joined(part.kind, part.parts.map(segmentOf));
      case 'not': {
        const inner = segmentOf(part.part);
        return inner.kind === 'not' ? inner.part : { kind: 'not', part: inner };
      }
      case 'listed':
        count(part);
        return listed(part);
      case 'condition':
        count(part);
        return conditionOf(part);
    }
  }

  function count(part: Span): void {
    conditions += 1;
    if (conditions > maxConditions)
      throw new Misread(part, `This is condition ${conditions}; ${maxConditions} is the most.`);
  }

  function listed(part: Extract<Syntax, { kind: 'listed' }>): Condition {
    const value = listName(part.name);
    if (value === '') throw new Misread(part, 'Which list? Write for instance in list("Target accounts").');
    notes.push(...unknownList(part, value, names));
    return { kind: 'text', term: 'list', test: { kind: '=', value } };
  }

  function conditionOf(condition: ConditionSyntax): Condition {
    const resolved = resolve(condition.term, names);
    const reason = refused[resolved.name];
    if (reason !== undefined)
      throw new Misread(condition.term, `“${resolved.name}” cannot be asked here: ${reason}.`);
    const checked = checks[resolved.term.kind](condition, resolved);
    notes.push(...unseen(condition, checked, names));
    return checked;
  }

  return { segment: segmentOf(syntax), notes };
}

/** Brackets that change nothing are left out, so that the same meaning has the same tree. */
function joined(kind: 'any' | 'all', parts: readonly Segment[]): Segment {
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}

const checks: {
  [Kind in Resolved['term']['kind']]: (condition: ConditionSyntax, resolved: Resolved) => Condition;
} = {
  count: checkCount,
  text({ term, test, limits }, { name }) {
    noLimits(limits, name);
    if (test === null) throw missingTest(term, name, `${name} = "…"`);
    return {
      kind: 'text',
      term: name as TextTerm,
      test: textTestOf(test, name, Object.hasOwn(meanings, name) ? meanings[name] : undefined),
    };
  },
  visit({ term, test, limits }, { name }) {
    if (test === null) throw missingTest(term, name, `${name} = "…"`);
    return { kind: 'visit', term: name as VisitTerm, test: textTestOf(test, name), ...windowOf(limits) };
  },
  mixed({ term, test, limits }, { name, argument }) {
    const written = argument === '' ? name : `${name}.${argument}`;
    noLimits(limits, written);
    // A tag that is only named is one that the account has.
    if (name === 'tag' && argument !== '' && test === null)
      return { kind: 'mixed', term: 'tag', name: '', test: { kind: '=', value: argument } };
    if (test === null) throw missingTest(term, written, `${written} like "*"`);
    const base = { kind: 'mixed', term: name as MixedTerm, name: argument } as const;
    if (test.kind === 'compare' && test.value.kind === 'number') {
      const { operator, value } = test;
      if (value.unit !== null) throw new Misread(value, `${written} has no unit: write the number alone.`);
      // Plus nothing: minus nothing is nothing too.
      return { ...base, test: { kind: 'number', operator, number: value.number + 0 } };
    }
    return { ...base, test: textTestOf(test, written, name === 'score' ? bandOf : undefined) };
  },
  day({ term, test, limits }, { name }) {
    const { window, by } = windowOf(limits);
    const base = { kind: 'day', term: name as DayTerm } as const;
    if (by !== null) throw new Misread(lastOf(limits), `“by … people” says nothing of ${name}.`);
    if (window !== null && test !== null)
      throw new Misread(lastOf(limits), `${name} is compared already: leave one of the two out.`);
    if (window !== null)
      return window.kind === 'before' || window.kind === 'after'
        ? { ...base, test: { kind: 'day', operator: window.kind === 'before' ? '<' : '>', day: window.day } }
        : { ...base, test: window };
    if (test === null) throw missingTest(term, name, `${name} within 7 days`);
    if (test.kind !== 'compare' || test.value.kind !== 'date')
      throw new Misread(test, `${name} is a day: write ${name} within 7 days, or ${name} >= 2026-01-31.`);
    return { ...base, test: { kind: 'day', operator: test.operator, day: dayOf(test.value) } };
  },
};

/** What a text stands for, where it is not itself. */
const meanings: Readonly<Record<string, (text: string, at: Span) => string>> = {
  country: countryCode,
  list: (text) => listName(text),
};

const lastOf = (limits: readonly LimitSyntax[]) => limits.at(-1) ?? { offset: 0, length: 0 };

function missingTest(term: ConditionSyntax['term'], written: string, example: string): Misread {
  return new Misread(term, `What about ${written}? Write for instance ${example}.`);
}

function noLimits([limit]: readonly LimitSyntax[], written: string): void {
  if (limit === undefined) return;
  throw new Misread(limit, `${written} is as it is now: ${operatorWords[limit.kind]} says nothing of it.`);
}

/** What is well said but of which nothing is known: it may still come, or is spelt otherwise. */
function unseen({ term }: ConditionSyntax, checked: Condition, names: Names): Problem[] {
  const [known, what] =
    checked.kind === 'count' && checked.term === 'event'
      ? [names.events, 'event']
      : checked.kind === 'count' && checked.term === 'form'
        ? [names.forms, 'form']
        : checked.kind === 'mixed' && checked.term === 'trait'
          ? [names.traits, 'trait']
          : [null, ''];
  if (known === null || !('name' in checked)) return [];
  const word = eventWord(checked.name);
  const words = known.map(eventWord);
  if (words.includes(word)) return [];
  const like = nearest(word, words);
  const meant = like === null ? null : (known[words.indexOf(like)] ?? null);
  const { offset, length } = term.argument ?? term;
  const says = `No ${what} called “${checked.name}” has been seen so far.${meant === null ? '' : ` Did you mean “${meant}”?`}`;
  return [{ offset, length, says, meant }];
}

/** A list of which no file has come may still come, or is spelt otherwise. */
function unknownList({ offset, length }: Span, value: string, { lists }: Names): Problem[] {
  const words = (lists ?? [value]).map((one) => one.toLowerCase());
  if (words.includes(value.toLowerCase())) return [];
  const like = nearest(value.toLowerCase(), words);
  const meant = like === null ? null : (lists?.[words.indexOf(like)] ?? null);
  const says = `No file of companies called “${value}” has been imported so far.${meant === null ? '' : ` Did you mean “${meant}”?`}`;
  return [{ offset, length, says, meant: meant === null ? null : `in list("${meant}")` }];
}
