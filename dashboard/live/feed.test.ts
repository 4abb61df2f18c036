import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveEvent, LiveQuery } from '../../collector/store/live.ts';
import { ReadGivenUp } from '../../collector/store/store.ts';
import { createLiveFeed, type LiveFeed, liveMs, type Moment, type Viewer } from './feed.ts';

const start = Date.UTC(2026, 5, 1, 9);

let now: number;
let stored: LiveEvent[];
let asked: LiveQuery[];
let trouble: Error | null;
let feed: LiveFeed;

const event = (id: number, at = now) => ({ id, at }) as LiveEvent;

beforeEach(() => {
  vi.useFakeTimers();
  now = start;
  stored = [];
  asked = [];
  trouble = null;
  feed = createLiveFeed({
    now: () => now,
    limits: { everyMs: 1_000, beatMs: 15_000, maxViewers: 3 },
    store: {
      whileWanted: (_signal, ask) => ask(),
      async liveEvents(query) {
        asked.push(query);
        if (trouble) throw trouble;
        const { afterId, since, limit } = query;
        const found = stored.filter(({ id, at }) => id > (afterId ?? 0) && at >= since).toReversed();
        return { events: found.slice(0, limit), lastId: stored.at(-1)?.id ?? 0 };
      },
    },
  });
});
afterEach(() => {
  feed.close();
  vi.useRealTimers();
});

function viewer(): Viewer & { told: Moment[]; beats: number; hasEnded: boolean } {
  return {
    told: [],
    beats: 0,
    hasEnded: false,
    moment(moment) {
      this.told.push(moment);
    },
    beat() {
      this.beats += 1;
    },
    end() {
      this.hasEnded = true;
    },
  };
}

const pass = async (ms: number) => {
  now += ms;
  await vi.advanceTimersByTimeAsync(ms);
};
const idsOf = (events: readonly LiveEvent[] = []) => events.map(({ id }) => id);

describe('the live feed', () => {
  test('asks nothing while nobody watches', async () => {
    await pass(60_000);
    expect(asked).toEqual([]);
  });

  test('asks once for all who watch, and tells each what is new', async () => {
    stored.push(event(1));
    const [one, other] = [viewer(), viewer()];
    feed.watch(one);
    feed.watch(other);
    await pass(0);
    expect(asked).toHaveLength(1);
    expect(idsOf(one.told[0]?.events)).toEqual([1]);
    stored.push(event(2), event(3));
    await pass(1_000);
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({ afterId: 1 });
    for (const { told } of [one, other]) {
      expect(idsOf(told[1]?.fresh)).toEqual([3, 2]);
      expect(idsOf(told[1]?.events)).toEqual([3, 2, 1]);
    }
  });

  test('tells who comes later at once, without asking again', async () => {
    stored.push(event(1));
    feed.watch(viewer());
    await pass(0);
    const late = viewer();
    feed.watch(late);
    expect(idsOf(late.told[0]?.events)).toEqual([1]);
    expect(late.told[0]?.fresh).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test('says nothing where nothing is new, but that a minute has turned', async () => {
    const one = viewer();
    feed.watch(one);
    await pass(0);
    for (let second = 0; second < 59; second++) await pass(1_000);
    expect(one.told).toHaveLength(1);
    await pass(1_000);
    expect(one.told).toHaveLength(2);
    expect(one.beats).toBe(4);
  });

  test('forgets what is over half an hour old', async () => {
    stored.push(event(1));
    const one = viewer();
    feed.watch(one);
    await pass(0);
    now += liveMs + 1;
    stored.push(event(2));
    await pass(1_000);
    expect(idsOf(one.told.at(-1)?.events)).toEqual([2]);
  });

  test('stops when the last has left, and begins anew with the next', async () => {
    const leave = feed.watch(viewer());
    await pass(0);
    leave?.();
    await pass(10_000);
    const before = asked.length;
    await pass(10_000);
    expect(asked).toHaveLength(before);
    stored.push(event(1));
    const next = viewer();
    feed.watch(next);
    await pass(0);
    expect(asked.at(-1)).toMatchObject({ afterId: null });
    expect(idsOf(next.told[0]?.events)).toEqual([1]);
  });

  test('whoever leaves while another comes does not stop the other’s', async () => {
    const leave = feed.watch(viewer());
    await pass(0);
    leave?.();
    const next = viewer();
    feed.watch(next);
    stored.push(event(1));
    await pass(1_000);
    expect(idsOf(next.told.at(-1)?.events)).toEqual([1]);
  });

  test('has room for so many and no more; who leaves makes room', () => {
    const leave = feed.watch(viewer());
    feed.watch(viewer());
    feed.watch(viewer());
    expect(feed.watch(viewer())).toBeNull();
    leave?.();
    expect(feed.watch(viewer())).not.toBeNull();
  });

  test('a store that is busy is asked again, and what came meanwhile is told', async () => {
    const one = viewer();
    feed.watch(one);
    await pass(0);
    trouble = new ReadGivenUp('busy', 'too much is asked');
    stored.push(event(1));
    await pass(1_000);
    expect(one.told).toHaveLength(1);
    trouble = null;
    await pass(1_000);
    expect(idsOf(one.told.at(-1)?.fresh)).toEqual([1]);
  });

  test('closing ends everybody’s, and lets nobody in', async () => {
    const one = viewer();
    feed.watch(one);
    feed.close();
    expect(one.hasEnded).toBe(true);
    expect(feed.watch(viewer())).toBeNull();
    await pass(10_000);
    expect(asked).toEqual([]);
  });

  test('a page alone is answered by one question, or from memory while somebody watches', async () => {
    stored.push(event(1));
    expect(idsOf((await feed.now()).events)).toEqual([1]);
    feed.watch(viewer());
    await pass(0);
    await feed.now();
    expect(asked).toHaveLength(2);
  });
});
