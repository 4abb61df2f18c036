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
import type { Store } from '../../collector/store/store.ts';
import { firefox } from '../support/agents.ts';
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
  const sales = await (await browser.newContext()).newPage();
  await sales.goto(`${server.url}${await server.auth.inviteUser('kim@tidewright.example', 'sales')}`);
  await sales.getByRole('button', { name: 'Sign in' }).click();
  await sales.waitForURL('**/password**');

  const page = await (await browser.newContext({ userAgent: firefox })).newPage();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/e') sent.push(request.postData() ?? '');
  });
  await page.goto(site.url);
  for (const name of ['Product', 'Pricing', 'Contact']) {
    await page.getByRole('link', { name, exact: true }).first().click();
    await page.waitForURL(`**/${name.toLowerCase()}`);
  }
  await page.getByLabel('Name', { exact: true }).fill('Typed And Never Sent');
  await page.getByLabel('Work e-mail').fill('typed-and-never-sent@nordhavn-robotics.example');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL('**/contact/thanks');

  const { store } = server.rooms;
  await expect.poll(() => accountNames(store), { timeout: 2_000 }).toEqual(['Nordhavn Robotics']);
  const story = async () => {
    await sales.goto(`${server.url}/accounts`);
    await sales.getByRole('link', { name: 'Nordhavn Robotics' }).click();
    await sales.waitForURL('**/accounts/*');
    return sales.getByRole('main').innerText();
  };
  await expect.poll(story, { timeout: 2_000 }).toMatch(/Submitted[\s\S]*form/);
  const text = await story();
  for (const step of ['/product', '/pricing', '/contact', '/contact/thanks']) expect(text).toContain(step);

  // What was typed has not left the page.
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.join('\n')).not.toMatch(/never-sent|Never Sent/);
  expect(text).not.toMatch(/never-sent|Never Sent/);
});

test('somebody at home is not a prospect', async () => {
  const { store } = server.rooms;
  const before = await accountNames(store);
  const page = await (await browser.newContext({ userAgent: firefox })).newPage();
  await page.goto(site.url);
  const home = page.locator('#guise optgroup[label="No company"] option').first();
  const [value, name] = [await home.getAttribute('value'), await home.innerText()];
  // The selector sends its form by itself.
  await page.selectOption('#guise', value);
  await page.getByText(`You are visiting as a customer of ${name}`).waitFor();
  await page.goto(`${site.url}/pricing`);
  await expect
    .poll(
      async () => {
        const { rows } = await store.networks({ ...everything, group: 'providers' });
        return rows.map((row) => row.name);
      },
      { timeout: 5_000 },
    )
    .toEqual([name]);
  // The page that was seen before, as somebody at Nordhavn, is a visit of theirs; this one is nobody's.
  expect(await accountNames(store)).toEqual(before);
});

const everything = { siteId: null, period: { from: 0, to: 8.64e15 }, search: '', offset: 0, limit: 50 };

async function accountNames(store: Store): Promise<string[]> {
  const { rows } = await store.accounts({ ...everything, sort: 'name', descending: false });
  return rows.map((row) => row.name);
}
