import { expect, test } from 'vitest';
import type { AccountQuery, AccountRow } from '../../store/store.ts';
import { everyAccount } from './accounts.ts';

function row(id: number): AccountRow {
  return {
    id,
    name: `Company ${id}`,
    domain: null,
    kind: 'business',
    confidence: 0.8,
    evidence: [],
    country: null,
    firstAt: 0,
    lastAt: 0,
    visits: 1,
    people: 1,
    pages: 1,
    forms: 0,
    channel: 'Direct',
    source: '(direct)',
    isNew: true,
    activity: [],
  };
}

const query: Omit<AccountQuery, 'offset' | 'limit'> = {
  siteId: null,
  period: { from: 0, to: 1 },
  search: '',
  sort: 'last',
  descending: true,
};

test('a long list is read in pages of 500 and comes out whole, in order', async () => {
  const all = Array.from({ length: 1_234 }, (_, index) => row(index));
  const reads: { offset: number; limit: number }[] = [];
  const ids: number[] = [];
  const store = {
    accounts: async ({ offset, limit }: AccountQuery) => {
      reads.push({ offset, limit });
      return { rows: all.slice(offset, offset + limit), total: all.length };
    },
  };
  for await (const { id } of everyAccount(store, query)) ids.push(id);
  expect(ids).toEqual(all.map(({ id }) => id));
  expect(reads).toEqual([0, 500, 1_000].map((offset) => ({ offset, limit: 500 })));
});

test('a row that moves to a later page meanwhile is given once', async () => {
  let isFirst = true;
  const store = {
    accounts: async () => {
      const rows = isFirst ? Array.from({ length: 500 }, (_, index) => row(index)) : [row(499), row(500)];
      isFirst = false;
      return { rows, total: 501 };
    },
  };
  const ids: number[] = [];
  for await (const { id } of everyAccount(store, query)) ids.push(id);
  expect(ids).toHaveLength(501);
  expect(new Set(ids).size).toBe(501);
});
