/** Being told, as somebody sees it: the button, the bell, the log, the settings, what did not arrive. */
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openDashboard, type TestDashboard } from '../support/dashboard.ts';
import { draft } from '../support/drafts.ts';
import { sampleNow } from '../support/sample-traffic.ts';

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const owner = 'owner@millrace.example';

let browser: Browser;
let dashboard: TestDashboard;
let url: string;
let cookie: string;
let close: () => void;

beforeAll(async () => {
  browser = await launchBrowser();
  dashboard = await openDashboard({ traffic: true });
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
  const digest = { frequency: 'weekly' as const, weekday: 1, hour: 8, timeZone: 'Europe/Berlin' };
  await store.saveDigest({ user: owner, whenEmpty: 'nothing', ...digest }, sampleNow);
  await store.queueMessages(
    [
      {
        key: 'lost',
        channel: 'slack',
        recipient: '',
        message: { kind: 'test', askedBy: owner },
        dueAt: sampleNow,
      },
    ],
    sampleNow,
  );
  const [lost] = await store.dueMessages('slack', sampleNow, 1);
  await store.settleMessage(
    lost?.id ?? 0,
    { outcome: 'dead', problem: 'Slack answered 404: no_service' },
    sampleNow,
  );
  const server = serve({ fetch: dashboard.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => server.close();
}, 60_000);

afterAll(async () => {
  await browser.close();
  close();
  await dashboard.alerts.close();
  await dashboard.store.close();
});

async function open(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints };
}

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  describe.each(['desk', 'phone'] as const)('on a %s', (size) => {
    let opened: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      opened = await open({ viewport: sizes[size], colorScheme: theme });
    });
    afterAll(() => opened.context.close());

    test.each([
      ['the log', '/alerts'],
      ['what one is told', '/settings/alerts?segment=2&done=told'],
      ['the digest', '/settings/alerts/digest'],
      ['the segments', '/segments'],
      ['a segment’s companies', '/accounts?segment=2&period=all'],
    ])('%s can be used by everybody and fits the screen', async (_, path) => {
      const { page, complaints } = opened;
      await page.goto(url + path);
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode()
        .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(complaints.splice(0)).toEqual([]);
    });
  });
});

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
