/** Events as they are taken away: each once, in order of arrival, in bounded parts. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RawEvent, RawEventQuery } from '../../../collector/store/raw-event.ts';
import type { Store } from '../../../collector/store/store.ts';
import { day, draft, hour, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const all: RawEventQuery = { siteId: null, from: 0, to: monday + 400 * day, after: 0, limit: 50 };

describe.each(engines)('$name', ({ open }) => {
  let store: Store;
  beforeEach(async () => {
    ({ store } = await open(() => monday));
    await store.addSite('lumen.example', [], monday);
    await store.addSite('other.example', [], monday);
  });
  afterEach(() => store.close());

  async function everyEvent(query: Partial<RawEventQuery>): Promise<{ events: RawEvent[]; calls: number }> {
    const events: RawEvent[] = [];
    let calls = 0;
    for (let after: number | null = query.after ?? 0; after !== null; ) {
      const page = await store.rawEvents({ ...all, ...query, after });
      calls += 1;
      events.push(...page.events);
      after = page.next;
    }
    return { events, calls };
  }

  test('an event has its facts, its visit and whose it is, and no key of an address', async () => {
    await store.append([
      draft({
        visitor: 'a',
        company: 'Acme',
        title: 'Pricing',
        path: '/pricing',
        arrival: {},
        address: 987_654,
      }),
      draft({ visitor: 'a', at: monday + hour / 4, email: 'kim@acme.com', address: 987_654 }),
    ]);
    const { events } = await everyEvent({});
    expect(events).toMatchObject([
      {
        type: 'page',
        at: monday,
        path: '/pricing',
        title: 'Pricing',
        arrival: { channel: 'Organic Search' },
        agent: { browser: 'Firefox' },
        network: { prefix: '192.0.2.0/24', name: 'Acme', tier: 'account' },
      },
      { type: 'identify', person: 'kim@acme.com', detail: { identify: { email: 'kim@acme.com' } } },
    ]);
    expect(new Set(events.map(({ visitId }) => visitId)).size).toBe(1);
    expect(events[0]?.visitId).not.toBeNull();
    expect(JSON.stringify(events)).not.toContain('987654');
  });

  test('every event comes once, however small the parts, and a site and a period are kept to', async () => {
    await store.append(
      Array.from({ length: 230 }, (_, number) =>
        draft({ visitor: `v-${number % 9}`, site: 1 + (number % 2), at: monday + number * hour }, number),
      ),
    );
    const { events, calls } = await everyEvent({ limit: 7 });
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 230 }, (_, index) => index + 1));
    expect(calls).toBeGreaterThan(30);
    const narrow = await everyEvent({ siteId: 2, from: monday + 10 * hour, to: monday + 20 * hour });
    expect(narrow.events.map(({ at }) => (at - monday) / hour)).toEqual([11, 13, 15, 17, 19]);
    expect(narrow.events.every(({ siteId }) => siteId === 2)).toBe(true);
  });

  test('a period in which nothing happened is passed in bounded steps, and what comes later is found from there', async () => {
    await store.append(
      Array.from({ length: 9_000 }, (_, number) =>
        draft({ visitor: `v-${number % 50}`, at: monday + number }, number),
      ),
    );
    const { events, calls } = await everyEvent({ from: monday + day });
    expect(events).toEqual([]);
    expect(calls).toBe(3);
    await store.append([draft({ visitor: 'late', at: monday + 2 * day })]);
    expect((await everyEvent({ from: monday + day, after: 9_000 })).events).toHaveLength(1);
  });
});
