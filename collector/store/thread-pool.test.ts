import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { type ThreadLimits, ThreadPool } from './thread-pool.ts';

const script = path.join(packageRoot, 'dist/test/support/threads/odd.js');
const patient: ThreadLimits = {
  threads: 1,
  runMs: 60_000,
  waiting: 8,
  waitMs: 60_000,
  graceMs: 60_000,
  closeMs: 60_000,
};
let lost: Error[] = [];
let pool: ThreadPool;
const open = (limits: Partial<ThreadLimits> = {}) => {
  lost = [];
  pool = new ThreadPool(script, {}, { ...patient, ...limits }, (error) => lost.push(error));
  return pool;
};
afterEach(() => pool.close());

/** What became of calls, in the order in which it did. */
const noting = (notes: string[], name: string, call: Promise<unknown>) =>
  call.then(
    () => void notes.push(`${name}: answered`),
    (error: Error & { why?: string }) => void notes.push(`${name}: ${error.why ?? error.message}`),
  );

test('calls are answered in their order, by their own answers', async () => {
  open();
  const calls = [1, 2, 3].map((number) => pool.call('echo', [number, { deep: [null] }]));
  expect(await Promise.all(calls)).toEqual([1, 2, 3].map((number) => [number, { deep: [null] }]));
});

test('a question that makes no sense is that one’s error alone', async () => {
  open();
  await expect(pool.call('throw', [])).rejects.toThrow('the question makes no sense');
  // Nor one that cannot be sent.
  await expect(pool.call('echo', [() => 1])).rejects.toThrow('could not be cloned');
  expect(await pool.call('echo', [1])).toEqual([1]);
  expect(lost).toEqual([]);
});

test('a call that takes too long is given up, its thread listens, and takes the next one', async () => {
  open({ runMs: 60_000, more: { listen: 50 } });
  await expect(pool.call('listen', [])).rejects.toMatchObject({ why: 'too-long' });
  expect(await pool.call('echo', ['next'])).toEqual(['next']);
  expect(lost).toEqual([]);
});

test('a thread that does not listen is ended, and another takes its place', async () => {
  open({ more: { deaf: 50 }, graceMs: 50 });
  await expect(pool.call('deaf', [])).rejects.toMatchObject({ why: 'too-long' });
  expect(await pool.call('echo', ['next'])).toEqual(['next']);
  // It was meant.
  expect(lost).toEqual([]);
});

test.each(['exit', 'crash'])('a thread that ends by itself (%s) is told of and replaced', async (name) => {
  open();
  const waiting = pool.call(name, []);
  const next = pool.call('echo', ['next']);
  await expect(waiting).rejects.toThrow('a reader stopped in the middle of its work');
  expect(await next).toEqual(['next']);
  expect(lost).toHaveLength(1);
  if (name === 'crash') expect(lost[0]?.cause).toMatchObject({ message: 'a bug in the reader' });
});

test('whoever asks when too many wait is told at once, and the others are answered', async () => {
  open({ waiting: 2, more: { listen: 300 } });
  const notes: string[] = [];
  await Promise.all([
    noting(notes, 'long', pool.call('listen', [])),
    noting(notes, 'first', pool.call('echo', [])),
    noting(notes, 'second', pool.call('echo', [])),
    noting(notes, 'third', pool.call('echo', [])),
  ]);
  expect(notes).toEqual(['third: busy', 'long: too-long', 'first: answered', 'second: answered']);
});

test('nobody waits longer than is bearable for a thread', async () => {
  open({ waitMs: 50, more: { listen: 60_000 } });
  const gone = new AbortController();
  const notes: string[] = [];
  const long = noting(notes, 'long', pool.call('listen', [], gone.signal));
  await noting(notes, 'waiting', pool.call('echo', []));
  gone.abort();
  await long;
  expect(notes).toEqual(['waiting: busy', 'long: unwanted']);
});

test('who goes away frees the thread, and the place in the queue', async () => {
  open();
  const running = new AbortController();
  const waiting = new AbortController();
  const notes: string[] = [];
  const calls = [
    noting(notes, 'running', pool.call('listen', [], running.signal)),
    noting(notes, 'waiting', pool.call('exit', [], waiting.signal)),
    noting(notes, 'last', pool.call('echo', [])),
  ];
  waiting.abort();
  running.abort();
  await Promise.all(calls);
  expect(notes).toEqual(['waiting: unwanted', 'running: unwanted', 'last: answered']);
  await expect(pool.call('exit', [], AbortSignal.abort())).rejects.toMatchObject({ why: 'unwanted' });
  // What nobody wanted was never begun.
  expect(lost).toEqual([]);
});

test('two threads: the second answers while the first is busy', async () => {
  open({ threads: 2 });
  const gone = new AbortController();
  const notes: string[] = [];
  const long = noting(notes, 'long', pool.call('listen', [], gone.signal));
  await noting(notes, 'short', pool.call('echo', []));
  gone.abort();
  await long;
  expect(notes).toEqual(['short: answered', 'long: unwanted']);
});

test('closing answers what was asked before, and nothing after', async () => {
  open();
  const asked = [pool.call('echo', [1]), pool.call('echo', [2])];
  const closed = pool.close();
  await expect(pool.call('echo', [3])).rejects.toMatchObject({ why: 'busy' });
  expect(await Promise.all(asked)).toEqual([[1], [2]]);
  await closed;
  expect(lost).toEqual([]);
});

test('closing does not wait for what has no end', async () => {
  open({ graceMs: 50, closeMs: 50 });
  const notes: string[] = [];
  const long = noting(notes, 'long', pool.call('deaf', []));
  const behind = noting(notes, 'behind', pool.call('echo', []));
  await pool.close();
  await Promise.all([long, behind]);
  expect(notes).toEqual(['behind: busy', 'long: busy']);
  expect(lost).toEqual([]);
});
