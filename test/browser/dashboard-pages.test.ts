/** Pages as people use them in a real browser: by keys, without scripts, and what their scripts do. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  axeFindings as axe,
  openTab,
  type ServedDashboard,
  serveDashboard,
  sizes,
} from '../support/dashboard-browser.ts';
import { sampleTraffic } from '../support/sample-traffic.ts';

interface Running extends ServedDashboard {
  cookie: string;
}

let browser: Browser;
let full: Running;

async function start(options: { traffic: boolean }): Promise<Running> {
  const served = await serveDashboard(options);
  return { ...served, cookie: await served.signIn('owner') };
}

function open(running: Running, options: { size?: keyof typeof sizes; cookie?: string } = {}) {
  const { size = 'desk', cookie = running.cookie } = options;
  return openTab(browser, running, cookie ? { cookie } : null, { viewport: sizes[size] });
}

beforeAll(async () => {
  browser = await launchBrowser();
  full = await start({ traffic: true });
});

afterAll(async () => {
  await browser?.close();
  full?.close();
});

test('who is not signed in is asked to, and may read the API’s pages all the same', async () => {
  const { context, page, complaints } = await open(full, { size: 'phone', cookie: '' });
  await page.goto(full.url);
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await page.goto(`${full.url}/docs`);
  await page.getByRole('link', { name: 'Take the events away' }).click();
  await page.getByRole('heading', { name: 'Take the events away' }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
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
