/** From a value on the overview to the companies behind it: the list, narrowed by a segment in its address. Pure. */
import { print } from '../collector/segment/print.ts';
import type { Condition, VisitTerm, Window } from '../collector/segment/tree.ts';
import { dayMs, dayNumber } from '../collector/time.ts';
import { type AccountsFilter, filterHref, periodOf } from './accounts-filter.ts';

/** The days that the page shows, so that a company is meant which came so in them, and not at any time before. */
function windowOf(filter: AccountsFilter, now: number): Window | null {
  if (filter.period === 'all') return null;
  const { from, to } = periodOf(filter, now);
  // Days that do not end with today stay the same ones tomorrow.
  return dayNumber(to) === dayNumber(now) + 1 && filter.period !== 'custom'
    ? { kind: 'within', days: Math.round((to - from) / dayMs) }
    : { kind: 'between', from: dayNumber(from), to: dayNumber(to) - 1 };
}

/** Links for one page and its period. */
export function companiesWith(filter: AccountsFilter, now: number) {
  const window = windowOf(filter, now);
  const href = (condition: Condition) =>
    filterHref('/accounts', filter, { view: 'companies', segment: null, where: print(condition) });
  return {
    visit: (term: VisitTerm, value: string) =>
      href({ kind: 'visit', term, test: { kind: '=', value }, window, by: null }),
    country: (value: string) => href({ kind: 'text', term: 'country', test: { kind: '=', value } }),
    /** Undefined: the path has a sign that stands for anything in a pattern. */
    viewed: (path: string) =>
      path.includes('*')
        ? undefined
        : href({ kind: 'count', term: 'viewed', name: path, operator: '>=', number: 1, window, by: null }),
  };
}
