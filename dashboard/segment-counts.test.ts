import { expect, test } from 'vitest';
import type { SegmentNews } from '../collector/store/segments.ts';
import { createSegmentCounts } from './segment-counts.ts';

const minute = 60_000;
const names = { events: [], forms: [], traits: [] };

/** Counts that end when the test says so, on a clock that it moves. */
function counting() {
  let at = Date.UTC(2026, 10, 20, 12);
  const asked: { id: number; user: string; answer(news: SegmentNews | Error): void }[] = [];
  const counts = createSegmentCounts({
    store: {
      knownNames: async () => names,
      whileWanted: (_signal, ask) => ask(),
      segmentNews: (_asked, id, user) =>
        new Promise((resolve, reject) => {
          asked.push({
            id,
            user,
            answer: (news) => (news instanceof Error ? reject(news) : resolve(news)),
          });
        }),
    },
    now: () => at,
  });
  const wait = (ms: number) => {
    at += ms;
  };
  return { counts, asked, wait };
}

const one = { id: 1, expression: 'visits >= 1' };
const two = { id: 2, expression: 'visits >= 2' };
/** Everything that is due has run. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what was never counted is told as not known, at once, and known to the next who asks', async () => {
  const { counts, asked } = counting();
  expect(counts.known('kim', [one])).toEqual({ news: new Map(), isFresh: false });
  await turn();
  asked[0]?.answer({ total: 12, unseen: 3 });
  await turn();
  expect(counts.known('kim', [one])).toEqual({
    news: new Map([[1, { total: 12, unseen: 3 }]]),
    isFresh: true,
  });
  expect(counts.known('sam', [one]).isFresh).toBe(false);
});

test('one is counted at a time, and once, however many ask', async () => {
  const { counts, asked } = counting();
  const all = counts.counted('kim', [one, two]);
  counts.known('kim', [one, two]);
  await turn();
  expect(asked.map(({ id }) => id)).toEqual([1]);
  asked[0]?.answer({ total: 1, unseen: 0 });
  await turn();
  expect(asked.map(({ id }) => id)).toEqual([1, 2]);
  asked[1]?.answer({ total: 2, unseen: null });
  expect((await all).news.get(2)).toEqual({ total: 2, unseen: null });
  expect(asked).toHaveLength(2);
});

test('a number is shown while it is counted again, a minute later and not before', async () => {
  const { counts, asked, wait } = counting();
  counts.known('kim', [one]);
  await turn();
  asked[0]?.answer({ total: 5, unseen: 0 });
  await turn();
  wait(minute - 1);
  expect(counts.known('kim', [one]).isFresh).toBe(true);
  wait(1);
  expect(counts.known('kim', [one])).toEqual({
    news: new Map([[1, { total: 5, unseen: 0 }]]),
    isFresh: false,
  });
  await turn();
  expect(asked).toHaveLength(2);
});

test('of a text that was changed, the old number is not shown', async () => {
  const { counts, asked } = counting();
  counts.known('kim', [one]);
  await turn();
  asked[0]?.answer({ total: 5, unseen: 0 });
  await turn();
  expect(counts.known('kim', [{ ...one, expression: 'visits >= 9' }])).toEqual({
    news: new Map(),
    isFresh: false,
  });
});

test('who looks at a segment while it is counted finds nobody new in it', async () => {
  const { counts, asked } = counting();
  counts.known('kim', [one]);
  await turn();
  counts.saw('kim', one, 7);
  expect(counts.known('kim', [one]).news.get(1)).toEqual({ total: 7, unseen: 0 });
  asked[0]?.answer({ total: 7, unseen: 4 });
  await turn();
  expect(counts.known('kim', [one]).news.get(1)).toEqual({ total: 7, unseen: 0 });
});

test('what cannot be counted, or read, keeps none of the others from being counted', async () => {
  const { counts, asked, wait } = counting();
  const all = counts.counted('kim', [one, { id: 3, expression: 'visit >' }, two]);
  await turn();
  asked[0]?.answer(new Error('the disk is gone'));
  await turn();
  asked[1]?.answer({ total: 2, unseen: 0 });
  expect([...(await all).news.keys()]).toEqual([2]);
  // It is not asked for again and again either.
  expect(counts.known('kim', [one]).isFresh).toBe(true);
  wait(minute);
  expect(counts.known('kim', [one]).isFresh).toBe(false);
});
