/** Who is in a segment of a small world, found out in the plainest way: to compare with what the store says. */
import { eventWord } from '../../collector/event-word.ts';
import type { Operator } from '../../collector/segment/syntax.ts';
import type { By, Condition, NumberTest, Segment, TextTest, Window } from '../../collector/segment/tree.ts';
import { dayNumber } from '../../collector/time.ts';
import { companies, type Facts, factsOf, now, sources, type World } from './small-world.ts';

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
      const { name, domain, country, profile, owner } = facts;
      const value = {
        name,
        domain,
        country: profile?.country ?? country,
        industry: profile?.industry ?? null,
        owner,
        // None came as a file here.
        list: null,
      };
      return isPositive(condition.test) === fits(value[condition.term], condition.test);
    }
    case 'mixed': {
      if (condition.term === 'score' || condition.term === 'tag')
        throw new Error(`nothing of a ${condition.term} is known here`);
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

function countedOf({ term, name }: Extract<Condition, { kind: 'count' }>, { visits, done, roles }: Facts) {
  if (term === 'people' && name !== '')
    return visits.filter(({ who }) => roles.get(who) === name).map((visit) => ({ ...visit, count: 1 }));
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
