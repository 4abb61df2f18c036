import { expect, test } from 'vitest';
import { barsPath } from './bars.ts';

test('the tallest bar fills the height, a day without anything has none', () => {
  expect(barsPath([0, 5, 10], 30, 20)).toBe('M10 20v-10h7.2v10M20 20v-20h7.2v20');
});

test('a single page among thousands can still be seen', () => {
  expect(barsPath([1, 10_000], 20, 20)).toContain('v-2h');
});

test.each([[[]], [[0, 0, 0]]])('%j draws nothing', (values) => {
  expect(barsPath(values, 100, 20)).toBe('');
});
