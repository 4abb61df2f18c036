/**
 * Every page in a real browser, in both themes, on both screens, with a year of visits and without a single one:
 * nothing that axe finds, nothing refused by its own policy, nothing wider than the screen, nothing that moves while it
 * loads, and there without a script.
 */
import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  axeFindings,
  openTab,
  type ServedDashboard,
  type SomebodysTab,
  serveDashboard,
  sizes,
} from '../support/dashboard-browser.ts';
import {
  addressOf,
  furtherLooks,
  guardedPages,
  hasParameter,
  noPages,
  openPages,
  type Places,
} from '../support/every-page.ts';
import { liveIn } from '../support/lived-in.ts';
import { sampleNow } from '../support/sample-traffic.ts';

const maxHtmlBytes = 100_000;
/** Each looks at a page five times over. */
const timeout = 60_000;
const themes = ['light', 'dark'] as const;
const owner = 'owner@millrace.example';

/** Remembers what moved on the page after it was first drawn. */
const watchShifts = `
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      shifts.push(value.toFixed(4) + ' ' + sources.map(({ node }) => (node?.outerHTML ?? node?.data ?? '').slice(0, 120)).join(' '));
  }).observe({ type: 'layout-shift', buffered: true });`;

interface Served extends ServedDashboard {
  cookie: string;
  places: Places;
  knownAlone: number;
}

/** A line of the report: what there is to say of a page in one theme on one screen. */
interface Line {
  page: string;
  data: string;
  theme: (typeof themes)[number];
  width: number;
  violations: string[];
  kilobytes: number;
}

let browser: Browser;
const report: Line[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  const file = process.env.PAGES_REPORT;
  if (file) await writeFile(file, reportOf(report));
});

function reportOf(lines: readonly Line[]): string {
  const rows = lines.map(({ page, data, theme, width, violations, kilobytes }) =>
    [page, data, theme, width, violations.join(' ') || 'none', kilobytes.toFixed(1)].join('\t'),
  );
  return `${['page\tdata\ttheme\twidth\tviolations\tKB', ...rows].join('\n')}\n`;
}

test('every page is on the list: a route that is not is a new page, or has its line in noPages', async () => {
  const dashboard = await serveDashboard({ traffic: false });
  const routes = dashboard.app.routes.filter(({ method }) => method === 'GET');
  dashboard.close();
  expect([...new Set(routes.map(({ method, path }) => `${method} ${path}`))].sort()).toEqual(
    [...guardedPages, ...openPages, ...Object.keys(noPages)].sort(),
  );
});

describe.each([
  { data: 'a year of visits', hasData: true },
  { data: 'no visits', hasData: false },
])('with $data', { timeout }, ({ data, hasData }) => {
  let served: Served;
  const tabs = new Map<string, SomebodysTab>();

  beforeAll(async () => {
    const opened = await serveDashboard({ traffic: hasData });
    const cookie = await opened.signIn('owner');
    const lived = hasData
      ? await liveIn({ ...opened, upload: opened.upload(cookie) }, owner, sampleNow)
      : { places: { '/docs/:resource': 'accounts' }, knownAlone: 0 };
    served = { ...opened, cookie, ...lived };
  });
  afterAll(async () => {
    for (const { context } of tabs.values()) await context.close();
    served?.close();
    await served?.alerts.close();
    await served?.store.close();
  });

  /** One tab for each screen and person, opened once. */
  async function tabOf(
    size: keyof typeof sizes,
    isSignedIn: boolean,
    hasScripts = true,
  ): Promise<SomebodysTab> {
    const key = `${size} ${isSignedIn} ${hasScripts}`;
    const known = tabs.get(key);
    if (known) return known;
    const tab = await openTab(browser, served, isSignedIn ? served : null, {
      viewport: sizes[size],
      javaScriptEnabled: hasScripts,
    });
    if (hasScripts) await tab.context.addInitScript(watchShifts);
    tabs.set(key, tab);
    return tab;
  }

  async function lookAt(address: string, isSignedIn: boolean, status = 200): Promise<void> {
    const bare = await tabOf('phone', isSignedIn, false);
    await bare.page.goto(served.url + address);
    expect(await bare.page.locator('main h1').first().isVisible(), 'a main heading without scripts').toBe(
      true,
    );
    bare.complaints.length = 0;

    for (const [index, size] of (['desk', 'phone'] as const).entries()) {
      const { page, complaints } = await tabOf(size, isSignedIn);
      // Each screen has the whole look in one theme; in the other, what colours have to do with.
      const [first, second] = index === 0 ? themes : ([themes[1], themes[0]] as const);
      await page.emulateMedia({ colorScheme: first });
      const response = await page.goto(served.url + address);
      expect(response?.status()).toBe(status);
      const kilobytes = ((await response?.body())?.length ?? 0) / 1_000;
      const found = await axeFindings(page);
      await page.emulateMedia({ colorScheme: second });
      const foundInOther = await contrastFindings(page);
      const of = { page: address, data, width: sizes[size].width, kilobytes };
      report.push(
        { ...of, theme: first, violations: found.map(([rule]) => rule) },
        { ...of, theme: second, violations: foundInOther.map(([rule]) => rule) },
      );
      const where = (theme: string) => `${theme}, on a ${size}`;
      expect.soft(found, where(first)).toEqual([]);
      expect.soft(foundInOther, where(second)).toEqual([]);
      expect.soft(await widerBy(page), where('wider than the screen')).toBeLessThanOrEqual(0);
      expect.soft(kilobytes * 1_000, where('bytes of HTML')).toBeLessThan(maxHtmlBytes);
      expect.soft(await page.evaluate("shifts.join('; ')"), where('moved while it loaded')).toBe('');
      const said = complaints
        .splice(0)
        .filter((text) => status === 200 || !text.includes(`status of ${status}`));
      expect.soft(said, where('said by the browser')).toEqual([]);
    }
  }

  test.each(guardedPages.filter((route) => hasData || !hasParameter(route)))('%s', (route) =>
    lookAt(addressOf(route, served.places), true),
  );

  test.each(openPages.filter((route) => hasData || route !== 'GET /shared/:token'))(
    '%s, to somebody who is not signed in',
    (route) =>
      // A link from a mail that is not whole is refused, in words.
      lookAt(addressOf(route, served.places), false, route === 'GET /stop' ? 400 : 200),
  );

  test.runIf(hasData).each(furtherLooks)('%s', (address) => lookAt(address, true));

  test.runIf(hasData)('a company known from files alone', () =>
    lookAt(`/accounts/${served.knownAlone}`, true),
  );

  test.runIf(!hasData)('the tag of a site that has sent nothing yet', async () => {
    const { id } = await served.store.addSite('millrace.example', [], sampleNow);
    await lookAt(`/sites/${id}/tag`, true);
    await lookAt(`/sites/${id}/settings`, true);
    for (const address of ['/overview', '/live', '/accounts']) await lookAt(address, true);
  });
});

const widerBy = (page: Page) => page.evaluate('document.documentElement.scrollWidth - innerWidth');

/** What another theme may spoil, found by the axe that the whole look has left in the page. */
async function contrastFindings(page: Page): Promise<[rule: string, places: string[]][]> {
  const found = await page.evaluate(`axe.run(document, {
    runOnly: ['color-contrast', 'link-in-text-block'], resultTypes: ['violations'],
  }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))`);
  return found as [rule: string, places: string[]][];
}
