import { describe, expect, test } from 'vitest';
import { GroupCommit } from './group-commit.ts';

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
      (error) => error instanceof Error && error.message === 'locked',
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
      () => true,
      0,
    );
    await expect(commits.add(['a'])).rejects.toThrow('locked');
    expect(commits.pending).toBe(0);
    await commits.drain();
  });

  test('draining waits for what is under way, and for nothing where nothing is', async () => {
    const { commits, groups } = recording();
    await commits.drain();
    void commits.add(['a']);
    await commits.drain();
    expect(groups).toEqual([['a']]);
  });
});
