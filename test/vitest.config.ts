import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Files that say how long something may take, or load the machine so much that others could not: one at a time, after
 * all others.
 */
const alone = [
  'test/browser/live.test.ts',
  'test/browser/story.test.ts',
  'test/browser/tracker-keep.test.ts',
  'test/flow/crash.test.ts',
  'test/flow/fsync.test.ts',
  'test/flow/imports.test.ts',
  'test/flow/readers.test.ts',
];
const all = '{collector,dashboard,tracker,test}/**/*.test.{ts,tsx}';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // Same JSX runtime as tsconfig.json names; without it the test build would look for React.
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    // Waiting is for events; this is for what never comes, on a machine that may have much else to do.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: [all],
          exclude: [...configDefaults.exclude, ...alone],
          // The usual is one core less, and so on two cores a single worker.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
