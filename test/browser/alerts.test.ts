/** Being told, as somebody sees it: the button, the bell, the log, the settings, what did not arrive. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openTab, type ServedDashboard, serveDashboard } from '../support/dashboard-browser.ts';
import { draft } from '../support/drafts.ts';
import { sampleNow } from '../support/sample-traffic.ts';

const owner = 'owner@millrace.example';

let browser: Browser;
let dashboard: ServedDashboard;
let url: string;
let cookie: string;

beforeAll(async () => {
  browser = await launchBrowser();
  dashboard = await serveDashboard({ traffic: true });
  url = dashboard.url;
  cookie = await dashboard.signIn('owner');
  const { store, alerts } = dashboard;
  const keep = (name: string, expression: string) =>
    store.saveSegment(null, { name, expression, isShared: true }, owner, sampleNow);
  await keep('Came back after a long silence, and read the prices more than once', 'visits >= 9');
  const segment = await keep('Reads the prices', 'viewed("/prices*") >= 2 within 7 days');
  const quiet = { from: 22 * 60, to: 7 * 60 };
  const wish = { user: owner, channels: ['browser' as const, 'mail' as const], coolingDays: 7, quiet };
  await store.saveAlertRule({ segmentId: segment.id, timeZone: 'Europe/Berlin', ...wish }, sampleNow);
  await alerts.run();
  for (const company of ['Harbour Tools', 'Kestrel <b>Works</b>'])
    await store.append(
      [1, 2].map((number) =>
        draft(
          { visitor: company, company, at: sampleNow - number * 60_000, path: '/prices', title: 'Prices' },
          number,
        ),
      ),
    );
  await alerts.run();
}, 60_000);

afterAll(async () => {
  await browser.close();
  dashboard.close();
  await dashboard.alerts.close();
  await dashboard.store.close();
});

const open = (options: Parameters<Browser['newContext']>[0] = {}) =>
  openTab(browser, dashboard, { cookie }, options);

test('one is told of a segment, changes how, and is told no more, without a script', async () => {
  const { context, page } = await open({ javaScriptEnabled: false });
  await page.goto(`${url}/segments`);
  await page.getByRole('button', { name: /Tell me when a company enters Came back/ }).click();
  await page.getByText('You will be told').waitFor();
  const rule = page.locator('#segment-1');
  await rule.getByLabel('By mail').uncheck();
  await rule.getByLabel('Days before').fill('30');
  await rule.getByLabel('From').fill('21:30');
  await rule.getByLabel('To', { exact: true }).fill('06:00');
  await rule.getByLabel('Time zone').fill('Europe/Lisbon');
  await rule.getByRole('button', { name: 'Keep it' }).click();
  await page.getByText('in the browser; quiet from 21:30 to 06:00, Europe/Lisbon').waitFor();
  const find = async () => (await dashboard.store.alertRules(owner)).find(({ segmentId }) => segmentId === 1);
  expect(await find()).toMatchObject({ channels: ['browser'], coolingDays: 30, timeZone: 'Europe/Lisbon' });
  await page.locator('#segment-1 summary').click();
  await rule.getByRole('button', { name: 'Tell me no more' }).click();
  await page.getByText('You are told of it no more.').waitFor();
  expect(await find()).toBeUndefined();
  await context.close();
});

test('the bell says how much is unread until it is read', async () => {
  const { context, page } = await open();
  await page.goto(`${url}/accounts`);
  await page.getByRole('link', { name: 'Alerts, 2 unread' }).click();
  await page.getByText('Kestrel <b>Works</b>').waitFor();
  await page.getByText('viewed("/prices*") >= 2 within 7 days: 2').first().waitFor();
  await page.getByRole('button', { name: 'Read: Harbour Tools came into Reads the prices' }).click();
  await page.getByRole('link', { name: 'Alerts, 1 unread' }).waitFor();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByRole('link', { name: 'Alerts', exact: true }).waitFor();
  await context.close();
});
