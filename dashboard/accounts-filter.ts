/** What the accounts list shows, as its address says. The whole state is in the query, so that a link can be shared. */

import { z } from 'zod';
import { type BuiltInList, builtInLists } from '../collector/store/marks.ts';
import {
  type AccountSort,
  accountSorts,
  type NetworkGroup,
  networkGroups,
  type Site,
} from '../collector/store/store.ts';
import { type Preset, presets } from '../collector/typed/period.ts';
import { type Column, readColumns } from './list-columns.ts';
import { date } from './words.ts';

export { type Preset, periodOf, presets } from '../collector/typed/period.ts';

export const views = ['companies', ...networkGroups] as const;
export type View = 'companies' | NetworkGroup;

/** What the overview is compared with: as many days before, the same days of the year before, or nothing. */
export const comparisons = ['before', 'year', 'none'] as const;
export type Compared = (typeof comparisons)[number];

export const rowsPerPage = 40;
/** So many at most, by `rows=200`. */
export const mostRows = 200;
const maxSearchLength = 100;

export interface AccountsFilter {
  view: View;
  /** Null: all sites. */
  site: number | null;
  period: Preset;
  /** First and last day of a custom period, `2026-11-20`; else empty. */
  from: string;
  to: string;
  q: string;
  /** Number of a segment that is kept; null: none. */
  segment: number | null;
  /** Expression of one that is not; empty: none. */
  where: string;
  /** Which of the lists that everybody has. */
  list: BuiltInList;
  /** Columns of companies beside their name; null: whatever the user chose last. */
  columns: readonly Column[] | null;
  sort: AccountSort;
  dir: 'asc' | 'desc';
  /** Of the overview; `weekdays`: days of the same name are beside each other. */
  compare: Compared;
  weekdays: boolean;
  rows: number;
  page: number;
}

const isoDay = z.iso.date().catch('');

// Each part is read alone: an address that somebody cut or mistyped still shows a list.
const shape = z.object({
  view: z.enum(views).catch('companies'),
  site: z.coerce.number().int().positive().nullable().catch(null),
  period: z.enum(presets).catch('30d'),
  from: isoDay,
  to: isoDay,
  q: z
    .string()
    .transform((search) => search.trim().slice(0, maxSearchLength))
    .catch(''),
  segment: z.coerce.number().int().positive().nullable().catch(null),
  where: z
    .string()
    .transform((typed) => typed.trim())
    .catch(''),
  list: z.enum(builtInLists).catch('all'),
  columns: z.string().transform(readColumns).nullable().catch(null),
  sort: z.enum(accountSorts).catch('last'),
  compare: z.enum(comparisons).catch('before'),
  weekdays: z
    .literal('1')
    .transform(() => true)
    .catch(false),
  dir: z.enum(['asc', 'desc']).optional().catch(undefined),
  rows: z.literal(String(mostRows)).transform(Number).catch(rowsPerPage),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

/** Where a column starts when it is first chosen: names from A, all else from the most. */
export const firstDirection = (sort: AccountSort): 'asc' | 'desc' => (sort === 'name' ? 'asc' : 'desc');

/** Reads a query. An unknown site is all sites; a custom period needs both days, in order. */
export function readFilter(query: Record<string, string>, sites: readonly Site[]): AccountsFilter {
  const read = shape.parse(query);
  const isCustom = read.period === 'custom' && read.from !== '' && read.to !== '' && read.from <= read.to;
  return {
    ...read,
    site: sites.some((site) => site.id === read.site) ? read.site : null,
    period: read.period === 'custom' && !isCustom ? '30d' : read.period,
    from: isCustom ? read.from : '',
    to: isCustom ? read.to : '',
    dir: read.dir ?? firstDirection(read.sort),
  };
}

/** Names of the periods, to come after "in" or to stand alone on a button. */
export const presetLabels: Record<Preset, string> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '12m': '12 months',
  all: 'All time',
  today: 'Today',
  yesterday: 'Yesterday',
  '28d': '28 days',
  month: 'This month',
  'last-month': 'Last month',
  year: 'This year',
  custom: 'Custom',
};

/** Periods that are told by their name, and not by how many days they have. */
export const namedPeriods: Partial<Record<Preset, string>> = {
  all: 'since the beginning',
  today: 'today',
  yesterday: 'yesterday',
  month: 'this month',
  'last-month': 'last month',
  year: 'this year',
};

/** `in the last 30 days`, `since the beginning`, `from 1 Oct 2026 to 5 Oct 2026`. */
export function periodWords(filter: AccountsFilter): string {
  const named = namedPeriods[filter.period];
  if (named !== undefined) return named;
  if (filter.period === 'custom') {
    return `from ${date(Date.parse(filter.from))} to ${date(Date.parse(filter.to))}`;
  }
  return `in the last ${presetLabels[filter.period]}`;
}

/**
 * The filter as query parameters, without what is anyway so.
 * @param changes what to show instead; a change of anything but the page goes back to the first page
 */
export function filterParameters(
  filter: AccountsFilter,
  changes: Partial<AccountsFilter> = {},
): [name: string, value: string][] {
  const next = { ...filter, page: 1, ...changes };
  const all: [string, string | null][] = [
    ['view', next.view === 'companies' ? null : next.view],
    ['site', next.site === null ? null : String(next.site)],
    ['period', next.period === '30d' ? null : next.period],
    ['from', next.period === 'custom' ? next.from : null],
    ['to', next.period === 'custom' ? next.to : null],
    ['q', next.q || null],
    ['segment', next.segment === null ? null : String(next.segment)],
    ['where', next.segment === null ? next.where || null : null],
    ['list', next.list === 'all' ? null : next.list],
    ['columns', next.columns === null ? null : next.columns.join(',')],
    ['compare', next.compare === 'before' ? null : next.compare],
    ['weekdays', next.weekdays ? '1' : null],
    ['sort', next.sort === 'last' ? null : next.sort],
    ['dir', next.dir === firstDirection(next.sort) ? null : next.dir],
    ['rows', next.rows === rowsPerPage ? null : String(next.rows)],
    ['page', next.page === 1 ? null : String(next.page)],
  ];
  return all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]));
}

/** A link to the list with something changed. */
export function filterHref(
  path: string,
  filter: AccountsFilter,
  changes: Partial<AccountsFilter> = {},
): string {
  const query = new URLSearchParams(filterParameters(filter, changes)).toString();
  return query ? `${path}?${query}` : path;
}
