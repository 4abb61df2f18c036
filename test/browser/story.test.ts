/** The whole road in a real browser: a visit to a site that carries the tag becomes a line in an account's story. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Store } from '../../collector/store/store.ts';
import { firefox } from '../support/agents.ts';
import { launchBrowser } from '../support/browser.ts';
import { type DemoWorld, openDemoWorld } from '../support/demo-world.ts';

let world: DemoWorld;
let browser: Browser;

beforeAll(async () => {
  world = await openDemoWorld();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

test('three pages and a form on the site stand in the account’s story within two seconds', async () => {
  const sales = await world.openSales(browser);

  const page = await (await browser.newContext({ userAgent: firefox })).newPage();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/e') sent.push(request.postData() ?? '');
  });
  await page.goto(world.siteUrl);
  for (const name of ['Product', 'Pricing', 'Contact']) {
    await page.getByRole('link', { name, exact: true }).first().click();
    await page.waitForURL(`**/${name.toLowerCase()}`);
  }
  await page.getByLabel('Name', { exact: true }).fill('Typed And Never Sent');
  await page.getByLabel('Work e-mail').fill('typed-and-never-sent@nordhavn-robotics.example');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL('**/contact/thanks');

  const { store } = world.server.rooms;
  await expect.poll(() => accountNames(store), { timeout: 2_000 }).toEqual(['Nordhavn Robotics']);
  const story = async () => {
    await sales.goto(`${world.server.url}/accounts`);
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
  const { store } = world.server.rooms;
  const before = await accountNames(store);
  const page = await (await browser.newContext({ userAgent: firefox })).newPage();
  await page.goto(world.siteUrl);
  const home = page.locator('#guise optgroup[label="No company"] option').first();
  const [value, name] = [await home.getAttribute('value'), await home.innerText()];
  // The selector sends its form by itself.
  await page.selectOption('#guise', value);
  await page.getByText(`You are visiting as a customer of ${name}`).waitFor();
  await page.goto(`${world.siteUrl}/pricing`);
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
