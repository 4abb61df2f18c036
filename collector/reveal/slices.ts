/** Lets long work on one thread leave room for requests: it is written as steps, and run a few milliseconds at a time. */
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

const sliceMs = 8;

/**
 * Runs steps to their end, and lets whatever waits run in between.
 * @param budgetMs own time that may be spent; waiting for others does not count
 * @returns what the steps return; null if the budget was spent before
 * @throws what a step throws
 */
export async function inSlices<Result>(
  steps: Generator<void, Result>,
  budgetMs = Number.POSITIVE_INFINITY,
): Promise<Result | null> {
  let spent = 0;
  for (;;) {
    const from = performance.now();
    let elapsed = 0;
    do {
      const step = steps.next();
      if (step.done) return step.value;
      elapsed = performance.now() - from;
    } while (elapsed < sliceMs && spent + elapsed < budgetMs);
    spent += elapsed;
    if (spent >= budgetMs) return null;
    await setImmediate();
  }
}
