/** Reading in threads, as a server on a file does. */
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import type { OpenStore } from '../../collector/store/sqlite/index.ts';
import { openReadOnly } from '../../collector/store/sqlite/open.ts';
import { openReads } from '../../collector/store/sqlite/reads.ts';
import { answerWanted } from '../../collector/store/sqlite/wanted.ts';
import { ReadGivenUp } from '../../collector/store/store.ts';
import type { ThreadLimits } from '../../collector/store/thread-pool.ts';
import { day, draft, monday } from '../support/drafts.ts';
import { multiplySessions } from '../support/many-sessions.ts';
import { openOnDisk } from '../support/stores.ts';

const all = {
  siteId: null,
  period: { from: 0, to: monday + 365 * day },
  search: '',
  sort: 'last',
  descending: true,
  offset: 0,
  limit: 50,
} as const;
/** Of these accounts' visits, those of one day. */
const firstDay = { ...all, period: { from: 0, to: monday + 1 } } as const;
const everybody = { ...all, group: 'providers' } as const;

let opened: OpenStore & { path: string };
afterEach(() => opened.store.close());

/** A file whose lists take a while. */
async function openLarge(limits: Partial<ThreadLimits>) {
  opened = await openOnDisk({
    readers: {
      limits,
      onLost: (error) => {
        throw error;
      },
    },
  });
  await opened.store.addSite('lumen.example', [], monday);
  await opened.store.append(
    Array.from({ length: 40 }, (_, number) => {
      const company = number % 2 ? `Company ${number % 20}` : null;
      const at = number < 20 ? monday : monday + day;
      return draft({ visitor: `visitor-${number % 20}`, company, at }, number);
    }),
  );
  const other = new Sqlite(opened.path);
  multiplySessions(other, 100_000);
  other.close();
  return opened.store;
}

test('a list that takes too long is given up, and the same thread answers the next page', async () => {
  const store = await openLarge({ threads: 1, more: { accounts: 1 }, graceMs: 60_000 });
  const error = await store.accounts({ ...all, sort: 'people' }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ReadGivenUp);
  expect(error).toMatchObject({ why: 'too-long' });
  expect((await store.overview(null, all.period)).accounts).toBe(10);
});

describe('a statement that walks many visits', () => {
  const asked = {
    'the accounts list': (reads) => reads.accounts(all),
    'the accounts list by people': (reads) => reads.accounts({ ...all, sort: 'people' }),
    'the order of an export': (reads) => reads.accountOrder({ ...firstDay, sort: 'people' }),
    'a part of an export': (reads) => reads.accountsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], all),
    'an account': (reads) => reads.account(1, null, monday),
    'its browsers': (reads) => reads.lanes(1, null),
    'its networks': (reads) => reads.accountNetworks(1),
  } satisfies Record<string, (reads: ReturnType<typeof openReads>) => Promise<unknown>>;

  test('ends in its middle when nobody waits for it', async () => {
    await openLarge({ threads: 1 });
    const file = openReadOnly(opened.path);
    let looks = 0;
    answerWanted(file, () => {
      looks += 1;
      if (looks === 3) throw new Error('nobody waits for this any more');
    });
    const reads = openReads(file);
    try {
      for (const [name, ask] of Object.entries(asked)) {
        looks = 0;
        await expect(ask(reads), name).rejects.toThrow('nobody waits for this any more');
        // Where somebody does, it looks and goes on.
        looks = 4;
        await expect(ask(reads), name).resolves.toBeDefined();
      }
    } finally {
      file.close();
    }
  });
});

test('a reader cannot write, whatever it is asked', async () => {
  opened = await openOnDisk();
  const file = openReadOnly(opened.path);
  expect(() => file.exec(`delete from setting`)).toThrow('readonly');
  file.pragma('query_only = off');
  expect(() => file.exec(`delete from setting`)).toThrow('readonly');
  file.close();
  expect(await opened.store.setting('opened_by')).not.toBeNull();
});

test('an export of many accounts holds no old state of the file while it is written', async () => {
  opened = await openOnDisk();
  const { store } = opened;
  await store.addSite('lumen.example', [], monday);
  const visit = (number: number) =>
    draft({ visitor: `visitor-${number}`, company: `Company ${number}`, at: monday + number }, number);
  await store.append(Array.from({ length: 450 }, (_, number) => visit(number)));
  const other = new Sqlite(opened.path);
  let rows = 0;
  for await (const _ of store.eachAccount(all)) {
    rows += 1;
    // Between two rows of one part and of two: everything can be moved out of the log of writes.
    if (rows === 100 || rows === 200) {
      await store.append([visit(1_000 + rows)]);
      const [state] = other.pragma('wal_checkpoint(truncate)') as { busy: number; log: number }[];
      expect(state).toMatchObject({ busy: 0, log: 0 });
    }
  }
  other.close();
  expect(rows).toBe(450);
});

test('closing waits for reads under way, and takes no more', async () => {
  const store = await openLarge({ threads: 2, closeMs: 60_000 });
  const reading = Promise.all([
    store.networks(everybody),
    store.accounts(all),
    store.overview(null, all.period),
  ]);
  await opened.store.close();
  expect((await reading)[1].total).toBe(10);
  await expect(store.accounts(all)).rejects.toMatchObject({ why: 'busy' });
});
