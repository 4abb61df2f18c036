/** What every engine's overview must say of a period: the same as counting its visits one by one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Traffic, VisitSum } from '../../../collector/store/traffic.ts';
import { type DraftWish, day, draft, minute, monday, startOfDay } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const first = startOfDay(monday);
const days = 150;

interface Visit {
  visitor: number;
  site: 1 | 2;
  /** So many that there are whole spans of days, and days before and after them. */
  day: number;
  source: 'google' | 'newsletter' | null;
  campaign: string;
  country: 'DE' | 'NO' | '';
  path: string;
  /** A second page, which changes nothing that is counted here. */
  isLong: boolean;
}

const visit: fc.Arbitrary<Visit> = fc.record({
  visitor: fc.nat(11),
  site: fc.constantFrom(1 as const, 2 as const),
  day: fc.nat(days),
  source: fc.constantFrom('google' as const, 'newsletter' as const, null),
  campaign: fc.constantFrom('', 'autumn', 'spring'),
  country: fc.constantFrom('DE' as const, 'NO' as const, '' as const),
  path: fc.constantFrom('/', '/pricing', '/docs'),
  isLong: fc.boolean(),
});
const visits = fc.uniqueArray(visit, {
  selector: (one) => `${one.visitor}/${one.site}/${one.day}`,
  minLength: 1,
  maxLength: 60,
});
const range = fc.tuple(fc.nat(days), fc.nat(days)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

const companyOf = ({ visitor }: Visit) => (visitor % 3 === 0 ? `Company ${visitor % 2}` : null);
const startOf = (one: Visit) => first + one.day * day + one.visitor * minute;

function wishesOf(one: Visit): DraftWish[] {
  const from = one.source && { source: one.source, campaign: one.campaign };
  const common = { visitor: `visitor-${one.visitor}`, site: one.site, company: companyOf(one) };
  const { country } = one;
  const address = 1_000 + one.visitor * 4 + (country === '' ? 0 : country === 'DE' ? 1 : 2);
  return [
    { ...common, country, address, path: one.path, arrival: from, at: startOf(one) },
    ...(one.isLong ? [{ ...common, country, address, path: '/second', at: startOf(one) + 20_000 }] : []),
  ];
}

/** Visits by a word, as the overview says them. */
function countedBy(within: readonly Visit[], wordOf: (one: Visit) => string | null): Map<string, VisitSum> {
  const sums = new Map<string, VisitSum>();
  for (const one of within) {
    const word = wordOf(one);
    if (word === null) continue;
    const sum = sums.get(word) ?? { visits: 0, accountVisits: 0 };
    sum.visits += 1;
    sum.accountVisits += companyOf(one) === null ? 0 : 1;
    sums.set(word, sum);
  }
  return sums;
}

const lists: {
  [List in 'sources' | 'campaigns' | 'countries' | 'landings']: {
    wordOf(one: Visit): string | null;
    wordIn(row: Traffic[List][number]): string;
  };
} = {
  sources: { wordOf: (one) => one.source ?? '(direct)', wordIn: (row) => row.source },
  campaigns: {
    wordOf: (one) => (one.source && one.campaign ? `${one.source} ${one.campaign}` : null),
    wordIn: (row) => `${row.source} ${row.campaign}`,
  },
  countries: { wordOf: (one) => one.country || '-', wordIn: (row) => row.country ?? '-' },
  landings: { wordOf: (one) => one.path, wordIn: (row) => row.path },
};

describe.each(engines)('$name', ({ open, isSwift }) => {
  const openSites = async () => {
    const opened = await open();
    await opened.store.addSite('lumen.example', [], monday);
    await opened.store.addSite('other.example', [], monday);
    return opened;
  };

  test('any period beside any other, on one site or all, is what its visits are', async () => {
    await fc.assert(
      fc.asyncProperty(
        visits,
        range,
        range,
        fc.constantFrom(null, 1, 2),
        fc.integer({ min: 1, max: 5 }),
        async (all, now, then, siteId, inBatch) => {
          const { store } = await openSites();
          const drafts = all.flatMap(wishesOf).map(draft);
          // Not in order of time: what comes late counts for the day it was.
          for (let at = 0; at < drafts.length; at += inBatch)
            await store.append(drafts.slice(at, at + inBatch));
          expect(await store.verify()).toEqual([]);
          const periodOf = ([from, to]: readonly [number, number]) => ({
            from: first + from * day,
            to: first + (to + 1) * day,
          });
          const told = await store.traffic({
            siteId,
            period: periodOf(now),
            before: periodOf(then),
            rows: 100,
          });
          await store.close();

          const within = (days: readonly [number, number]) =>
            all.filter(
              (one) => one.day >= days[0] && one.day <= days[1] && (siteId === null || one.site === siteId),
            );
          for (const [name, { wordOf, wordIn }] of Object.entries(lists)) {
            const before = countedBy(within(then), wordOf);
            const expected = [...countedBy(within(now), wordOf)].map(([word, sum]) => ({
              word,
              ...sum,
              before: before.get(word) ?? { visits: 0, accountVisits: 0 },
            }));
            const rows = told[name as keyof typeof lists].map((row) => ({
              word: wordIn(row as never),
              visits: row.visits,
              accountVisits: row.accountVisits,
              before: row.before,
            }));
            const byWord = (a: { word: string }, b: { word: string }) => (a.word < b.word ? -1 : 1);
            expect(rows.toSorted(byWord), name).toEqual(expected.toSorted(byWord));
            const order = rows.map((row) => row.visits);
            expect(order, name).toEqual(order.toSorted((a, b) => b - a));
          }
          const byDay = countedBy(within(now), (one) => String(one.day));
          expect(told.days.map(({ day: number, ...sum }) => [number - first / day, sum])).toEqual(
            [...byDay].map(([word, sum]) => [Number(word), sum] as const).toSorted(([a], [b]) => a - b),
          );
          expect(told.sums).toMatchObject({
            visits: within(now).length,
            accountVisits: within(now).filter((one) => companyOf(one) !== null).length,
            accounts: new Set(within(now).map(companyOf).filter(Boolean)).size,
          });
          expect(told.sumsBefore).toMatchObject({ visits: within(then).length });
          // So few are told exactly, or nearly.
          const visitors = new Set(within(now).map((one) => `${one.site}/${one.visitor}`)).size;
          expect(Math.abs(told.sums.visitors - visitors)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: isSwift ? 60 : 5 },
    );
  });

  test('our own people are in no list, and are again when that is taken back', async () => {
    const { store } = await openSites();
    await store.append([
      draft({ company: 'Acme', arrival: {} }),
      draft({ visitor: 'visitor-2', company: 'Brand New', path: '/pricing' }),
    ]);
    const asked = { siteId: 1, period: { from: first, to: first + day }, before: null, rows: 10 };
    const { id } = await store.decide({ kind: 'own', accountId: 1, note: '' }, 'kim@lumen.example', monday);
    const without = await store.traffic(asked);
    expect(without.landings).toMatchObject([{ path: '/pricing', visits: 1, before: null }]);
    expect(without.sources).toMatchObject([{ source: '(direct)', visits: 1, accountVisits: 1 }]);
    expect(without.days).toMatchObject([{ visits: 1, accountVisits: 1 }]);
    await store.undo(id, 'kim@lumen.example', monday);
    const again = await store.traffic(asked);
    expect(again.landings.map(({ path }) => path)).toEqual(['/', '/pricing']);
    expect(await store.verify()).toEqual([]);
    await store.rebuild();
    expect(await store.traffic(asked)).toEqual(again);
    await store.close();
  });

  test('a visit that turns out to be a company’s is one in each list it was in', async () => {
    const { store } = await openSites();
    const asked = { siteId: null, period: { from: first, to: first + day }, before: null, rows: 10 };
    await store.append([draft({ arrival: { campaign: 'autumn' }, country: 'NO' })]);
    expect((await store.traffic(asked)).campaigns).toMatchObject([{ visits: 1, accountVisits: 0 }]);
    await store.append([draft({ email: 'kim@harbour-tools.com', at: monday + minute })]);
    const { campaigns, countries, sources, landings } = await store.traffic(asked);
    for (const list of [campaigns, countries, sources, landings])
      expect(list).toMatchObject([{ visits: 1, accountVisits: 1 }]);
    await store.close();
  });

  test('a browser that comes every day is one visitor, and a page that was left is nobody’s visit', async () => {
    const { store } = await openSites();
    const days = [0, 1, 2, 40];
    for (const number of days) await store.append([draft({ at: monday + number * day })]);
    await store.append([
      draft({ visitor: 'visitor-2', at: monday + day }),
      draft({
        visitor: 'visitor-3',
        at: monday,
        type: 'leave',
        detail: { leave: { seconds: 9, scroll: 9 } },
      }),
    ]);
    const ask = (from: number, to: number) =>
      store.traffic({
        siteId: null,
        period: { from: first + from * day, to: first + to * day },
        before: { from: first + 3 * day, to: first + 4 * day },
        rows: 1,
      });
    expect((await ask(0, 41)).sums.visitors).toBe(2);
    expect((await ask(0, 1)).sums.visitors).toBe(1);
    expect((await ask(0, 1)).sumsBefore?.visitors).toBe(0);
    expect(await store.verify()).toEqual([]);
    await store.rebuild();
    expect((await ask(0, 41)).sums.visitors).toBe(2);
    await store.close();
  });

  test('no more rows than asked for, and nothing where there is nothing', async () => {
    const { store } = await openSites();
    const asked = { siteId: null, period: { from: 0, to: first + day }, before: null, rows: 2 };
    expect(await store.traffic(asked)).toMatchObject({ firstDay: null, days: [], landings: [], sources: [] });
    await store.append(
      ['/a', '/b', '/c'].map((path, index) => draft({ path, visitor: `visitor-${index}` }, index)),
    );
    const { landings, firstDay } = await store.traffic(asked);
    expect(landings).toHaveLength(2);
    expect(firstDay).toBe(first / day);
    const tenThousandYears = { from: -6e13, to: 2.5e14 };
    expect(
      await store.traffic({ ...asked, period: tenThousandYears, before: tenThousandYears }),
    ).toMatchObject({ sums: { visits: 3 } });
    await store.close();
  });
});
