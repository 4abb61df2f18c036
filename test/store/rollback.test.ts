/** A transaction that fails at its end leaves nothing behind, in memory neither. */
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { draft, monday } from '../support/drafts.ts';
import { openOnDisk } from '../support/stores.ts';

test('numbers that a failed transaction gave out are not remembered for what gets them next', async () => {
  const { store, path } = await openOnDisk();
  await store.addSite('lumen.example', [], monday);
  await store.append([draft({ visitor: 'visitor-0', company: 'Acme' })]);
  const beside = new Sqlite(path);
  // Only after the sums have been worked out: that somebody of an account viewed this page is counted last.
  beside.exec(
    `create trigger fails before insert on activity begin select raise(abort, 'the disk is full'); end`,
  );
  const failing = draft({
    visitor: 'visitor-1',
    company: 'Acme',
    path: '/new',
    country: 'NO',
    address: 71,
    arrival: { source: 'newsletter', campaign: 'autumn' },
  });
  await expect(store.append([failing])).rejects.toThrow('the disk is full');
  beside.exec('drop trigger fails');
  beside.close();
  await store.append([
    draft({ visitor: 'visitor-2', path: '/other', country: 'SE', address: 72, arrival: { source: 'bing' } }),
  ]);
  expect(await store.verify()).toEqual([]);
  const { sources, countries } = await store.traffic({
    siteId: null,
    period: { from: monday, to: monday + 1 },
    before: null,
    rows: 9,
  });
  expect(sources.map(({ source }) => source).toSorted()).toEqual(['(direct)', 'bing']);
  expect(countries.map(({ country }) => country).toSorted()).toEqual(['DE', 'SE']);
  await store.close();
});
