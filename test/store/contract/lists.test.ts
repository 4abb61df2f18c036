/** What every engine's lists must say of a period: the same as counting its visits one by one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountSort, accountSorts } from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, minute, monday, startOfDay } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

interface Visit {
  visitor: number;
  site: number;
  day: number;
  pages: number;
}

/** Visitors come from one of three companies, or from one of two providers. */
const sourceOf = (visitor: number) => visitor % 5;
const companyOf = (visitor: number) => (sourceOf(visitor) < 3 ? `Company ${sourceOf(visitor)}` : null);
const providerOf = (visitor: number) => `Provider ${sourceOf(visitor)}`;

const visit = fc.record({
  visitor: fc.nat(14),
  site: fc.constantFrom(1, 2),
  // So long that it has whole spans of days, and days before and after them.
  day: fc.nat(150),
  pages: fc.integer({ min: 1, max: 3 }),
});
const visits = fc.uniqueArray(visit, {
  selector: (one) => `${one.visitor}/${one.site}/${one.day}`,
  minLength: 1,
  maxLength: 60,
});
const period = fc.tuple(fc.nat(150), fc.nat(150)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

const first = startOfDay(monday);
const startOf = (one: Visit) => first + one.day * day + one.visitor * minute;
const wishesOf = (one: Visit): DraftWish[] =>
  Array.from({ length: one.pages }, (_, page) => ({
    visitor: `visitor-${one.visitor}`,
    site: one.site,
    at: startOf(one) + page * minute,
    ...(companyOf(one.visitor) === null
      ? {
          address: 100 + sourceOf(one.visitor),
          verdict: {
            kind: 'isp',
            company: null,
            operator: providerOf(one.visitor),
            confidence: 0,
            tier: 'none',
            evidence: [],
          } as const,
        }
      : { company: companyOf(one.visitor) }),
  }));

describe.each(engines)('$name', ({ open, isSwift }) => {
  const runs = { numRuns: isSwift ? 60 : 5 };
  const asked = (from: number, to: number, siteId: number | null) => ({
    siteId,
    period: { from: first + from * day, to: first + (to + 1) * day },
    search: '',
    offset: 0,
    limit: 50,
  });

  test('accounts of any period, on one site or all, in any order', async () => {
    const site = fc.constantFrom(null, 1, 2);
    await fc.assert(
      fc.asyncProperty(
        visits,
        period,
        site,
        // Of scores, which are worked out beside the list, see scores.test.ts.
        fc.constantFrom(...accountSorts.filter((sort) => sort !== 'score')),
        async (all, days, siteId, sort) => {
          const { store } = await open();
          await store.addSite('lumen.example', [], monday);
          await store.addSite('other.example', [], monday);
          await store.append(all.flatMap(wishesOf).map(draft));
          const onSite = all.filter((one) => siteId === null || one.site === siteId);
          const within = onSite.filter((one) => one.day >= days[0] && one.day <= days[1]);
          const expected = [...new Set(within.map((one) => companyOf(one.visitor)))]
            .filter((name) => name !== null)
            .map((name) => {
              const its = within.filter((one) => companyOf(one.visitor) === name);
              const pagesOf = (from: number, end: number) =>
                onSite
                  .filter((one) => companyOf(one.visitor) === name && one.day >= from && one.day < end)
                  .reduce((sum, one) => sum + one.pages, 0);
              const length = days[1] + 1 - days[0];
              const ever = onSite.filter((one) => companyOf(one.visitor) === name);
              return {
                name,
                visits: its.length,
                people: new Set(its.map((one) => `${one.site}/${one.visitor}`)).size,
                pages: its.reduce((sum, one) => sum + one.pages, 0),
                lastAt: Math.max(...its.map((one) => startOf(one) + (one.pages - 1) * minute)),
                firstAt: Math.min(...ever.map(startOf)),
                change: pagesOf(days[0], days[1] + 1) - pagesOf(days[0] - length, days[0]),
              };
            });
          const query = { ...asked(days[0], days[1], siteId), sort, descending: sort !== 'name' };
          const { rows, total } = await store.accounts(query);
          const exported: string[] = [];
          for await (const row of store.eachAccount(query)) exported.push(row.name);
          const overview = await store.overview(siteId, query.period);
          await store.close();

          const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
          const told = rows.map(({ name, visits, people, pages, lastAt, firstAt, change }) => ({
            name,
            visits,
            people,
            pages,
            lastAt,
            firstAt,
            change,
          }));
          expect(told.toSorted(byName)).toEqual(expected.toSorted(byName));
          expect(total).toBe(expected.length);
          expect(exported).toEqual(rows.map(({ name }) => name));
          const keys = told.map((row) => row[columnOf(sort)]);
          expect(keys).toEqual(keys.toSorted((a, b) => (a === b ? 0 : a < b === (sort === 'name') ? -1 : 1)));
          expect(overview).toMatchObject({
            accounts: expected.length,
            newAccounts: expected.filter(({ firstAt }) => firstAt >= query.period.from).length,
            visits: within.length,
          });
        },
      ),
      runs,
    );
  });

  test('of all time, the change is that of the last thirty days', async () => {
    const { store } = await open();
    await store.addSite('lumen.example', [], monday);
    const visit = { visitor: 0, site: 1, pages: 2 };
    const on = (...days: number[]) => days.flatMap((at) => wishesOf({ ...visit, day: at })).map(draft);
    await store.append(on(10, 61, 80, 119));
    const query = { ...asked(0, 119, 1), sort: 'change', descending: true } as const;
    const { rows } = await store.accounts({ ...query, period: { ...query.period, from: 0 } });
    await store.close();
    expect(rows.map(({ change, pages }) => ({ change, pages }))).toEqual([{ change: 2 - 4, pages: 8 }]);
  });

  test('networks that are no account, of any period', async () => {
    await fc.assert(
      fc.asyncProperty(visits, period, async (all, days) => {
        const { store } = await open();
        await store.addSite('lumen.example', [], monday);
        await store.addSite('other.example', [], monday);
        await store.append(all.flatMap(wishesOf).map(draft));
        const { rows } = await store.networks({ ...asked(days[0], days[1], 1), group: 'providers' });
        await store.close();
        const within = all.filter(
          (one) =>
            one.site === 1 && one.day >= days[0] && one.day <= days[1] && companyOf(one.visitor) === null,
        );
        const expected = [...new Set(within.map((one) => providerOf(one.visitor)))].map((name) => {
          const its = within.filter((one) => providerOf(one.visitor) === name);
          return {
            name,
            visits: its.length,
            pages: its.reduce((sum, one) => sum + one.pages, 0),
            lastDay: Math.max(...its.map((one) => first + one.day * day)),
          };
        });
        expect(
          rows
            .map(({ name, visits, pages, lastDay }) => ({ name, visits, pages, lastDay }))
            .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
        ).toEqual(expected.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
      }),
      runs,
    );
  });
});

const columnOf = (sort: Exclude<AccountSort, 'score'>) => (sort === 'last' ? 'lastAt' : sort);
