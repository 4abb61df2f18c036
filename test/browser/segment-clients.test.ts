/** Segment's own clients, pointed here by their options: what they deliver stands on the account's page. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Analytics } from '@segment/analytics-node';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { firefox } from '../support/agents.ts';
import { launchBrowser } from '../support/browser.ts';
import { html } from '../support/recording-collector.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let browser: Browser;
let pages: Server;
let siteUrl: string;
let page: Page;
let problems: string[];
let asked: string[];

const library = readFileSync(
  path.join(packageRoot, 'node_modules/@segment/analytics-next/dist/umd/index.js'),
);

/** As the library's own page says it is loaded, with the one option that points it here. */
const withLibrary = () => `<script src="/analytics-next.js"></script><script>
  window.analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey: '${server.site.key}', cdnURL: '${server.url}' });
</script>`;

/** A stub with the conventions of Segment's snippet, which loads the script from where it is told to. */
const withSnippet = () => `<script>
  const analytics = (window.analytics = []);
  analytics._writeKey = '${server.site.key}';
  for (const name of ['track', 'identify', 'page'])
    analytics[name] = (...given) => { analytics.push([name, ...given]); return analytics; };
  const script = document.createElement('script');
  script.async = true;
  script.src = '${server.url}/analytics.js/v1/${server.site.key}/analytics.min.js';
  document.head.append(script);
  analytics.page();
  analytics.track('Snippet is here');
</script>`;

beforeAll(async () => {
  server = await startTestServer({}, '127.0.0.1');
  pages = createServer((request, response) => {
    const isScript = request.url === '/analytics-next.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    const head = request.url?.startsWith('/snippet') ? withSnippet() : withLibrary();
    response.end(isScript ? library : html('Pricing', '', head));
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  pages.close();
  await server.close();
});
beforeEach(async () => {
  page = await (await browser.newContext({ userAgent: firefox })).newPage();
  problems = [];
  asked = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('request', (request) => asked.push(new URL(request.url()).host));
});

test('page, track, identify and group of the browser’s and the server’s client are one story of one person', async () => {
  await page.goto(`${siteUrl}/pricing?utm_source=news&utm_medium=email&utm_campaign=spring`);
  // Each resolves once it is delivered.
  await page.evaluate(`(async () => {
    await analytics.page();
    await analytics.track('Plan chosen', { plan: 'pro' });
    await analytics.identify('user-1');
    await analytics.group('g-1', { name: 'Harbour Tools AG', website: 'https://harbour-tools.com', industry: 'Tools', employees: 300, plan: 'Pro' });
  })()`);
  const node = new Analytics({ writeKey: server.site.key, host: server.url });
  node.identify({ userId: 'user-1', traits: { email: 'kim@harbour-tools.com' } });
  node.track({ userId: 'user-1', event: 'Invoice paid' });
  await node.closeAndFlush();

  const { store } = server.rooms;
  const [account] = await store.findAccounts('harbour-tools.com', 1);
  const sales = await (await browser.newContext()).newPage();
  await sales.goto(`${server.url}${await server.auth.inviteUser('kim@example.com', 'sales')}`);
  await sales.getByRole('button', { name: 'Sign in' }).click();
  await sales.waitForURL('**/password**');
  await sales.goto(`${server.url}/accounts/${account?.id}`);
  const text = await sales.getByRole('main').innerText();
  for (const shown of [
    'Harbour Tools AG',
    'Pricing',
    'Plan chosen',
    'Invoice paid',
    'kim@harbour-tools.com',
    'Tools',
    '300',
  ])
    expect(text).toContain(shown);
  expect(text).toMatch(/Belongs to\s+Harbour Tools AG/);
  expect(text).toMatch(/Campaign: spring/);
  expect(text).toContain('Told by your server');
  expect(text).toContain('What your site told');
  expect(text).toMatch(/Invoice paid[\s\S]{0,20}server-side/);
  // One human on a browser and in a server's words.
  expect(await store.account(account?.id ?? 0, null, Date.now())).toMatchObject({ people: 1, visits: 2 });
  expect(await store.verify()).toEqual([]);
  expect(problems).toEqual([]);
  // Not one request went to anybody else.
  expect([...new Set(asked)].sort()).toEqual([new URL(siteUrl).host, new URL(server.url).host].sort());
});

test('the snippet loads our tag from its own address, and what it kept is told', async () => {
  const before = (await server.rooms.store.health()).events;
  await page.goto(`${siteUrl}/snippet`);
  await expect
    .poll(async () => (await server.rooms.store.health()).events - before, { timeout: 10_000 })
    .toBe(2);
  const [newest] = await server.rooms.store.latestEvents(server.site.id, 1);
  expect(newest).toMatchObject({ path: '/snippet', detail: { track: { name: 'Snippet is here' } } });
  expect(problems).toEqual([]);
});
