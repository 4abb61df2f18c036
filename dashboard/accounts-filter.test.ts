import { describe, expect, test } from 'vitest';
import type { Site } from '../collector/store/store.ts';
import { usualTag } from '../collector/tag-settings.ts';
import { filterHref, periodOf, readFilter } from './accounts-filter.ts';

const sites: Site[] = [
  { id: 3, key: 'key', domain: 'millrace.example', hosts: [], createdAt: 0, tag: usualTag },
];
const now = Date.UTC(2026, 10, 20, 15, 4);
const midnight = Date.UTC(2026, 10, 21);

describe('a period', () => {
  test.each([
    ['7d', Date.UTC(2026, 10, 14)],
    ['30d', Date.UTC(2026, 9, 22)],
    ['90d', Date.UTC(2026, 7, 23)],
    ['12m', Date.UTC(2025, 10, 21)],
    ['all', 0],
  ])('of %s ends with today and has whole days', (period, from) => {
    expect(periodOf(readFilter({ period }, sites), now)).toEqual({ from, to: midnight });
  });

  test('from one day to the same is that day', () => {
    const filter = readFilter({ period: 'custom', from: '2026-02-28', to: '2026-02-28' }, sites);
    expect(periodOf(filter, now)).toEqual({ from: Date.UTC(2026, 1, 28), to: Date.UTC(2026, 2, 1) });
  });

  test.each([
    { from: '2026-03-02', to: '2026-03-01' },
    { from: '2026-02-30', to: '2026-03-01' },
    { from: '', to: '' },
  ])('that cannot be, %j, is the last thirty days', (days) => {
    expect(readFilter({ period: 'custom', ...days }, sites)).toMatchObject({
      period: '30d',
      from: '',
      to: '',
    });
  });
});

describe('an address', () => {
  test('says only what is not anyway so', () => {
    expect(filterHref('/accounts', readFilter({}, sites))).toBe('/accounts');
  });

  test('gives the same list when it is opened', () => {
    const filter = readFilter(
      {
        site: '3',
        period: 'custom',
        from: '2026-01-01',
        to: '2026-02-01',
        q: 'a&b=c',
        list: 'unseen',
        columns: 'owner,tags',
        sort: 'name',
        dir: 'desc',
        rows: '200',
      },
      sites,
    );
    const query = Object.fromEntries(new URL(filterHref('/accounts', filter), 'http://x').searchParams);
    expect(readFilter(query, sites)).toEqual(filter);
  });

  test('goes back to the first page when anything but the page changes', () => {
    const filter = readFilter({ page: '4', sort: 'visits' }, sites);
    expect(filterHref('/accounts', filter, { q: 'x' })).toBe('/accounts?q=x&sort=visits');
    expect(filterHref('/accounts', filter, { page: 5 })).toBe('/accounts?sort=visits&page=5');
  });

  test('keeps the list, its columns and its length from page to page', () => {
    const filter = readFilter({ list: 'mine', columns: 'tags,owner,nothing', rows: '200', page: '3' }, sites);
    expect(filterHref('/accounts', filter, { page: 4 })).toBe(
      '/accounts?list=mine&columns=owner%2Ctags&rows=200&page=4',
    );
  });

  test('that somebody mistyped shows what is usual', () => {
    expect(readFilter({ list: 'theirs', columns: 'x', rows: '5000', sort: 'colour' }, sites)).toMatchObject({
      list: 'all',
      columns: null,
      rows: 40,
      sort: 'last',
    });
  });

  test('with a site that is none of ours shows all', () => {
    expect(readFilter({ site: '4' }, sites).site).toBeNull();
    expect(readFilter({ site: '3' }, sites).site).toBe(3);
  });
});
