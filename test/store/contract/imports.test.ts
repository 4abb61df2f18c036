/** What imports tell, beside visits, decisions and each other, in whatever order they come and go. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OpenStore } from '../../../collector/store/sqlite/index.ts';
import { contact, day, draft, hour, minute, monday, touchpoint } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const who = 'kim@example.com';
const file = { fileName: 'file.csv', siteId: 1, mapping: {} };
const nothingYet = { read: 0, stored: 0, duplicates: 0, dropped: {} };
const later = monday + 100 * day;

describe.each(engines)('$name', ({ open, isSwift }) => {
  let opened: OpenStore;
  beforeEach(async () => {
    opened = await open();
    await opened.store.addSite('lumen.example', [], monday);
    return () => opened.store.close();
  });

  test('an import that is under way is not undone; one that was silent for a minute is', async () => {
    const { store } = opened;
    const id = await store.beginImport({ ...file, kind: 'touchpoints' }, who, later);
    await expect(store.undoImport(id, who, later + 1_000)).rejects.toThrow('still under way');
    await store.noteImport(id, { ...nothingYet, read: 9 }, later + 50_000);
    await expect(store.undoImport(id, who, later + 100_000)).rejects.toThrow('still under way');
    expect(await store.undoImport(id, who, later + 120_000)).toMatchObject({ read: 9, undoneBy: who });
  });

  test('one that has ended, or failed, is undone at once, and remembers why', async () => {
    const { store } = opened;
    const id = await store.beginImport({ ...file, kind: 'contacts' }, who, later);
    await store.noteImport(id, nothingYet, later, { sha256: null, problem: 'the disk is full' });
    expect(await store.undoImport(id, who, later)).toMatchObject({
      problem: 'the disk is full',
      endedAt: later,
    });
  });

  test('a file is known again by its content while it is in force', async () => {
    const { store } = opened;
    const id = await store.beginImport({ ...file, kind: 'contacts' }, who, later);
    await store.noteImport(id, nothingYet, later, { sha256: 'abc', problem: null });
    expect(await store.importOfFile('contacts', 'abc')).toMatchObject({ id });
    expect(await store.importOfFile('profiles', 'abc')).toBeNull();
    await store.undoImport(id, who, later);
    expect(await store.importOfFile('contacts', 'abc')).toBeNull();
  });

  test('people of an account that was merged into another are the other’s', async () => {
    const { store } = opened;
    const id = await store.beginImport({ ...file, kind: 'contacts' }, who, later);
    const company = { name: 'Mill', domain: 'mill-works.com' };
    await store.importContacts([contact({ name: 'Kim' }), contact({ name: 'Lee', company })], later, id);
    const [harbour, mill] = [
      (await store.findAccounts('harbour', 1))[0],
      (await store.findAccounts('mill', 1))[0],
    ];
    await store.decide(
      { kind: 'merge', accountId: mill?.id ?? 0, targetId: harbour?.id ?? 0, note: '' },
      who,
      later,
    );
    expect((await store.people(harbour?.id ?? 0)).map(({ name }) => name)).toEqual(['Kim', 'Lee']);
    expect(await store.importedAccounts(id, 9)).toMatchObject([{ id: harbour?.id, rows: 2 }]);
  });

  test('a touchpoint stays its company’s when the one before it is undone', async () => {
    const { store } = opened;
    const [first, second] = [
      await store.beginImport({ ...file, kind: 'touchpoints' }, who, monday),
      await store.beginImport({ ...file, kind: 'touchpoints' }, who, monday),
    ];
    await store.append([touchpoint({ importId: first, company: 'Mill' })]);
    await store.append([touchpoint({ importId: second, company: 'Mill', at: monday + hour })]);
    await store.undoImport(first, who, later);
    const [mill] = await store.findAccounts('mill', 1);
    const query = { accountId: mill?.id ?? 0, siteId: null, visitorId: null, before: null, limit: 9 };
    expect((await store.journey(query)).sessions).toMatchObject([{ startedAt: monday + hour }]);
    expect(await store.importedAccounts(second, 9)).toMatchObject([{ name: 'Mill', rows: 1 }]);
    expect(await store.verify()).toEqual([]);
  });

  const step = fc.oneof(
    fc.record({
      does: fc.constant('visit' as const),
      visitor: fc.integer({ min: 0, max: 2 }),
      hours: fc.integer({ min: 0, max: 200 }),
      email: fc.constantFrom(undefined, 'kim@harbour-tools.com', 'lee@mill-works.com'),
    }),
    fc.record({
      does: fc.constant('import' as const),
      into: fc.integer({ min: 0, max: 2 }),
      // Close enough for some to be one session, and for one in the middle to part them when it goes.
      quarters: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 8 }),
      email: fc.constantFrom(undefined, 'kim@harbour-tools.com', 'lee@mill-works.com'),
    }),
    fc.record({ does: fc.constant('undo' as const), which: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ does: fc.constant('never' as const), which: fc.integer({ min: 1, max: 2 }) }),
  );

  test('whatever comes and goes, what is kept equals what the events say, and visits are those of the site alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { store } = await open();
        const alone = await open();
        try {
          for (const one of [store, alone.store]) await one.addSite('lumen.example', [], monday);
          const imports = [0, 0, 0];
          for (const [number, one] of steps.entries()) {
            if (one.does === 'visit') {
              const { visitor, hours, email } = one;
              const at = monday + hours * hour;
              const made = draft({ visitor: `visitor-${visitor}`, at, ...(email && { email }) }, number);
              for (const each of [store, alone.store]) await each.append([made]);
            } else if (one.does === 'import') {
              const { into, quarters, email } = one;
              imports[into] ||= await store.beginImport({ ...file, kind: 'touchpoints' }, who, monday);
              const importId = imports[into] ?? 0;
              const calls = quarters.map((quarter) => ({ at: monday + quarter * 15 * minute, importId }));
              await store.append(calls.map((call) => touchpoint({ ...call, ...(email && { email }) })));
            } else if (one.does === 'undo') {
              const id = imports[one.which];
              if (id) await store.undoImport(id, who, later);
              imports[one.which] = 0;
            } else if ((await store.accountHome(one.which)) !== null) {
              await store
                .decide({ kind: 'never', accountId: one.which, note: '' }, who, later)
                .catch(() => undefined);
            }
          }
          expect(await store.verify()).toEqual([]);
          const period = { from: 0, to: later };
          const numbers = async (of: typeof store) => {
            const { visits, pages } = await of.overview(null, period);
            return { visits, pages };
          };
          expect(await numbers(store)).toEqual(await numbers(alone.store));
          for (const id of imports) if (id) await store.undoImport(id, who, later);
          expect(await store.verify()).toEqual([]);
          expect((await store.health()).events).toBe((await alone.store.health()).events);
        } finally {
          await store.close();
          await alone.store.close();
        }
      }),
      { numRuns: isSwift ? 60 : 2 },
    );
  }, 60_000);
});
