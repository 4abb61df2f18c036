import { describe, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';

describe('a browser for tests', () => {
  test.each([
    ['the system’s', undefined],
    ['the packaged one, where the system has none', []],
  ])('starts: %s', async (_which, candidates) => {
    const browser = await launchBrowser({}, candidates);
    try {
      const page = await browser.newPage();
      expect(await page.evaluate('navigator.userAgent')).toContain('Chrome/');
    } finally {
      await browser.close();
    }
  });
});
