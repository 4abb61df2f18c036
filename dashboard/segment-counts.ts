/**
 * How many companies each kept segment has, and who is new in it, for the rail beside the list: counted beside the pages
 * and remembered for a while, so that no list waits for a number.
 *
 * What it costs: a segment costs what its text costs, as on its own page. With ten thousand accounts and thirty
 * segments of usual texts (pages, visits, countries, traits, several joined) the thirty took 0.8 s of one reader’s thread
 * together, the slowest of them 0.06 s. They are counted one after the other in the whole server, so at least one reader
 * is free for lists, and each for its user at most once a minute and for at most a twentieth of the time.
 */
import { readSegment } from '../collector/segment/index.ts';
import type { Names } from '../collector/segment/names.ts';
import type { SavedSegment, SegmentNews } from '../collector/store/segments.ts';
import type { Store } from '../collector/store/store.ts';
import { dayNumber } from '../collector/time.ts';

type Kept = Pick<SavedSegment, 'id' | 'expression'>;

export interface CountedSegments {
  /** By the segment's number; what was never counted is left out. */
  news: ReadonlyMap<number, SegmentNews>;
  /** False: some number is missing or old, and is being counted. */
  isFresh: boolean;
}

export interface SegmentCounts {
  /** What is known now. It waits for nothing; what is missing or old is counted for the next who asks. */
  known(user: string, segments: readonly Kept[]): CountedSegments;
  /** The same, once everything is counted that can be. */
  counted(user: string, segments: readonly Kept[]): Promise<CountedSegments>;
  /** Somebody looks at a segment: nobody in it is new to them. */
  saw(user: string, segment: Kept, total: number): void;
}

interface Remembered {
  expression: string;
  /** Null: it could not be counted. */
  news: SegmentNews | null;
  at: number;
  /** How long it holds, in milliseconds. */
  holdsMs: number;
}

const leastHoldsMs = 60_000;
/** What took long is asked seldom: at most this part of the time goes into one number. */
const partOfTime = 20;
const maxRemembered = 5_000;
/** Counts that wait; the others are asked for by whoever looks next. */
const maxWaiting = 200;

export function createSegmentCounts(options: {
  store: Pick<Store, 'knownNames' | 'segmentNews' | 'whileWanted'>;
  now: () => number;
}): SegmentCounts {
  const { store, now } = options;
  const remembered = new Map<string, Remembered>();
  const waiting = new Map<string, Promise<void>>();
  const seenMeanwhile = new Set<string>();
  // Whoever asked first may be gone while others still look: counting is nobody's request.
  const { signal } = new AbortController();
  let last: Promise<void> = Promise.resolve();
  let names: Promise<Names> | null = null;

  const keyOf = (user: string, id: number) => `${id} ${user}`;

  function put(key: string, found: Remembered): void {
    remembered.delete(key);
    remembered.set(key, found);
    const [oldest] = remembered.keys();
    if (remembered.size > maxRemembered && oldest !== undefined) remembered.delete(oldest);
  }

  const holds = ({ expression, at, holdsMs }: Remembered, segment: Kept) =>
    expression === segment.expression && now() - at < holdsMs && dayNumber(at) === dayNumber(now());

  async function count(key: string, user: string, { id, expression }: Kept): Promise<void> {
    const at = now();
    const began = performance.now();
    names ??= store.knownNames();
    const read = readSegment(expression, await names);
    const news =
      read.problem === null ? await store.segmentNews({ segment: read.segment, now: at }, id, user) : null;
    const holdsMs = Math.max(leastHoldsMs, partOfTime * (performance.now() - began));
    const isSeen = seenMeanwhile.has(key);
    put(key, { expression, news: news && (isSeen ? { ...news, unseen: 0 } : news), at, holdsMs });
  }

  function begin(user: string, segment: Kept): Promise<void> {
    const key = keyOf(user, segment.id);
    const begun = waiting.get(key);
    if (begun !== undefined || waiting.size >= maxWaiting) return begun ?? last;
    seenMeanwhile.delete(key);
    const done = last
      .then(() => store.whileWanted(signal, () => count(key, user, segment)))
      // Given up, or the store is closing: no number is shown, and who asks after a while tries again.
      .catch(() => put(key, { expression: segment.expression, news: null, at: now(), holdsMs: leastHoldsMs }))
      .finally(() => {
        waiting.delete(key);
        if (waiting.size === 0) names = null;
      });
    waiting.set(key, done);
    last = done;
    return done;
  }

  function told(user: string, segments: readonly Kept[]) {
    const news = new Map<number, SegmentNews>();
    const missing: Kept[] = [];
    for (const segment of segments) {
      const found = remembered.get(keyOf(user, segment.id));
      if (found?.news && found.expression === segment.expression) news.set(segment.id, found.news);
      if (found === undefined || !holds(found, segment)) missing.push(segment);
    }
    return { news, missing };
  }

  return {
    known(user, segments) {
      const { news, missing } = told(user, segments);
      for (const segment of missing) void begin(user, segment);
      return { news, isFresh: missing.length === 0 };
    },
    async counted(user, segments) {
      await Promise.all(told(user, segments).missing.map((segment) => begin(user, segment)));
      const { news, missing } = told(user, segments);
      return { news, isFresh: missing.length === 0 };
    },
    saw(user, { id, expression }, total) {
      const key = keyOf(user, id);
      seenMeanwhile.add(key);
      if (seenMeanwhile.size > maxRemembered) seenMeanwhile.clear();
      put(key, { expression, news: { total, unseen: 0 }, at: now(), holdsMs: leastHoldsMs });
    },
  };
}
