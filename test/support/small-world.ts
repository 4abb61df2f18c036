/** A few companies with a few weeks of visits, and what is in a segment of them, found out in the plainest way. */
import fc from 'fast-check';
import { eventWord } from '../../collector/event-word.ts';
import type { Operator } from '../../collector/segment/syntax.ts';
import type { By, Condition, NumberTest, Segment, TextTest, Window } from '../../collector/segment/tree.ts';
import type { ProfileRow, Store } from '../../collector/store/store.ts';
import { dayNumber } from '../../collector/time.ts';
import { type DraftWish, day, draft, hour, minute } from './drafts.ts';

/** A Monday, at midnight. */
export const start = Date.UTC(2026, 5, 1);
export const days = 12;
export const now = start + (days - 1) * day + 20 * hour;

const companies = ['Acme', 'Borealis', 'Ørsted Åkerblom', 'Delta'] as const;
const domainOf = (company: number) => `${companies[company]?.toLowerCase().replace(/\W+/g, '-')}.example`;

interface Action {
  kind: 'page' | 'event' | 'form' | 'leave';
  name: string;
  seconds: number;
}

interface Visit {
  visitor: number;
  day: number;
  slot: number;
  source: number | null;
  title: string | null;
  actions: Action[];
}

export interface World {
  /** By visitor: whose, on which site, and which person. */
  visitors: { company: number; site: number; person: number | null }[];
  visits: Visit[];
  /** By company. */
  profiles: (Omit<ProfileRow, 'name' | 'domain'> | null)[];
  /** The last company was merged into the first. */
  isMerged: boolean;
}

const pages = ['/', '/pricing', '/Pricing/teams', '/docs', '/100%_off'];
const events = ['Project Created', 'project-created', 'Login'];
const forms = ['contact', 'Contact us'];
const sources = [
  { source: 'google', campaign: '', channel: 'Organic Search' },
  { source: 'Newsletter', campaign: 'Spring', channel: 'Email' },
  { source: 'newsletter', campaign: 'spring_2', channel: 'Email' },
];
const titles = ['CFO', 'cto', '7'];
const industries = ['Energy', 'STEEL', 'Öl & Gas', null];
const sizes = ['51-200', '1,001-5,000', '40', 'unknown', null];

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('page' as const), name: fc.constantFrom(...pages), seconds: fc.constant(0) }),
  fc.record({
    kind: fc.constant('event' as const),
    name: fc.constantFrom(...events),
    seconds: fc.constant(0),
  }),
  fc.record({ kind: fc.constant('form' as const), name: fc.constantFrom(...forms), seconds: fc.constant(0) }),
  fc.record({
    kind: fc.constant('leave' as const),
    name: fc.constant(''),
    seconds: fc.integer({ min: 1, max: 90 }),
  }),
);

const visitorCount = 7;

export const world: fc.Arbitrary<World> = fc.record({
  visitors: fc.array(
    fc.record({
      company: fc.integer({ min: 0, max: companies.length - 1 }),
      site: fc.constantFrom(1, 2),
      person: fc.option(fc.integer({ min: 0, max: 2 })),
    }),
    { minLength: visitorCount, maxLength: visitorCount },
  ),
  visits: fc.uniqueArray(
    fc.record({
      visitor: fc.integer({ min: 0, max: visitorCount - 1 }),
      day: fc.integer({ min: 1, max: days - 1 }),
      slot: fc.integer({ min: 0, max: 2 }),
      source: fc.option(fc.integer({ min: 0, max: sources.length - 1 })),
      title: fc.option(fc.constantFrom(...titles)),
      actions: fc.array(action, { maxLength: 4 }),
    }),
    { selector: ({ visitor, day: on, slot }) => `${visitor}/${on}/${slot}`, minLength: 3, maxLength: 24 },
  ),
  profiles: fc.array(
    fc.option(
      fc.record({
        industry: fc.constantFrom(...industries),
        size: fc.constantFrom(...sizes),
        country: fc.constantFrom('AT', null),
        owner: fc.constantFrom('kim@example.com', null),
        attributes: fc.constantFrom<Record<string, string>>(
          {},
          { Plan: 'Pro', 'Seats used': '12' },
          { plan: 'free' },
        ),
      }),
    ),
    { minLength: companies.length, maxLength: companies.length },
  ),
  isMerged: fc.boolean(),
});

/** Two visits that begin in the same slot of different visitors do not begin in the same moment. */
const startOf = (visit: Visit) =>
  start + visit.day * day + (6 + visit.slot * 5) * hour + visit.visitor * 7 * minute;

const emailOf = (person: number) => `somebody-${person}@gmail.com`;

/** What is sent of a world; the first thing that a visitor does who is known is to say who it is. */
function wishesOf({ visitors, visits }: World): DraftWish[] {
  const who = (visitor: number) => {
    const one = visitors[visitor];
    if (one === undefined) throw new Error('no such visitor');
    return {
      visitor: `visitor-${visitor}`,
      site: one.site,
      company: companies[one.company] ?? '',
      country: one.company === 1 ? 'SE' : 'DE',
    };
  };
  const identities = visitors.flatMap(({ person }, visitor) =>
    person === null ? [] : [{ ...who(visitor), at: start + visitor * minute, email: emailOf(person) }],
  );
  const acts = visits.flatMap((visit): DraftWish[] => {
    const base = who(visit.visitor);
    const at = startOf(visit);
    const arrival = visit.source === null ? null : (sources[visit.source] ?? null);
    const person = visitors[visit.visitor]?.person ?? null;
    const told: DraftWish[] =
      visit.title === null || person === null
        ? []
        : [
            {
              ...base,
              at: at + 1_000,
              type: 'identify',
              detail: {
                identify: { user: null, email: emailOf(person), traits: { 'Job title': visit.title } },
              },
            },
          ];
    return [
      { ...base, at, path: '/docs', arrival },
      ...told,
      ...visit.actions.map(({ kind, name, seconds }, index): DraftWish => {
        const when = { ...base, at: at + (index + 2) * 1_000 };
        if (kind === 'page') return { ...when, path: name };
        if (kind === 'event') return { ...when, type: 'track', detail: { track: { name, props: {} } } };
        if (kind === 'form')
          return { ...when, type: 'form', detail: { form: { step: 'submit', name, id: '', action: '' } } };
        return { ...when, type: 'leave', detail: { leave: { seconds, scroll: 0 } } };
      }),
    ];
  });
  return [...identities, ...acts];
}

/** Puts a world into a store, and says which number each company has. */
export async function settle(
  store: Store,
  { wishes, at }: { wishes: World; at: number },
): Promise<Map<string, number>> {
  await store.addSite('lumen.example', [], start);
  await store.addSite('lumen.test', [], start);
  await store.append(wishesOf(wishes).map((wish, index) => draft(wish, index)));
  for (const [company, profile] of wishes.profiles.entries())
    if (profile !== null)
      await store.importProfiles(
        [{ name: companies[company] ?? '', domain: domainOf(company), ...profile }],
        'kim@example.com',
        at + company,
      );
  const found = new Map<string, number>();
  for (const [company, name] of companies.entries())
    for (const one of await store.findAccounts(name, 5))
      if (one.domain === domainOf(company)) found.set(name, one.id);
  const [from, into] = [found.get('Delta'), found.get('Acme')];
  if (wishes.isMerged && from !== undefined && into !== undefined)
    await store.decide({ kind: 'merge', accountId: from, targetId: into, note: '' }, 'kim@example.com', at);
  return found;
}

/** Everything that one account did and is. */
interface Facts {
  name: string;
  domain: string;
  country: string | null;
  profile: World['profiles'][number];
  visits: { day: number; at: number; endedAt: number; who: string; source: number | null }[];
  done: { kind: Action['kind']; name: string; day: number; who: string; count: number }[];
  titles: string[];
}

function factsOf(all: World, company: number): Facts {
  const canMerge = (one: number) =>
    all.visitors.some((visitor, index) => visitor.company === one && isHere(all, index)) ||
    all.profiles[one] !== null;
  const isMerged = all.isMerged && canMerge(0) && canMerge(3);
  const home = (one: number) => (isMerged && one === 3 ? 0 : one);
  const isOurs = (visitor: number) => home(all.visitors[visitor]?.company ?? -1) === company;
  const whoOf = (visitor: number) => {
    const person = all.visitors[visitor]?.person ?? null;
    return person === null ? `visitor ${visitor}` : `person ${person}`;
  };
  const ours = all.visits.filter(({ visitor }) => isOurs(visitor));
  const lastTold = new Map<number, { at: number; title: string }>();
  for (const visit of ours) {
    const at = startOf(visit);
    const isKnown = (all.visitors[visit.visitor]?.person ?? null) !== null;
    if (visit.title !== null && isKnown && at >= (lastTold.get(visit.visitor)?.at ?? 0))
      lastTold.set(visit.visitor, { at, title: visit.title });
  }
  return {
    name: companies[company] ?? '',
    domain: domainOf(company),
    country: company === 1 ? 'SE' : 'DE',
    profile: all.profiles[company] ?? (company === 0 && isMerged ? (all.profiles[3] ?? null) : null),
    visits: [
      ...all.visitors.flatMap(({ person }, visitor) =>
        person === null || !isOurs(visitor)
          ? []
          : [
              {
                day: dayNumber(start),
                at: start + visitor * minute,
                endedAt: start + visitor * minute,
                who: whoOf(visitor),
                source: null,
              },
            ],
      ),
      ...ours.map((visit) => ({
        day: dayNumber(start) + visit.day,
        at: startOf(visit),
        endedAt: startOf(visit) + 20_000,
        who: whoOf(visit.visitor),
        source: visit.source,
      })),
    ],
    done: ours.flatMap((visit) => {
      const base = { day: dayNumber(start) + visit.day, who: whoOf(visit.visitor) };
      return [
        { ...base, kind: 'page' as const, name: '/docs', count: 1 },
        ...visit.actions.map(({ kind, name, seconds }) => ({
          ...base,
          kind,
          name,
          count: kind === 'leave' ? seconds : 1,
        })),
      ];
    }),
    titles: [...lastTold.values()].map(({ title }) => title),
  };
}

const isHere = (all: World, visitor: number) =>
  (all.visitors[visitor]?.person ?? null) !== null || all.visits.some((visit) => visit.visitor === visitor);

/** Companies in a segment, by name. */
export function inSegment(segment: Segment, all: World, at = now): string[] {
  return companies
    .map((_, company) => factsOf(all, company))
    .filter((facts) => facts.visits.length > 0 && holds(segment, facts, at))
    .map(({ name }) => name);
}

function holds(segment: Segment, facts: Facts, at: number): boolean {
  switch (segment.kind) {
    case 'any':
      return segment.parts.some((part) => holds(part, facts, at));
    case 'all':
      return segment.parts.every((part) => holds(part, facts, at));
    case 'not':
      return !holds(segment.part, facts, at);
    default:
      return isMet(segment, facts, at);
  }
}

/** What a condition counts of one company, by day: plain rows, for whoever gives points for them. */
export function countedByDay(
  condition: Extract<Condition, { kind: 'count' | 'visit' }>,
  all: World,
  company: string,
): { day: number; count: number }[] {
  const facts = factsOf(all, (companies as readonly string[]).indexOf(company));
  const rows =
    condition.kind === 'count'
      ? countedOf(condition, facts)
      : facts.visits
          .filter(({ source }) => fits(cameFrom(source)[condition.term], condition.test))
          .map((visit) => ({ ...visit, count: 1 }));
  return rows
    .filter(({ day: on }) => isWithin(on, condition.window))
    .map(({ day: on, count }) => ({ day: on, count }));
}

function isMet(condition: Condition, facts: Facts, moment: number): boolean {
  switch (condition.kind) {
    case 'count': {
      const counted = countedOf(condition, facts).filter(({ day: on }) =>
        isWithin(on, condition.window, moment),
      );
      const count =
        condition.term === 'people'
          ? new Set(counted.map(({ who }) => who)).size
          : counted.reduce((sum, one) => sum + one.count, 0);
      return compare(count, condition.operator, condition.number) && isBy(counted, condition.by);
    }
    case 'visit': {
      const fitting = facts.visits.filter(
        ({ day: on, source }) =>
          isWithin(on, condition.window, moment) && fits(cameFrom(source)[condition.term], condition.test),
      );
      return isPositive(condition.test) === (fitting.length > 0 && isBy(fitting, condition.by));
    }
    case 'text': {
      const { name, domain, country, profile } = facts;
      const value = {
        name,
        domain,
        country: profile?.country ?? country,
        industry: profile?.industry ?? null,
        owner: profile?.owner ?? null,
      };
      return isPositive(condition.test) === fits(value[condition.term], condition.test);
    }
    case 'mixed': {
      if (condition.term === 'score') throw new Error('no score is known here');
      const values =
        condition.term === 'size' ? [sizeOf(facts, condition.test)] : traitsOf(facts, condition.name);
      return isPositive(condition.test) === values.some((value) => fits(value, condition.test));
    }
    case 'day': {
      const at =
        condition.term === 'first_seen'
          ? facts.visits.map((visit) => visit.at).sort((a, b) => a - b)[0]
          : facts.visits.map((visit) => visit.endedAt).sort((a, b) => b - a)[0];
      const on = dayNumber(at ?? 0);
      return condition.test.kind === 'day'
        ? compare(on, condition.test.operator, condition.test.day)
        : isWithin(on, condition.test, moment);
    }
  }
}

function countedOf({ term, name }: Extract<Condition, { kind: 'count' }>, { visits, done }: Facts) {
  if (term === 'visits' || term === 'people') return visits.map((visit) => ({ ...visit, count: 1 }));
  const kind = { viewed: 'page', event: 'event', form: 'form', engaged: 'leave' }[term];
  return done
    .filter((one) => one.kind === kind)
    .filter((one) =>
      term === 'viewed'
        ? isLike(one.name, name)
        : term === 'engaged' || eventWord(one.name) === eventWord(name),
    );
}

const cameFrom = (source: number | null) =>
  (source === null ? undefined : sources[source]) ?? { source: '(direct)', campaign: '', channel: 'Direct' };

function sizeOf({ profile }: Facts, test: TextTest | NumberTest): string | null {
  const size = profile?.size ?? null;
  if (test.kind !== 'number' || size === null) return size;
  return ({ '51-200': '51', '1,001-5,000': '1001', '40': '40' } as Record<string, string>)[size] ?? null;
}

function traitsOf({ profile, titles: told }: Facts, name: string): string[] {
  const word = eventWord(name);
  const ofCompany = Object.entries(profile?.attributes ?? {}).filter(([key]) => eventWord(key) === word);
  return [...ofCompany.map(([, value]) => value), ...(word === 'job_title' ? told : [])];
}

const isBy = (counted: readonly { who: string }[], by: By | null) =>
  by === null || compare(new Set(counted.map(({ who }) => who)).size, by.operator, by.people);

const isPositive = (test: TextTest | NumberTest) =>
  test.kind === 'number' ? test.operator !== '!=' : ['=', 'in', 'like'].includes(test.kind);

/** Whether the text is as the test says, its not left aside. */
function fits(value: string | null, test: TextTest | NumberTest): boolean {
  if (value === null) return false;
  switch (test.kind) {
    case 'number':
      return (
        /^\d+$/.test(value) &&
        compare(Number(value), test.operator === '!=' ? '=' : test.operator, test.number)
      );
    case '=':
    case '!=':
      return value.toLowerCase() === test.value.toLowerCase();
    case 'in':
    case 'not in':
      return test.values.some((one) => one.toLowerCase() === value.toLowerCase());
    default:
      return isLike(value, test.pattern);
  }
}

function isLike(value: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(value);
}

function isWithin(on: number, window: Window | null, moment = now): boolean {
  const today = dayNumber(moment);
  switch (window?.kind) {
    case undefined:
      return true;
    case 'within':
      return on > today - window.days && on <= today;
    case 'before':
      return on < window.day;
    case 'after':
      return on > window.day;
    case 'between':
      return on >= window.from && on <= window.to;
  }
  return false;
}

function compare(count: number, operator: Operator, number: number): boolean {
  switch (operator) {
    case '=':
      return count === number;
    case '!=':
      return count !== number;
    case '>':
      return count > number;
    case '>=':
      return count >= number;
    case '<':
      return count < number;
    case '<=':
      return count <= number;
  }
}

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

export const condition: fc.Arbitrary<Condition> = fc.oneof(
  counting('viewed', '/pricing*', '/PRICING', '*', '/docs', '/none', '/100%_*', '/___ing'),
  counting('event', 'projects_created', 'login', 'nothing'),
  counting('form', 'contact', 'contact-us'),
  counting('visits', ''),
  counting('people', ''),
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
