/** A visit in one real browser is seen on the live page that is open in another. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../collector/config.ts';
import { writeDemoDatabase } from '../../collector/demo/database.ts';
import { type DemoSite, demoSiteHosts, startDemoSite } from '../../collector/demo/site.ts';
import { vendorDomain } from '../../collector/demo/vendor.ts';
import { type RunningServer, startServer } from '../../collector/main.ts';
import { firefox } from '../support/agents.ts';
import { launchBrowser } from '../support/browser.ts';

let folder: string;
let server: RunningServer;
let site: DemoSite;
let browser: Browser;
let sales: Page;
const complaints: string[] = [];
let isClosed = false;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-live-'));
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
  sales = await (await browser.newContext()).newPage();
  await sales.goto(`${server.url}${await server.auth.inviteUser('kim@tidewright.example', 'sales')}`);
  await sales.getByRole('button', { name: 'Sign in' }).click();
  await sales.waitForURL('**/password**');
  sales.on('console', (message) => complaints.push(message.text()));
  sales.on('pageerror', (error) => complaints.push(String(error)));
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  if (!isClosed) await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test('a visit appears on the open page by itself, goes on there, and waits while it is paused', async () => {
  await sales.goto(`${server.url}/live`);
  await sales.getByText('Live: this page moves by itself.').waitFor();
  await sales.getByText('No company in the last 30 minutes.').waitFor();
  await sales.evaluate('window.isTheSamePage = true');

  const visitor = await (await browser.newContext({ userAgent: firefox })).newPage();
  await visitor.goto(site.url);
  const here = sales.locator('.live-companies');
  const stream = sales.locator('[data-live-stream]');
  await here.getByRole('link', { name: 'Nordhavn Robotics' }).waitFor({ timeout: 5_000 });
  await stream.getByRole('link', { name: 'Nordhavn Robotics' }).first().waitFor();
  // Who stands on a link stands on it still when the list is made anew.
  await here.getByRole('link', { name: 'Nordhavn Robotics' }).focus();
  const lines = await stream.locator('li').count();
  await visitor.goto(`${site.url}/pricing`);
  await expect.poll(() => stream.locator('li').count(), { timeout: 5_000 }).toBeGreaterThan(lines);
  expect(await sales.evaluate('document.activeElement.textContent.trim()')).toBe('Nordhavn Robotics');
  expect(await here.innerText()).toMatch(/1 person/);
  expect((await new AxeBuilder({ page: sales }).setLegacyMode().analyze()).violations).toEqual([]);

  await sales.getByRole('button', { name: 'Pause' }).click();
  await sales.getByText('Paused.').waitFor();
  const paused = await stream.innerText();
  await visitor.goto(`${site.url}/contact`);
  await expect
    .poll(async () => (await server.rooms.store.latestEvents(1, 5)).map(({ path }) => path))
    .toContain('/contact');
  expect(await stream.innerText()).toBe(paused);
  await sales.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => stream.innerText(), { timeout: 5_000 }).not.toBe(paused);

  expect(await sales.evaluate('window.isTheSamePage')).toBe(true);
  expect(complaints).toEqual([]);
});

test('a server that comes to its end is said on the page', async () => {
  isClosed = true;
  await server.close();
  await sales.getByText('Not live: the connection was lost. Trying again.').waitFor();
});
