/** Segments of all kinds, about what is in a small world and what is not. */
import fc from 'fast-check';
import type { Operator } from '../../collector/segment/syntax.ts';
import type { Condition, Segment, TextTest, Window } from '../../collector/segment/tree.ts';
import { dayNumber } from '../../collector/time.ts';
import { days, start } from './small-world.ts';

const operator = fc.constantFrom<Operator>('=', '!=', '>', '>=', '<', '<=');
const few = fc.integer({ min: 0, max: 5 });
const aDay = fc.integer({ min: dayNumber(start), max: dayNumber(start) + days });
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ kind: fc.constant('within' as const), days: fc.integer({ min: 1, max: days }) }),
  fc.record({ kind: fc.constantFrom('before' as const, 'after' as const), day: aDay }),
  fc
    .tuple(aDay, aDay)
    .map(([a, b]) => ({ kind: 'between' as const, from: Math.min(a, b), to: Math.max(a, b) })),
);
const by = fc.record({ operator, people: fc.integer({ min: 0, max: 3 }) });
const testOf = (...values: string[]): fc.Arbitrary<TextTest> =>
  fc.oneof(
    fc.record({ kind: fc.constantFrom('=' as const, '!=' as const), value: fc.constantFrom(...values) }),
    fc.record({
      kind: fc.constantFrom('in' as const, 'not in' as const),
      values: fc.subarray(values, { minLength: 1 }),
    }),
    fc.record({
      kind: fc.constantFrom('like' as const, 'not like' as const),
      pattern: fc.constantFrom(
        ...values.map((value) => `${value.slice(0, 3)}*`),
        '*',
        `*${values[0]?.slice(-2)}`,
      ),
    }),
  );
const counting = (term: Extract<Condition, { kind: 'count' }>['term'], ...names: string[]) =>
  fc.record({
    kind: fc.constant('count' as const),
    term: fc.constant(term),
    name: fc.constantFrom(...names),
    operator,
    number: term === 'engaged' ? fc.constantFrom(0, 30, 60) : few,
    window: fc.option(window),
    by: term === 'people' ? fc.constant(null) : fc.option(by, { freq: 2 }),
  });
const numeric = fc.record({
  kind: fc.constant('number' as const),
  operator,
  number: fc.constantFrom(7, 12, 40, 51, 1001),
});

const condition: fc.Arbitrary<Condition> = fc.oneof(
  counting('viewed', '/pricing*', '/PRICING', '*', '/docs', '/none', '/100%_*', '/___ing'),
  counting('event', 'projects_created', 'login', 'nothing'),
  counting('form', 'contact', 'contact-us'),
  counting('visits', ''),
  counting('people', '', 'decision-maker', 'champion'),
  counting('engaged', ''),
  ...(
    [
      ['source', '(direct)', 'google', 'NEWSLETTER'],
      ['campaign', 'spring', 'spring_2'],
      ['channel', 'direct', 'email'],
    ] as const
  ).map(([term, ...values]) =>
    fc.record({
      kind: fc.constant('visit' as const),
      term: fc.constant(term),
      test: testOf(...values),
      window: fc.option(window),
      by: fc.option(by),
    }),
  ),
  ...(
    [
      ['name', 'acme', 'ØRSTED åkerblom'],
      ['domain', 'acme.example', 'delta.example'],
      ['country', 'DE', 'at', 'SE'],
      ['industry', 'energy', 'öl & GAS', 'Steel'],
      ['owner', 'KIM@example.com'],
    ] as const
  ).map(([term, ...values]) =>
    fc.record({ kind: fc.constant('text' as const), term: fc.constant(term), test: testOf(...values) }),
  ),
  fc.record({
    kind: fc.constant('mixed' as const),
    term: fc.constant('size' as const),
    name: fc.constant(''),
    test: fc.oneof(numeric, testOf('51-200', 'unknown')),
  }),
  fc.record({
    kind: fc.constant('mixed' as const),
    term: fc.constant('trait' as const),
    name: fc.constantFrom('plan', 'seats_used', 'jobTitle', 'none'),
    test: fc.oneof(numeric, testOf('pro', 'CFO', '12')),
  }),
  fc.record({
    kind: fc.constant('day' as const),
    term: fc.constantFrom('first_seen' as const, 'last_seen' as const),
    test: fc.oneof(
      fc.record({ kind: fc.constant('day' as const), operator, day: aDay }),
      window.filter((one) => one.kind === 'within' || one.kind === 'between') as fc.Arbitrary<
        Extract<Window, { kind: 'within' | 'between' }>
      >,
    ),
  }),
);

export const segment: fc.Arbitrary<Segment> = fc.letrec<{ segment: Segment }>((tie) => ({
  segment: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    condition,
    fc.record({
      kind: fc.constantFrom('any' as const, 'all' as const),
      parts: fc.array(tie('segment'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), part: tie('segment') }),
  ),
})).segment;
