/** Lets long work on one thread leave room for requests: it is written as steps, and run a few milliseconds at a time. */
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

const sliceMs = 8;

/**
 * Runs steps to their end, and lets whatever waits run in between.
 * @throws what a step throws
 */
export async function inSlices<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const step = runSlice(steps, sliceMs);
    if (step.done) return step.value;
    await setImmediate();
  }
}

/**
 * The same, but gives up when it has spent its budget.
 * @param budgetMs own time that may be spent; waiting for others does not count
 * @returns null if the budget was spent before the end
 * @throws what a step throws
 */
export async function withinBudget<Result>(
  steps: Generator<void, Result>,
  budgetMs: number,
): Promise<Result | null> {
  for (let spent = 0; spent < budgetMs; ) {
    const from = performance.now();
    const step = runSlice(steps, Math.min(sliceMs, budgetMs - spent));
    if (step.done) return step.value;
    spent += performance.now() - from;
    await setImmediate();
  }
  return null;
}

function runSlice<Result>(steps: Generator<void, Result>, ms: number): IteratorResult<void, Result> {
  const until = performance.now() + ms;
  let step = steps.next();
  while (!step.done && performance.now() < until) step = steps.next();
  return step;
}
