/** What every engine must say of the newest events: whose visits they are of, and nothing that is old. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, hour, minute, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name', ({ open }) => {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(() => store.close());

  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  const ask = (afterId: number | null = null, limit = 100) =>
    store.liveEvents({ afterId, since: monday, limit });

  test('a visit’s events are told with its company, its start and who it is, the newest first', async () => {
    await append(
      { company: 'Acme', at: monday - 5 * minute, path: '/early' },
      { company: 'Acme', at: monday + minute, path: '/pricing', title: 'Pricing' },
      { visitor: 'visitor-2', at: monday + 2 * minute, path: '/docs' },
    );
    const { events } = await ask();
    expect(events).toMatchObject([
      { path: '/docs', account: null, type: 'page', isOwn: false, visitAt: monday + 2 * minute },
      { path: '/pricing', title: 'Pricing', account: { name: 'Acme' }, visitAt: monday - 5 * minute },
    ]);
    expect(new Set(events.map(({ who }) => who)).size).toBe(2);
    expect(new Set(events.map(({ visitId }) => visitId)).size).toBe(2);
  });

  test('what came since is told once, and an import of last year not at all', async () => {
    await append({ company: 'Acme', at: monday + minute });
    const { lastId } = await ask();
    expect(await ask(lastId)).toEqual({ events: [], lastId });
    await append(
      { company: 'Acme', at: monday + 2 * minute, path: '/new' },
      { visitor: 'visitor-2', company: 'Brand New', at: monday - 300 * day },
    );
    const next = await ask(lastId);
    expect(next.events.map(({ path }) => path)).toEqual(['/new']);
    expect((await ask(next.lastId)).events).toEqual([]);
  });

  test('no more than asked for; a page that was left is no event of its own', async () => {
    await append(
      { at: monday + minute },
      { at: monday + 2 * minute },
      { at: monday + 3 * minute, type: 'leave', detail: { leave: { seconds: 9, scroll: 9 } } },
    );
    expect((await ask(null, 1)).events.map(({ at }) => at)).toEqual([monday + 2 * minute]);
    expect((await ask()).events).toHaveLength(2);
  });

  test('a visit that turned out to be a person’s is theirs; our own people are marked', async () => {
    await append({ company: 'Acme', at: monday }, { visitor: 'visitor-2', at: monday });
    await append({ visitor: 'visitor-2', at: monday + minute, email: 'kim@harbour-tools.com' });
    await store.decide({ kind: 'own', accountId: 1, note: '' }, 'kim@lumen.example', monday);
    const { events } = await ask();
    expect(events).toMatchObject([
      { type: 'identify', account: { name: expect.stringMatching(/harbour/i) }, isOwn: false },
      { type: 'page', account: { name: expect.stringMatching(/harbour/i) }, isOwn: false },
      { type: 'page', account: null, isOwn: true },
    ]);
    expect(events[0]?.who).toBe(events[1]?.who);
    expect(events[0]?.who).toBeGreaterThan(0);
  });

  test('an event belongs to the visit it was in, not to the visitor’s latest', async () => {
    await append({ at: monday, company: 'Acme' }, { at: monday + 2 * hour });
    expect((await ask()).events.map(({ account }) => account?.name ?? null)).toEqual([null, 'Acme']);
  });

  test('an empty store has nothing to tell', async () => {
    expect(await ask()).toEqual({ events: [], lastId: 0 });
  });
});
