/** A visit in one real browser is seen on the live page that is open in another. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { firefox } from '../support/agents.ts';
import { launchBrowser } from '../support/browser.ts';
import { type DemoWorld, openDemoWorld } from '../support/demo-world.ts';

let world: DemoWorld;
let browser: Browser;
let sales: Page;
const complaints: string[] = [];

beforeAll(async () => {
  world = await openDemoWorld();
  browser = await launchBrowser();
  sales = await world.openSales(browser);
  sales.on('console', (message) => complaints.push(message.text()));
  sales.on('pageerror', (error) => complaints.push(String(error)));
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

test('a visit appears on the open page by itself, goes on there, and waits while it is paused', async () => {
  await sales.goto(`${world.server.url}/live`);
  await sales.getByText('Live: this page moves by itself.').waitFor();
  await sales.getByText('No company in the last 30 minutes.').waitFor();
  await sales.evaluate('window.isTheSamePage = true');

  const visitor = await (await browser.newContext({ userAgent: firefox })).newPage();
  await visitor.goto(world.siteUrl);
  const here = sales.locator('.live-companies');
  const stream = sales.locator('[data-live-stream]');
  await here.getByRole('link', { name: 'Nordhavn Robotics' }).waitFor({ timeout: 5_000 });
  await stream.getByRole('link', { name: 'Nordhavn Robotics' }).first().waitFor();
  // Who stands on a link stands on it still when the list is made anew.
  await here.getByRole('link', { name: 'Nordhavn Robotics' }).focus();
  const lines = await stream.locator('li').count();
  await visitor.goto(`${world.siteUrl}/pricing`);
  await expect.poll(() => stream.locator('li').count(), { timeout: 5_000 }).toBeGreaterThan(lines);
  expect(await sales.evaluate('document.activeElement.textContent.trim()')).toBe('Nordhavn Robotics');
  expect(await here.innerText()).toMatch(/1 person/);
  expect((await new AxeBuilder({ page: sales }).setLegacyMode().analyze()).violations).toEqual([]);

  await sales.getByRole('button', { name: 'Pause' }).click();
  await sales.getByText('Paused.').waitFor();
  const paused = await stream.innerText();
  await visitor.goto(`${world.siteUrl}/contact`);
  await expect
    .poll(async () => (await world.server.rooms.store.latestEvents(1, 5)).map(({ path }) => path))
    .toContain('/contact');
  expect(await stream.innerText()).toBe(paused);
  await sales.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => stream.innerText(), { timeout: 5_000 }).not.toBe(paused);

  expect(await sales.evaluate('window.isTheSamePage')).toBe(true);
  expect(complaints).toEqual([]);
});

test('a server that comes to its end is said on the page', async () => {
  await world.closeServer();
  await sales.getByText('Not live: the connection was lost. Trying again.').waitFor();
});
