import { describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

describe('a browser for tests', () => {
  test.each([
    ['the system’s', undefined],
    ['the packaged one, where the system has none', []],
  ])('starts and lasts: %s', async (_which, candidates) => {
    const browser = await launchBrowser({}, candidates);
    try {
      // One visit after another: each of ours ends with its context.
      for (const _visit of [1, 2]) {
        const context = await browser.newContext();
        const page = await context.newPage();
        expect(await page.evaluate('navigator.userAgent')).toContain('Chrome/');
        await context.close();
      }
    } finally {
      await browser.close();
    }
  });
});
