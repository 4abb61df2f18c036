import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buyingRoles } from '../store/people.ts';
import { maxConditions, maxTextLength } from './bounds.ts';
import { placeAt, termChoices, written } from './complete.ts';
import { readSegment } from './index.ts';
import { type Names, noNames } from './names.ts';
import { print } from './print.ts';
import { rowsOf, textOfRows } from './rows.ts';
import { terms } from './terms.ts';
import {
  type Condition,
  countTerms,
  dayTerms,
  type Segment,
  type TextTest,
  textTerms,
  visitTerms,
  type Window,
} from './tree.ts';

const names: Names = {
  events: ['Project Created', 'Users Invited'],
  forms: ['contact'],
  traits: ['plan', 'Seats Used'],
};

function read(text: string, known = names): Segment {
  const result = readSegment(text, known);
  if (result.problem !== null) throw new Error(`${text}: ${result.problem.says}`);
  return result.segment;
}

/** Whatever operators make of the same words. */
const operator = fc.constantFrom('=', '!=', '>', '>=', '<', '<=') as fc.Arbitrary<'=' | '>='>;
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  fc.constantFrom('Steel', 'a "quoted" one', "it's", 'back\\slash', '100 %', 'and', '“curly”', '*'),
);
const trimmed = text.map((one) => one.trim()).filter((one) => one !== '' && one.split('*').length <= 5);
const word = trimmed.filter((one) => /[\p{L}\p{N}]/u.test(one));
const day = fc.integer({ min: 0, max: 40_000 });
const whole = fc.integer({ min: 0, max: 1_000_000 });
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ kind: fc.constant('within' as const), days: fc.integer({ min: 1, max: 3_660 }) }),
  fc.record({ kind: fc.constantFrom('before' as const, 'after' as const), day }),
  fc.tuple(day, day).map(([one, other]) => ({
    kind: 'between' as const,
    from: Math.min(one, other),
    to: Math.max(one, other),
  })),
);
const by = fc.record({ operator, people: whole });
const textTest: fc.Arbitrary<TextTest> = fc.oneof(
  fc.record({ kind: fc.constantFrom('=' as const, '!=' as const), value: trimmed }),
  fc.record({
    kind: fc.constantFrom('in' as const, 'not in' as const),
    values: fc.array(trimmed, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constantFrom('like' as const, 'not like' as const), pattern: trimmed }),
);
const country: fc.Arbitrary<TextTest> = fc.record({
  kind: fc.constant('=' as const),
  value: fc.constantFrom('DE', 'AT'),
});
const nameFor = (term: (typeof countTerms)[number]): fc.Arbitrary<string> => {
  const { argument } = terms[term] as { argument: string };
  if (argument === 'none') return fc.constant('');
  if (argument === 'role') return fc.constantFrom('', ...buyingRoles);
  return argument === 'name' ? word : trimmed.map((one) => `/${one}`);
};
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(...countTerms).chain((term) =>
    fc.record({
      kind: fc.constant('count' as const),
      term: fc.constant(term),
      name: nameFor(term),
      operator,
      number: whole,
      window: fc.option(window),
      by: term === 'people' ? fc.constant(null) : fc.option(by),
    }),
  ),
  fc.constantFrom(...textTerms).chain((term) =>
    fc.record({
      kind: fc.constant('text' as const),
      term: fc.constant(term),
      test: term === 'country' ? country : textTest,
    }),
  ),
  fc.record({
    kind: fc.constant('visit' as const),
    term: fc.constantFrom(...visitTerms),
    test: textTest,
    window: fc.option(window),
    by: fc.option(by),
  }),
  fc.constantFrom('size' as const, 'trait' as const, 'tag' as const).chain((term) =>
    fc.record({
      kind: fc.constant('mixed' as const),
      term: fc.constant(term),
      name: term === 'size' ? fc.constant('') : word,
      test: fc.oneof(
        textTest,
        fc.record({
          kind: fc.constant('number' as const),
          operator,
          number: fc.integer({ min: -100_000, max: 100_000 }).map((one) => one / 8 + 0),
        }),
      ),
    }),
  ),
  fc.record({
    kind: fc.constant('day' as const),
    term: fc.constantFrom(...dayTerms),
    test: fc.oneof(
      fc.record({ kind: fc.constant('day' as const), operator, day }),
      window.filter(
        (one): one is Extract<Window, { kind: 'within' | 'between' }> =>
          one.kind === 'within' || one.kind === 'between',
      ),
    ),
  }),
);
/** Without brackets that change nothing, as they are read. */
const segment: fc.Arbitrary<Segment> = fc
  .letrec<{ segment: Segment }>((tie) => ({
    segment: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      condition,
      fc.record({
        kind: fc.constantFrom('any' as const, 'all' as const),
        parts: fc.array(tie('segment'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), part: tie('segment') }),
    ),
  }))
  .segment.map(plain);

function plain(one: Segment): Segment {
  if (one.kind === 'not') {
    const part = plain(one.part);
    return part.kind === 'not' ? part.part : { kind: 'not', part };
  }
  if (one.kind !== 'any' && one.kind !== 'all') return one;
  const parts = one.parts.map(plain).flatMap((part) => (part.kind === one.kind ? part.parts : [part]));
  return { kind: one.kind, parts };
}

describe('a segment', () => {
  test('that is printed reads as itself', () => {
    fc.assert(
      fc.property(segment, (tree) => {
        const printed = print(tree);
        fc.pre(printed.length <= maxTextLength);
        expect(read(printed, noNames)).toEqual(tree);
      }),
      { numRuns: 200 },
    );
  });

  test('that fits into rows is the same when it comes back from them', () => {
    let fitting = 0;
    fc.assert(
      fc.property(segment, (tree) => {
        const rows = rowsOf(tree);
        if (rows === null) return;
        fitting += 1;
        expect(read(textOfRows(rows), noNames)).toEqual(tree);
      }),
      { numRuns: 400 },
    );
    expect(fitting).toBeGreaterThan(20);
    expect(rowsOf(read('visits > 1 and (people > 2 or country = DE)'))).toBeNull();
    expect(rowsOf(read('not visits > 1'))).toBeNull();
    expect(rowsOf(read('visits > 1 before 2026-01-31'))).toBeNull();
  });

  test('is completed with names where names belong', () => {
    const at = (text: string) => {
      const place = placeAt(text, text.length);
      return place === null ? null : [place.kind, place.prefix, place.from];
    };
    expect(at('')).toEqual(['start', '', 0]);
    expect(at('vis')).toEqual(['start', 'vis', 0]);
    expect(at('visits > 2 and eng')).toEqual(['start', 'eng', 15]);
    expect(at('viewed("/pri')).toEqual(['page', '/pri', 7]);
    expect(at('not (event("Project C')).toEqual(['event', 'Project C', 11]);
    expect(at('source = "goo')).toEqual(['source', 'goo', 9]);
    expect(at('industry in ("Steel", "En')).toEqual(['industry', 'En', 22]);
    expect(at('country = D')).toEqual(['country', 'D', 10]);
    expect(at('trait.pl')).toEqual(['trait', 'pl', 6]);
    expect(at('visits > 2 and people("cha')).toEqual(['role', 'cha', 22]);
    for (const nothing of [
      'visits',
      'visits >= 2',
      'visits >= 2 with',
      'name = "a',
      'visits >= 2 within 7 d',
    ])
      expect(nothing === 'visits' ? null : at(nothing), nothing).toBeNull();
    // The quote that is there already is replaced, and not doubled.
    expect(placeAt('viewed("/pri") > 2', 12)).toEqual({ from: 7, to: 13, prefix: '/pri', kind: 'page' });
    expect(termChoices('vi').map(({ insert }) => insert)).toEqual(['viewed("', 'visits ']);
    expect(written('page', '/a"b')).toBe('"/a\\"b"');
    expect(written('trait', 'plan')).toBe('plan');
    expect(written('start', 'Project Created')).toBe('event("Project Created")');
  });

  test('asks for tags, for the parts of a tag, and for companies of a file', () => {
    const tag = (name: string, value: string) => ({
      kind: 'mixed',
      term: 'tag',
      name,
      test: { kind: '=', value },
    });
    expect(read('tag = "key account"')).toEqual(tag('', 'key account'));
    expect(read('tag.enterprise')).toEqual(tag('', 'enterprise'));
    expect(read('tag.persona = "CFO"')).toEqual(tag('persona', 'CFO'));
    expect(print(read('tags in (a, b) and tag.vip'))).toBe('tag in ("a", "b") and tag = "vip"');
    const list = { kind: 'text', term: 'list', test: { kind: '=', value: 'Target accounts' } };
    expect(read('in list("Target accounts.csv")')).toEqual(list);
    expect(read('list = "Target accounts.csv.gz"')).toEqual(list);
    expect(print(read('not in list("Target accounts")'))).toBe('not in list("Target accounts")');
    const known = { ...names, lists: ['Target accounts'] };
    expect(readSegment('in list("target accounts")', known)).toMatchObject({ problem: null, notes: [] });
    expect(readSegment('visits > 1 and in list("Target acounts")', known)).toMatchObject({
      problem: null,
      notes: [{ offset: 15, length: 25, meant: 'in list("Target accounts")' }],
    });
  });

  test('takes another word for a term, unless an event or a trait has that name', () => {
    expect(read('employees > 200')).toEqual(read('size > 200'));
    expect(read('title like "*finance*"')).toEqual(read('trait.title like "*finance*"'));
    expect(read('sector = "Steel"')).toEqual(read('industry = "Steel"'));
    const told = { ...names, traits: ['Employees'] };
    expect(read('employees > 200', told)).toMatchObject({ term: 'trait', name: 'employees' });
  });

  test('asks for people of a buying role, however that is written', () => {
    const asked = read('people("decision-maker") >= 1 within 30 days');
    expect(asked).toMatchObject({ kind: 'count', term: 'people', name: 'decision-maker', number: 1 });
    for (const same of ['people("Decision maker") within 30 days', 'people(decision_maker) within 30 days'])
      expect(read(same)).toEqual(asked);
    expect(print(asked)).toBe('people("decision-maker") within 30 days');
    expect(read('people > 1')).toMatchObject({ name: '' });
  });

  test('is read or refused with a place in the text, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...[
        'visits',
        'viewed',
        '(',
        ')',
        '"/x*"',
        '"',
        '>',
        '>=',
        '2',
        'within',
        '7',
        'days',
        'and',
        'or',
        'not',
      ],
      ...[
        'in',
        'list',
        'like',
        'trait',
        '.',
        'plan',
        ',',
        '2026-01-31',
        'by',
        'people',
        '&&',
        'ü',
        '💡',
        '-',
        '\n',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 14 }).map((all) => all.join(' ')),
          fc.string({ unit: 'binary' }),
        ),
        (typed) => {
          const result = readSegment(typed, names);
          if (result.problem === null) return;
          const { offset, length, says } = result.problem;
          expect(says).not.toBe('');
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset + length).toBeLessThanOrEqual(typed.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('may be written as people write', () => {
    const one = 'viewed("/pricing*") >= 2 within 7 days by >= 2 people and not country = "DE"';
    for (const same of [
      'VIEWED("/pricing*")>=2 WITHIN 1 week BY ≥ 2 People AND NOT Country == de',
      "((viewed('/pricing*') >= 2 by >= 2 people within 7 days)) and not (country = Germany)",
      'viewed(“/pricing*”) >= 2\n  within 7 days by >= 2 people\n  and (not country = “de”)',
    ])
      expect(read(same), same).toEqual(read(one));
    expect(read('a or b and c', { ...noNames, events: ['a', 'b', 'c'] })).toEqual(
      read('a or (b and c)', { ...noNames, events: ['a', 'b', 'c'] }),
    );
  });

  test('counts an event under its bare name, however it is spelt', () => {
    expect(print(read('projects_created > 2 AND users_invited > 5'))).toBe(
      'event("projects_created") > 2 and event("users_invited") > 5',
    );
    for (const same of ['project_created', 'ProjectCreated', 'projects-created', 'PROJECTS_CREATED'])
      expect(read(`${same} > 2`), same).toMatchObject({ kind: 'count', term: 'event', number: 2 });
    expect(read('projects_created > 2 within 7 days')).toMatchObject({
      window: { kind: 'within', days: 7 },
    });
  });

  test('compares a trait under its bare name, where no event is called so', () => {
    expect(read('seats_used > 10')).toEqual(read('trait.seats_used > 10'));
    expect(read('plan = pro')).toEqual(read('trait.plan = "pro"'));
    expect(read('plan > 1', { ...names, events: ['plan'] })).toMatchObject({ kind: 'count' });
  });

  test.each(Object.entries(terms))('knows %s, as its own example says', (_name, { example }) => {
    expect(readSegment(example, names)).toMatchObject({ problem: null });
  });
});

describe('a mistake', () => {
  test.each([
    ['visit > 2', 0, 5, 'There is nothing called “visit”. Did you mean visits?'],
    ['people >= 2 and visit > 2', 16, 5, 'There is nothing called “visit”. Did you mean visits?'],
    ['users_invitd > 3', 0, 12, 'There is nothing called “users_invitd”. Did you mean users_invited?'],
    ['employes > 200', 0, 8, 'There is nothing called “employes”. Did you mean size?'],
    ['frobnicated > 1', 0, 11, 'Write event("frobnicated") for one that is still to come.'],
    ['visits > 2 nad people > 3', 11, 3, '“nad” cannot stand here. Did you mean and?'],
    ['visits > 2 && people > 3', 11, 2, '“&&” means nothing here. Did you mean and?'],
    ['visits > 2 people > 3', 11, 6, '“people” cannot stand here. Conditions are joined by and, or or.'],
    ['visits >', 8, 0, 'It ends too early: a value'],
    ['visits > 2 and', 14, 0, 'It ends too early: a condition such as visits > 2 must follow.'],
    ['(visits > 2', 11, 0, 'It ends too early: ) must follow.'],
    ['visits > 2)', 10, 1, 'This bracket was never opened.'],
    ['viewed("/pricing) > 2', 7, 1, 'This quote is opened and never closed.'],
    ['', 0, 0, 'There is nothing here yet.'],
    ['viewed("pricing")', 7, 9, 'Did you mean "/pricing"?'],
    ['viewed("https://lumen.example/pricing?x=1")', 7, 35, 'Did you mean "/pricing"?'],
    ['viewed > 2', 0, 6, 'viewed of what?'],
    ['visits("x") > 2', 7, 3, 'visits has nothing in brackets'],
    ['visits = "many"', 7, 8, 'visits is a number'],
    ['visits > 1.5', 9, 3, 'A whole number, 0 or more, must stand here.'],
    ['industry > "Steel"', 9, 9, 'no text is more than another'],
    ['industry = "Steel" within 7 days', 19, 13, '“within” says nothing of it'],
    ['country = "Germny"', 10, 8, '“Germny” is no country. Did you mean "DE"?'],
    ['engaged > 10', 10, 2, 'Did you mean 10 minutes?'],
    ['visits > 2 within 24 hours', 18, 8, 'whole days or weeks here, today included. Did you mean 1 day?'],
    ['visits > 2 within 3 months', 18, 8, 'Did you mean 90 days?'],
    ['visits > 2 within 7 dyas', 20, 4, 'Did you mean days?'],
    ['visits > 2 within 7 days within 8 days', 25, 13, 'There is one window of time already'],
    ['people > 2 by > 2 people', 11, 13, 'write people > 2'],
    ['first_seen', 0, 10, 'What about first_seen?'],
    ['last_seen before 2026-02-30', 17, 10, '“2026-02-30” is no day of the calendar.'],
    ['visits between 2026-02-01 and 2026-01-01', 7, 33, 'write the earlier one first'],
    ['stage = "customer"', 0, 5, 'accounts have no stages yet'],
    ['stage = "customer"', 0, 5, 'accounts have no stages yet'],
    ['score = "warn"', 8, 6, 'Did you mean "warm"?'],
    ['status = "mine"', 0, 6, 'Write first_seen within 30 days for new ones'],
    ['tag', 0, 3, 'What about tag?'],
    ['tag("x") = 1', 4, 3, 'tag has nothing in brackets'],
    ['visits > 1 and in list(" ")', 15, 12, 'Which list?'],
    ['people("chmpion") > 0', 7, 9, '“chmpion” is no buying role. Did you mean "champion"?'],
    ['people(procurement) > 0', 7, 11, 'Did you mean "buyer"?'],
    ['people("7") > 0', 7, 3, 'write one of decision-maker, champion'],
    ['people("user") by > 2 people', 15, 13, 'write people > 2'],
  ])('in %s is pointed at and explained', (typed, offset, length, says) => {
    const { problem } = readSegment(typed, names);
    expect(problem).toMatchObject({ offset, length });
    expect(problem?.says).toContain(says);
  });

  test('in a name that may still come is a note, and no reason to refuse', () => {
    const result = readSegment('event("Project Creatd") > 2 or trait.region = "x"', names);
    expect(result).toMatchObject({
      problem: null,
      notes: [
        { offset: 6, length: 16, meant: 'Project Created' },
        { offset: 31, length: 12, meant: null },
      ],
    });
    expect(readSegment('event("projects created") > 2', names)).toMatchObject({ notes: [] });
  });

  test('of size is refused before it costs anything', () => {
    const long = `visits > 1${' '.repeat(maxTextLength)}`;
    expect(readSegment(long, names).problem?.says).toContain('4000 is the most');
    const deep = `${'('.repeat(100)}visits > 1${')'.repeat(100)}`;
    expect(readSegment(deep, names).problem).toMatchObject({ offset: 24, length: 1 });
    expect(readSegment(`name = "${'('.repeat(100)}"`, names).problem).toBeNull();
    const many = Array(maxConditions + 1)
      .fill('visits > 1')
      .join(' and ');
    expect(readSegment(many, names).problem?.says).toContain('condition 61');
    const values = `name in (${Array(201).fill('1').join(',')})`;
    expect(readSegment(values, names).problem?.says).toContain('200 is the most');
    for (const stars of ['name like "*a*a*a*a*a*"', 'viewed("/*a*a*a*a*a*")'])
      expect(readSegment(stars, names).problem?.says).toContain('more than 5 stars');
  });
});
