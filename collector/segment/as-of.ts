/**
 * A segment as it would have been asked on an earlier day: what was done later does not count. What is known of a company
 * by a file, a name or a trait has no past: it is taken as it is known today. Pure.
 */
import type { Counted } from './counted.ts';
import type { CountCondition, Day, Segment, Window } from './tree.ts';

/** @param day the last one that counts; whoever had not come by then is in no segment of it */
export function asOf(segment: Segment, day: Day): Segment {
  return { kind: 'all', parts: [came({ kind: 'before', day: day + 1 }), until(segment, day)] };
}

/** The same of what is counted alone. */
export function countedUntil(counted: Counted, day: Day): Counted {
  return { ...counted, window: windowUntil(counted.window, day) };
}

function until(segment: Segment, day: Day): Segment {
  switch (segment.kind) {
    case 'any':
    case 'all':
      return { kind: segment.kind, parts: segment.parts.map((part) => until(part, day)) };
    case 'not':
      return { kind: 'not', part: until(segment.part, day) };
    case 'count':
    case 'visit':
      return { ...segment, window: windowUntil(segment.window, day) };
    case 'day':
      return segment.term === 'last_seen' ? lastSeen(segment, day) : segment;
    default:
      return segment;
  }
}

/** `within` ends with the day that is asked for anyway. */
function windowUntil(window: Window | null, day: Day): Window {
  switch (window?.kind) {
    case undefined:
      return { kind: 'before', day: day + 1 };
    case 'before':
      return { kind: 'before', day: Math.min(window.day, day + 1) };
    case 'after':
      return { kind: 'between', from: window.day + 1, to: day };
    case 'between':
      return { kind: 'between', from: window.from, to: Math.min(window.to, day) };
    default:
      return window as Window;
  }
}

const visits = (operator: '>=' | '=', number: number, window: Window): CountCondition => ({
  kind: 'count',
  term: 'visits',
  name: '',
  operator,
  number,
  window,
  by: null,
});
const came = (window: Window) => visits('>=', 1, window);
const cameNot = (window: Window) => visits('=', 0, window);

/** When somebody was last seen by then is said by the visits until then: by the days on which they began. */
function lastSeen({ test }: Extract<Segment, { kind: 'day' }>, day: Day): Segment {
  const since = (from: Day) => ({ kind: 'between', from, to: day }) as const;
  const inDays = (from: Day, to: Day): Segment => ({
    kind: 'all',
    parts: [came({ kind: 'between', from, to: Math.min(to, day) }), cameNot(since(to + 1))],
  });
  if (test.kind === 'within') return came(test);
  if (test.kind === 'between') return inDays(test.from, test.to);
  // Before and after a day are comparisons with it.
  if (test.kind !== 'day') return until({ kind: 'day', term: 'last_seen', test: dayTest(test) }, day);
  switch (test.operator) {
    case '>':
      return came(since(test.day + 1));
    case '>=':
      return came(since(test.day));
    case '<':
      return cameNot(since(test.day));
    case '<=':
      return cameNot(since(test.day + 1));
    case '=':
      return inDays(test.day, test.day);
    case '!=':
      return { kind: 'not', part: inDays(test.day, test.day) };
  }
}

const dayTest = ({ kind, day }: Extract<Window, { kind: 'before' | 'after' }>) =>
  ({ kind: 'day', operator: kind === 'before' ? '<' : '>', day }) as const;
