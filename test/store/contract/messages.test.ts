/** What every engine must do with an event that comes again: know it, and take no other for it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpenStore } from '../../../collector/store/sqlite/index.ts';
import type { Tables } from '../../../collector/store/sqlite/tables.ts';
import type { Store } from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name', ({ open }) => {
  let opened: OpenStore;
  let store: Store;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
    await store.addSite('lumen.example', [], monday);
    await store.addSite('other.example', [], monday);
  });
  afterEach(async () => {
    expect(await store.verify()).toEqual([]);
    await store.close();
  });

  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  /** A call of the site's own server. */
  const call = (visitor: string, more: DraftWish = {}): DraftWish => ({
    key: 'message-1',
    isKeyOfSite: true,
    via: 'server',
    visitor,
    ...more,
  });
  const kept = async () =>
    (
      await opened.database.db
        .withTables<Pick<Tables, 'recent_message'>>()
        .selectFrom('recent_message')
        .selectAll()
        .execute()
    ).length;

  test('a call that comes again is one event, although its visitor is another by now', async () => {
    expect(await append(call('visitor-1'), call('visitor-2'))).toEqual(['stored', 'duplicate']);
    expect(await append(call('visitor-3'), call('visitor-1'))).toEqual(['duplicate', 'duplicate']);
    expect((await store.health()).events).toBe(1);
  });

  test('two sites may use one id', async () => {
    expect(await append(call('visitor-1'), call('visitor-1', { site: 2 }))).toEqual(['stored', 'stored']);
    expect(await append(call('visitor-2'), call('visitor-2', { site: 2 }))).toEqual([
      'duplicate',
      'duplicate',
    ]);
  });

  test('a browser’s own ids are its own: another’s hide none of them', async () => {
    const event = { key: 'message-1' };
    expect(await append({ ...event, visitor: 'visitor-1' }, { ...event, visitor: 'visitor-2' })).toEqual([
      'stored',
      'stored',
    ]);
    // It never said that this id is the site's.
    expect(await append(call('visitor-3'))).toEqual(['stored']);
    expect(await append({ ...event, visitor: 'visitor-4' })).toEqual(['stored']);
  });

  test('an id is known for eight days, over the turn of any of them; of the same visitor for ever', async () => {
    for (let start = 0; start < 9; start += 1) {
      const key = `message-of-day-${start}`;
      const at = monday + start * day;
      expect(await append(call('visitor-1', { key, at }))).toEqual(['stored']);
      expect(await append(call('visitor-2', { key, at: at + 8 * day }))).toEqual(['duplicate']);
    }
    expect(await append(call('visitor-1', { key: 'message-of-day-0', at: monday + 400 * day }))).toEqual([
      'duplicate',
    ]);
    expect(await append(call('visitor-2', { key: 'message-of-day-0', at: monday + 800 * day }))).toEqual([
      'stored',
    ]);
  });

  test('when an event happened does not matter, only when it came', async () => {
    const history = { at: monday - 1000 * day };
    expect(await append(call('visitor-1', { ...history, receivedAt: monday }))).toEqual(['stored']);
    expect(await append(call('visitor-2', { ...history, receivedAt: monday + day }))).toEqual(['duplicate']);
  });

  test('ids of long ago are let go of, a few at a time', async () => {
    const many = (from: number, at: number) =>
      append(
        ...Array.from({ length: 1_000 }, (_, number) =>
          call('visitor-1', { key: `message-${from + number}`, at }),
        ),
      );
    for (let from = 0; from < 5_000; from += 1_000) await many(from, monday);
    expect(await kept()).toBe(5_000);
    await append(call('visitor-1', { key: 'message-later', at: monday + 100 * day }));
    expect(await kept()).toBeGreaterThan(4_000);
    for (let number = 0; number < 60; number += 1)
      await append(call('visitor-1', { key: `message-later-${number}`, at: monday + 100 * day }));
    expect(await kept()).toBe(61);
  });

  test('what was refused with its batch is not remembered', async () => {
    const bad = draft(call('visitor-1', { key: 'bad-event' }));
    Object.assign(bad.draft, { at: 'never' });
    await expect(store.append([draft(call('visitor-1')), bad])).rejects.toThrow();
    expect(await kept()).toBe(0);
    expect(await append(call('visitor-2'))).toEqual(['stored']);
  });
});
