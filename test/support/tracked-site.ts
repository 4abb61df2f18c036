/** A browser on a site that carries the tag: fresh for each test, closed after it. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type RecordingCollector, type Said, startRecordingCollector } from './recording-collector.ts';

export interface TrackedSite {
  browser: Browser;
  site: RecordingCollector;
  context: BrowserContext;
  page: Page;
  /** Errors that the page saw or the console shows. */
  problems: string[];
  /** Opens a page and waits until it is counted. */
  open(path: string): Promise<void>;
  /** All that was said, once nothing can be waiting any more. */
  finish(): Promise<Said[]>;
  /** Makes the page believe that its tab is put behind another, or is in front again. */
  turn(to: 'hidden' | 'visible'): Promise<void>;
}

/** Registers the hooks; what is in the answer is there as soon as a test runs. */
export function useTrackedSite(options: Parameters<typeof launchBrowser>[0] = {}): TrackedSite {
  const here = {
    async open(path: string) {
      const counted = here.site.events.length + 1;
      await here.page.goto(here.site.url + path);
      await here.site.arrived(counted);
    },
    async finish() {
      // A page that waits for its title leaves first, and what comes after it only when that has arrived.
      await here.page.evaluate("dispatchEvent(new Event('pagehide')); footlight('track', 'the end')");
      const isEnd = (event: Said) => event.type === 'track' && event.name === 'the end';
      const events = await here.site.until((stored) => stored.some(isEnd));
      return events.filter((event) => !isEnd(event));
    },
    async turn(to: 'hidden' | 'visible') {
      await here.page.evaluate(`
        Object.defineProperty(document, 'visibilityState', { value: '${to}', configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`);
    },
  } as TrackedSite;

  beforeAll(async () => {
    here.browser = await launchBrowser(options);
  });
  afterAll(() => here.browser.close());

  beforeEach(async () => {
    here.site = await startRecordingCollector();
    here.context = await here.browser.newContext();
    here.page = await here.context.newPage();
    here.problems = [];
    here.page.on('pageerror', ({ message }) => here.problems.push(message));
    here.page.on('console', (message) => message.type() === 'error' && here.problems.push(message.text()));
  });
  afterEach(async () => {
    await here.context.close();
    await here.site.close();
  });
  return here;
}
