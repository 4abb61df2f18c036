/** The whole road in a real browser: a visit to a site that carries the tag becomes a line in an account's story. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../collector/config.ts';
import { writeDemoDatabase } from '../../collector/demo/database.ts';
import { type DemoSite, demoSiteHosts, startDemoSite } from '../../collector/demo/site.ts';
import { vendorDomain } from '../../collector/demo/vendor.ts';
import { type RunningServer, startServer } from '../../collector/main.ts';
import { launchBrowser } from '../support/browser.ts';

let folder: string;
let server: RunningServer;
let site: DemoSite;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-story-'));
  const database = await writeDemoDatabase(folder, Date.now());
  server = await startServer({
    config: readConfig({ port: '0', host: '127.0.0.1', store: ':memory:' }, folder, {
      FOOTLIGHT_IP_DATABASES: database,
      FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1/32',
    }),
    log: () => undefined,
  });
  const added = await server.rooms.store.addSite(vendorDomain, [...demoSiteHosts], Date.now());
  await server.rooms.sites.refresh();
  site = await startDemoSite({
    collectorUrl: server.url,
    dashboardUrl: server.url,
    siteKey: added.key,
    port: 0,
    host: '127.0.0.1',
  });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test('three pages and a form on the site stand in the account’s story within two seconds', async () => {
  const visitor = await browser.newContext();
  const page = await visitor.newPage();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/e') sent.push(request.postData() ?? '');
  });
  await page.goto(site.url);
  await page.getByRole('link', { name: 'Product', exact: true }).first().click();
  await page.waitForURL('**/product');
  await page.getByRole('link', { name: 'Pricing', exact: true }).first().click();
  await page.waitForURL('**/pricing');
  await page.getByRole('link', { name: 'Contact', exact: true }).first().click();
  await page.waitForURL('**/contact');
  await page.getByLabel('Name', { exact: true }).fill('Typed And Never Sent');
  await page.getByLabel('Work e-mail').fill('typed-and-never-sent@nordhavn-robotics.example');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL('**/contact/thanks');
  const leftAt = Date.now();

  const sales = await (await browser.newContext()).newPage();
  await sales.goto(`${server.url}${await server.auth.inviteUser('kim@tidewright.example', 'sales')}`);
  await sales.getByRole('button', { name: 'Sign in' }).click();
  await sales.goto(`${server.url}/accounts`);
  await sales.getByRole('link', { name: 'Nordhavn Robotics' }).click();
  const story = sales.getByRole('main');
  await expect.poll(() => story.innerText(), { timeout: 2_000 }).toMatch(/contact/i);
  const text = await story.innerText();
  for (const step of ['/product', '/pricing', '/contact']) expect(text).toContain(step);
  expect(text).toMatch(/Submitted[\s\S]*form/);
  expect(Date.now() - leftAt).toBeLessThan(20_000);

  // What was typed has not left the page.
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.join('\n')).not.toMatch(/never-sent|Never Sent/);
  expect(text).not.toMatch(/never-sent|Never Sent/);
});

test('somebody at home is not a prospect', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(site.url);
  const provider = page.locator('#guise optgroup[label="No company"] option').first();
  const value = (await provider.getAttribute('value')) ?? '';
  await page.selectOption('#guise', value);
  await page
    .getByRole('button', { name: 'Change' })
    .click()
    .catch(() => undefined);
  await page.waitForLoadState();
  await page.goto(`${site.url}/pricing`);
  const { store } = server.rooms;
  const all = {
    siteId: null,
    period: { from: 0, to: Date.now() + 86_400_000 },
    search: '',
    offset: 0,
    limit: 50,
  };
  await expect
    .poll(async () => (await store.networks({ ...all, group: 'providers' })).total, { timeout: 5_000 })
    .toBeGreaterThan(0);
  const { rows } = await store.accounts({ ...all, sort: 'last', descending: true });
  expect(rows.map(({ name }) => name)).toEqual(['Nordhavn Robotics']);
});
