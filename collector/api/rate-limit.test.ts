import { expect, test } from 'vitest';
import { openRateLimit } from './rate-limit.ts';

const limits = { burst: 3, perSecond: 2 };

test('a key may call so often at once, then as often as its bucket fills, and is told when', () => {
  let now = 1_000;
  const limit = openRateLimit(() => now, limits);
  expect([1, 1, 1, 1].map((key) => limit.take(key))).toEqual([null, null, null, 1]);
  now += 499;
  expect(limit.take(1)).toBe(1);
  now += 1;
  expect(limit.take(1)).toBeNull();
  expect(limit.take(1)).toBe(1);
});

test('one key does not spend another’s calls', () => {
  const limit = openRateLimit(() => 0, limits);
  for (let number = 0; number < 9; number += 1) limit.take(1);
  expect(limit.take(2)).toBeNull();
});

test('a bucket never holds more than the burst, and a clock set back empties none', () => {
  let now = 1_000_000;
  const limit = openRateLimit(() => now, limits);
  limit.take(1);
  now += 3_600_000;
  expect([1, 1, 1, 1].map((key) => limit.take(key))).toEqual([null, null, null, 1]);
  now -= 7_200_000;
  expect(limit.take(1)).toBe(1);
  now += 7_200_000;
  expect(limit.take(1)).toBeNull();
});

test('what is remembered is bounded, and whoever is held back is not forgotten by many others', () => {
  let now = 0;
  const limit = openRateLimit(() => now, limits);
  for (let key = 0; key < 50_000; key += 1) {
    now += 1;
    limit.take(key);
    limit.take(0);
  }
  expect(limit.take(0)).not.toBeNull();
});
