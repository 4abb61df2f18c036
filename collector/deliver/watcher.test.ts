import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createWatcher, type Watcher } from './watcher.ts';

const start = Date.UTC(2026, 5, 1, 9);
let watcher: Watcher;
let evaluated: number[];
/** What the next evaluations do; then they end at once, whole. */
let next: (() => Promise<boolean>)[];

const after =
  (ms: number, isWhole = true) =>
  () =>
    new Promise<boolean>((resolve) => setTimeout(() => resolve(isWhole), ms));

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'],
  });
  vi.setSystemTime(start);
  evaluated = [];
  next = [];
  watcher = createWatcher({
    now: Date.now,
    log: () => undefined,
    evaluate() {
      evaluated.push(Date.now() - start);
      return next.shift()?.() ?? Promise.resolve(true);
    },
  });
});
afterEach(async () => {
  await watcher.close();
  vi.useRealTimers();
});

test('what is stored within a moment is looked at together, and not all the time', async () => {
  for (let commits = 0; commits < 50; commits += 1) {
    watcher.touched();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(600);
  expect(evaluated).toEqual([1_000]);
  watcher.touched();
  await vi.advanceTimersByTimeAsync(14_800);
  expect(evaluated).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(evaluated).toEqual([1_000, 16_000]);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(evaluated).toHaveLength(2);
});

test('what takes long is looked at seldom', async () => {
  next.push(after(10_000));
  watcher.touched();
  await vi.advanceTimersByTimeAsync(11_000);
  watcher.touched();
  await vi.advanceTimersByTimeAsync(99_000);
  expect(evaluated).toEqual([1_000]);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(evaluated).toHaveLength(2);
});

test('what failed is looked at again by itself, but no sooner', async () => {
  next.push(after(0, false), () => Promise.reject(new Error('the disk is gone')));
  watcher.touched();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(evaluated).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(14_000);
  expect(evaluated).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1_100);
  expect(evaluated).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(15_100);
  expect(evaluated).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(evaluated).toHaveLength(3);
});

test('windows pass though nothing is stored: each day has its look', async () => {
  await watcher.run();
  await vi.advanceTimersByTimeAsync(14 * 3_600_000);
  expect(evaluated).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2 * 3_600_000);
  expect(evaluated).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(24 * 3_600_000);
  expect(evaluated).toHaveLength(3);
});

test('who asks while it runs is heard afterwards, once', async () => {
  next.push(after(1_000));
  const runs = [watcher.run(), watcher.run(), watcher.run()];
  await vi.advanceTimersByTimeAsync(1_000);
  await Promise.all(runs);
  expect(evaluated).toHaveLength(2);
});

test('once closed it looks no more', async () => {
  watcher.touched();
  await watcher.close();
  watcher.touched();
  await watcher.run();
  await vi.advanceTimersByTimeAsync(48 * 3_600_000);
  expect(evaluated).toEqual([]);
});
