import { describe, expect, test } from 'vitest';
import { type Committed, GroupCommit, type QueueLimits } from './group-commit.ts';
import { StoreBusy } from './store.ts';

/** A writer that says which items came together. */
function recording(fails: (items: readonly string[]) => boolean = () => false) {
  const groups: string[][] = [];
  const commits = new GroupCommit<string, string>((items) => {
    if (fails(items)) throw new Error(`cannot write ${items.join(' ')}`);
    groups.push([...items]);
    return items.map((item) => `stored ${item}`);
  });
  return { commits, groups };
}

describe('group commit', () => {
  test('those who come together share one transaction, and each gets the answers to its own items', async () => {
    const { commits, groups } = recording();
    const answers = await Promise.all([commits.add(['a', 'b']), commits.add(['c']), commits.add([])]);
    expect(groups).toEqual([['a', 'b', 'c']]);
    expect(answers).toEqual([['stored a', 'stored b'], ['stored c'], []]);
  });

  test('nobody is answered before the transaction is written', async () => {
    const { commits, groups } = recording();
    const answered = commits.add(['a']).then(() => groups.length);
    expect(groups).toEqual([]);
    expect(commits.pending).toBe(1);
    expect(await answered).toBe(1);
    expect(commits.pending).toBe(0);
  });

  test('a batch that cannot be written fails alone', async () => {
    const { commits, groups } = recording((items) => items.includes('bad'));
    const results = await Promise.allSettled([commits.add(['a']), commits.add(['bad']), commits.add(['b'])]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([['a'], ['b']]);
  });

  test('a crowd is written in several transactions, none of them giant, in the order in which it came', async () => {
    const { commits, groups } = recording();
    const crowd = Array.from({ length: 50 }, (_, index) =>
      Array.from({ length: 100 }, () => `item-${index}`),
    );
    await Promise.all(crowd.map((items) => commits.add(items)));
    expect(groups.map((group) => group.length)).toEqual([2_000, 2_000, 1_000]);
    expect(groups.flat()).toEqual(crowd.flat());
  });

  test('where another process holds the file, everybody waits without holding up the program, and nobody is lost', async () => {
    let isLocked = true;
    const groups: string[][] = [];
    const commits = new GroupCommit<string, string>(
      (items) => {
        if (isLocked) throw new Error('locked');
        groups.push([...items]);
        return [...items];
      },
      { isLocked: (error) => error instanceof Error && error.message === 'locked' },
    );
    const first = commits.add(['a']);
    // The try has been made, and the loop goes round while the file is locked.
    await new Promise<void>((resolve) => setImmediate(resolve));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(commits.pending).toBe(1);
    isLocked = false;
    expect(await Promise.all([first, commits.add(['b'])])).toEqual([['a'], ['b']]);
    expect(groups.flat()).toEqual(['a', 'b']);
  });

  test('who has waited too long for a locked file is told', async () => {
    const commits = new GroupCommit<string, string>(
      () => {
        throw new Error('locked');
      },
      { isLocked: () => true, patienceMs: 0 },
    );
    await expect(commits.add(['a'])).rejects.toThrow('locked');
    expect(commits.pending).toBe(0);
    await commits.drain();
  });

  /** A file that somebody else holds until `release` is called. */
  function held(limits: QueueLimits) {
    let isLocked = true;
    const commits = new GroupCommit<string, string>(
      (items) => {
        if (isLocked) throw new Error('locked');
        return [...items];
      },
      { isLocked: () => isLocked, limits, bytesOf: (item) => item.length },
    );
    const release = () => {
      isLocked = false;
    };
    return { commits, release };
  }

  test.each<{ bound: string; limits: QueueLimits; says: string }>([
    { bound: 'three items', limits: { items: 3, bytes: 1_000, ms: 60_000 }, says: '2 events wait' },
    { bound: 'forty bytes', limits: { items: 100, bytes: 40, ms: 60_000 }, says: '24 bytes of events' },
    { bound: 'no time at all', limits: { items: 100, bytes: 1_000, ms: -1 }, says: 'have been waiting' },
  ])(
    'where $bound may wait, the next one is sent away at once, and the first ones are stored',
    async ({ limits, says }) => {
      const { commits, release } = held(limits);
      const first = commits.add(['first of two', 'other of two']);
      const refused = commits.add(['one of another two', 'two of another two']);
      await expect(refused).rejects.toThrow(StoreBusy);
      await expect(refused).rejects.toThrow(says);
      expect([commits.pending, commits.pendingBytes]).toEqual([2, 24]);
      release();
      expect(await first).toEqual(['first of two', 'other of two']);
      expect([commits.pending, commits.pendingBytes]).toEqual([0, 0]);
      // And there is room again.
      expect(await commits.add(['three', 'more'])).toEqual(['three', 'more']);
    },
  );

  test('a batch larger than what may wait is taken in where nothing else does', async () => {
    const { commits, release } = held({ items: 1, bytes: 1, ms: 0 });
    release();
    expect(await commits.add(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  });

  test('a transaction takes no more bytes than it may, so that nobody waits for a giant', async () => {
    const groups: number[] = [];
    const commits = new GroupCommit<string, string>(
      (items) => {
        groups.push(items.length);
        return [...items];
      },
      { bytesOf: () => 3_000_000 },
    );
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((item) => commits.add([item])));
    expect(groups).toEqual([2, 2, 1]);
  });

  test('each commit is told with its size', async () => {
    const told: Committed<string>[] = [];
    const commits = new GroupCommit<string, string>((items) => [...items], {
      onCommit: (committed) => told.push(committed),
    });
    await Promise.all([commits.add(['a', 'b']), commits.add(['c'])]);
    expect(told).toEqual([{ items: 3, outcomes: ['a', 'b', 'c'], batches: 2, ms: expect.any(Number) }]);
    expect(told[0]?.ms).toBeGreaterThanOrEqual(0);
  });

  test('draining waits for what is under way, and for nothing where nothing is', async () => {
    const { commits, groups } = recording();
    await commits.drain();
    void commits.add(['a']);
    await commits.drain();
    expect(groups).toEqual([['a']]);
  });
});
