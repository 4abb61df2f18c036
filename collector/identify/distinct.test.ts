import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addToSketch, estimateOf, mergeSketch, sketchBytes, sketchError } from './distinct.ts';

function sketchOf(ids: Iterable<number>): Uint8Array {
  const sketch = new Uint8Array(sketchBytes);
  for (const id of ids) addToSketch(sketch, id);
  return sketch;
}
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

describe('how many different visitors', () => {
  test('nobody is nobody, and a few are told to the last one or nearly', () => {
    expect(estimateOf(sketchOf([]))).toBe(0);
    for (const count of [1, 2, 5, 10]) expect(estimateOf(sketchOf(range(1, count)))).toBe(count);
    expect(Math.abs(estimateOf(sketchOf(range(1, 100))) - 100)).toBeLessThanOrEqual(4);
  });

  test.each([300, 1_000, 3_000, 5_000, 10_000, 30_000, 100_000, 1_000_000])(
    'some %d are told within the error that is promised, however their numbers begin',
    (count) => {
      const wrong = [1, 1e6, 4e9].map((from) => estimateOf(sketchOf(range(from, count))) / count - 1);
      for (const one of wrong) expect(Math.abs(one)).toBeLessThan(3 * sketchError);
      const mean = wrong.reduce((sum, one) => sum + one, 0) / wrong.length;
      expect(Math.abs(mean)).toBeLessThan(2 * sketchError);
    },
  );

  test('order and repetition change nothing, and days add up to what came on any of them', () => {
    const ids = fc.array(fc.nat(5_000), { maxLength: 300 });
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const merged = sketchOf(one);
        mergeSketch(merged, sketchOf(other));
        expect(merged).toEqual(sketchOf([...other, ...one.toReversed(), ...other]));
      }),
    );
  });

  test('it says whether it has changed', () => {
    const sketch = sketchOf([]);
    expect(addToSketch(sketch, 7)).toBe(true);
    expect(addToSketch(sketch, 7)).toBe(false);
  });
});
