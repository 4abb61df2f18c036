/** The pages in a real browser: nothing refused by their own policy, nothing that axe finds, nothing wider than the screen. */
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openDashboard, type TestDashboard } from '../support/dashboard.ts';
import { sampleNow, sampleTraffic } from '../support/sample-traffic.ts';

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

interface Running extends TestDashboard {
  url: string;
  cookie: string;
  close(): void;
}

let browser: Browser;
let full: Running;

async function start(options: { traffic: boolean }): Promise<Running> {
  const dashboard = await openDashboard(options);
  const server = serve({ fetch: dashboard.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...dashboard,
    url: `http://127.0.0.1:${port}`,
    cookie: await dashboard.signIn('owner'),
    close: () => server.close(),
  };
}

async function open(
  running: Running,
  options: { size?: keyof typeof sizes; theme?: 'light' | 'dark'; cookie?: string } = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const { size = 'desk', theme = 'light', cookie = running.cookie } = options;
  const context = await browser.newContext({ viewport: sizes[size], colorScheme: theme });
  if (cookie) {
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: running.url }]);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints };
}

/**
 * What axe finds, with the size of targets, which it leaves out unless asked. Its legacy mode only leaves out frames
 * of other sites, which we have none of, and spares a second tab for each page.
 */
async function axe(page: Page): Promise<[rule: string, places: string[]][]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
    .analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

beforeAll(async () => {
  browser = await launchBrowser();
  full = await start({ traffic: true });
  await full.store.decide(
    {
      kind: 'network',
      match: '198.51.1.0/24',
      addressKey: null,
      says: 'own',
      accountId: 1,
      note: 'the workshop',
    },
    'owner@millrace.example',
    sampleNow,
  );
});

afterAll(async () => {
  await browser?.close();
  full?.close();
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  describe.each(['desk', 'phone'] as const)('on a %s', (size) => {
    let opened: Awaited<ReturnType<typeof open>>;

    beforeAll(async () => {
      opened = await open(full, { size, theme });
    });

    afterAll(() => opened.context.close());

    test.each([
      ['the overview', '/overview'],
      ['the overview of a year', '/overview?period=12m'],
      ['an overview without visits', '/overview?period=custom&from=2020-01-01&to=2020-01-02'],
      ['what is live', '/live'],
      ['the companies', '/accounts?period=all&page=2'],
      ['an empty list', '/accounts?q=nobody-at-all'],
      ['the providers', '/accounts?period=all&view=providers'],
      ['one company', '/accounts/1'],
      ['what a decision moved', '/accounts/1?done=1'],
      ['a correction', '/accounts/1/correct?q=a'],
      ['learned networks', '/learned'],
      ['an import', '/accounts/import'],
      ['health', '/health'],
      ['the visitors’ addresses', '/doctor'],
      ['the sites', '/settings/sites'],
      ['the rules', '/settings/rules'],
      ['a new site', '/sites/new'],
      ['a tag', '/sites/1/tag'],
      ['a tag for a tag manager', '/sites/1/tag?for=gtm'],
      ['a tag for WordPress', '/sites/1/tag?for=wordpress'],
      ['a tag for Shopify', '/sites/1/tag?for=shopify'],
      ['a tag for Next.js', '/sites/1/tag?for=nextjs'],
      ['a tag behind a proxy', '/sites/1/tag?for=proxy&with=cloudflare'],
      ['a tag’s settings', '/sites/1/settings'],
      ['the password', '/password'],
    ])('%s can be used by everybody and fits the screen', async (_, path) => {
      const { page, complaints } = opened;
      await page.goto(full.url + path);
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(complaints.splice(0)).toEqual([]);
    });
  });

  test('sign-in can be used by everybody', async () => {
    const { context, page, complaints } = await open(full, { theme, cookie: '' });
    await page.goto(full.url);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('with the keyboard', () => {
  test('the reason for a name shows on focus and goes on Escape', async () => {
    const { context, page } = await open(full);
    await page.goto(`${full.url}/accounts?period=90d`);
    const hint = page.locator('.hint').first();
    expect(await hint.isVisible()).toBe(false);
    await page.locator('a.claim-name').first().focus();
    await hint.waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    await hint.waitFor({ state: 'hidden' });
    await context.close();
  });

  test('a slash goes to the search', async () => {
    const { context, page } = await open(full);
    await page.goto(`${full.url}/accounts`);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await context.close();
  });
});

test('a one-time link, once its button is pressed, signs in; the menu changes the colours and signs out', async () => {
  const { context, page } = await open(full, { cookie: '' });
  await page.goto(full.url + (await full.auth.inviteUser('sam@millrace.example', 'sales')));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Not now' }).click();
  await page.getByRole('heading', { name: 'Companies' }).waitFor();
  await page.getByText('Your menu').locator('..').click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.locator('html[data-theme="dark"]').waitFor();
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(18, 18, 20)');
  await page.getByText('Your menu').locator('..').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in to Footlight' }).waitFor();
  await context.close();
});

test('a file of profiles is shown with what is wrong in it, and taken in', async () => {
  const { context, page, complaints } = await open(full);
  await page.goto(`${full.url}/accounts/import`);
  const lines = ['Name;Domain;Country;Tier', 'Cobalt Works;cobalt-works.com;DE;A', 'Nowhere;;Germany;B'];
  await page.setInputFiles('#file', {
    name: 'companies.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  await page.getByRole('button', { name: 'Show what is in it' }).click();
  await page.getByText('1 company can be taken in').waitFor();
  await page.getByText('"GERMANY" is no country').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Import 1 company' }).click();
  await page.getByText('1 company taken in').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('two companies are merged and taken apart again without a script', async () => {
  const { context, page } = await open(full);
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${full.url}/accounts?period=all&q=kestrel`);
  await page.getByRole('link', { name: 'Kestrel Aerospace' }).click();
  await page.locator('.correct-menu > summary').click();
  await page.getByRole('link', { name: 'Merge with another' }).click();
  await page.locator('#search-merge').fill('vesper');
  await page.keyboard.press('Enter');
  await page.locator('#merge').getByLabel('Vesper Analytics').check();
  await page.getByRole('button', { name: 'Merge Kestrel Aerospace into it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Vesper Analytics' }).waitFor();
  await page
    .getByText(/Moved \d+ visits? of \d+ visitors? from Kestrel Aerospace to Vesper Analytics/)
    .waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(/Undone: Kestrel Aerospace is Vesper Analytics/).waitFor();
  await context.close();
});

test('the page that waits for the first event turns green by itself', async () => {
  const fresh = await start({ traffic: false });
  const site = await fresh.store.addSite('millrace.example', [], 0);
  const { context, page, complaints } = await open(fresh);
  await page.goto(`${fresh.url}/sites/${site.id}/tag`);
  await page.getByText('Waiting for the first event').waitFor();
  await fresh.store.append(sampleTraffic(site.id).slice(-5));
  await page.getByText('Events are arriving').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
  fresh.close();
});

test('the list works without scripts', async () => {
  const { page, context } = await open(full);
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${full.url}/accounts?period=90d`);
  await page.getByLabel('Search by name or domain').fill('brightwater');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Brightwater Energy' }).click();
  await page.getByRole('heading', { level: 1, name: 'Brightwater Energy' }).waitFor();
  await context.close();
});
