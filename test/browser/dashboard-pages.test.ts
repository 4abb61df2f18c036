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
/** A company of which a file of people tells, and nobody came from. */
let knownAlone: number;

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
  const file = { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} } as const;
  const imported = await full.store.beginImport(file, 'owner@millrace.example', sampleNow);
  const company = { name: 'Only Known', domain: 'only-known.com' };
  const says = {
    title: 'Buyer',
    department: null,
    phone: '+49 40 1234',
    linkedin: 'https://www.linkedin.com/in/kim',
  };
  const row = {
    email: 'kim@only-known.com',
    name: 'Kim Lund',
    role: 'champion',
    ...says,
    attributes: {},
    company,
  } as const;
  await full.store.importContacts([row], sampleNow, imported);
  const counts = { read: 2, stored: 1, duplicates: 0, dropped: { bad_email: 1 } };
  await full.store.noteImport(imported, counts, sampleNow, { sha256: 'a1', problem: null });
  knownAlone = (await full.store.findAccounts('only-known', 1))[0]?.id ?? 0;
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
      ['one company’s people', '/accounts/1/people'],
      ['one company’s prospects', '/accounts/known/prospects'],
      ['a company without prospects', '/accounts/1/prospects'],
      ['one company’s notes', '/accounts/1/notes'],
      ['what a decision moved', '/accounts/1?done=1'],
      ['a correction', '/accounts/1/correct?q=a'],
      ['learned networks', '/learned'],
      ['the imports', '/imports'],
      ['an import of people', '/imports/new?kind=contacts'],
      ['what became of an import', '/imports/1'],
      ['a company known from files alone', '/accounts/known'],
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
      ['the people', '/settings/users'],
      ['the API keys', '/settings/keys'],
      ['the audit log', '/settings/audit'],
      ['the API', '/docs'],
      ['a part of the API', '/docs/decisions'],
    ])('%s can be used by everybody and fits the screen', async (_, path) => {
      const { page, complaints } = opened;
      await page.goto(full.url + path.replace('known', String(knownAlone)));
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(complaints.splice(0)).toEqual([]);
    });
  });

  test('the API’s pages can be read by everybody, without signing in', async () => {
    const { context, page, complaints } = await open(full, { theme, size: 'phone', cookie: '' });
    await page.goto(`${full.url}/docs`);
    await page.getByRole('link', { name: 'Take the events away' }).click();
    await page.getByRole('heading', { name: 'Take the events away' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await context.close();
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

const crm = [
  'Type;Subject;Due date;Contact email;Organization;Amount;Note;Region',
  'Call;Renewal talk;2026-11-02 10:00;kim@cobalt-works.com;;;They want two years, and a second site;North',
  'Meeting;Kick-off;03/04/2026;lee@cobalt-works.com;;;;North',
  'Payment;Invoice 12;2026-11-06;;Cobalt-Works.com;1.200,00 €;;',
  'Ticket;The printer;2026-11-07 08:00;sam@gmail.com;;;;',
].join('\n');

test.each(['desk', 'phone'] as const)(
  'on a %s, a file of calls is mapped, taken in, read in a story and taken back without a script',
  async (size) => {
    const { context, page, complaints } = await open(full, { size });
    await page.route('**/*.js', (route) => route.abort());
    const fits = async () => {
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    };
    await page.goto(`${full.url}/imports`);
    await page.getByRole('link', { name: 'Import a file' }).first().click();
    await fits();
    await page.setInputFiles('#file', {
      name: `crm-${size}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(crm),
    });
    await page.getByRole('button', { name: 'Show what is in it' }).click();
    await page.getByText('2 touchpoints can be taken in, 2 cannot').waitFor();
    await fits();
    await page.getByLabel('What Region is').selectOption('skip');
    await page.getByLabel('Dates like 03/04/2026').selectOption('dmy');
    await page.getByLabel('CRM or tool').fill('Pipedrive');
    await page.getByRole('button', { name: 'Check again with this' }).click();
    await page.getByText('3 touchpoints can be taken in, 1 cannot').waitFor();
    await page.getByRole('button', { name: 'Import 3 touchpoints' }).click();
    await page.getByText('3 touchpoints taken in').waitFor();
    await fits();
    await page.getByRole('link', { name: 'Cobalt Works' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cobalt Works' }).waitFor();
    expect(await page.locator('.touchpoint-offline').count()).toBe(3);
    await page.getByText('Renewal talk').waitFor();
    expect(await page.getByText('Region').count()).toBe(0);
    await fits();
    await page.goBack();
    await page.getByRole('button', { name: 'Undo the whole import' }).click();
    await page.getByText('Undone by').waitFor();
    await fits();
    // Pages without their scripts complain of that alone.
    expect(complaints.filter((text) => !/ERR_FAILED/.test(text))).toEqual([]);
    await context.close();
  },
);

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

test('a key is made, copied, and revoked, and the log says so', async () => {
  const { context, page, complaints } = await open(full);
  await page.goto(`${full.url}/settings/users`);
  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByLabel('What it is for').fill('warehouse');
  await page.getByText('Only some of that').click();
  await page.getByLabel('events:read').check();
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByRole('heading', { name: 'Copy the key now' }).waitFor();
  expect(await page.locator('#secret').textContent()).toMatch(/fl_[\w-]{43}/);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Revoke the key warehouse' }).click();
  await page.getByText('revoked 20 Nov 2026').waitFor();
  expect(await page.locator('#secret').count()).toBe(0);
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByLabel('What').selectOption('Revoked an API key');
  await page.waitForURL(/what=key-revoked/);
  await page.locator('tbody').getByText('warehouse').waitFor();
  expect(await page.locator('tbody tr').count()).toBe(1);
  expect(await axe(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
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
