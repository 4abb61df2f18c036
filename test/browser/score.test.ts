/** The score as an owner changes it: a rule edited, looked at before anybody sees it, published, and seen in the list. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { axeFindings, openTab, type ServedDashboard, serveDashboard } from '../support/dashboard-browser.ts';
import { day, draft } from '../support/drafts.ts';
import { sampleNow } from '../support/sample-traffic.ts';

let browser: Browser;
let dashboard: ServedDashboard;
let url: string;
let cookie: string;

const at = sampleNow - 2 * day;

beforeAll(async () => {
  browser = await launchBrowser();
  dashboard = await serveDashboard({ traffic: false });
  url = dashboard.url;
  await dashboard.store.addSite('millrace.example', [], at);
  const wishes = [
    { visitor: 'a', company: 'Aster', at, path: '/pricing' },
    { visitor: 'b', company: 'Birch', at, path: '/contact' },
    { visitor: 'c', company: 'Cedar', at, path: '/' },
  ];
  await dashboard.store.append(wishes.map((wish, index) => draft({ ...wish, key: `event-${index}` })));
  await dashboard.scores.refresh();
  cookie = await dashboard.signIn('owner');
});

afterAll(async () => {
  await browser.close();
  dashboard.close();
  await dashboard.store.close();
});

async function open(
  path: string,
  run: (page: Page) => Promise<void>,
  options: Parameters<Browser['newContext']>[0] = {},
  /** What the browser itself says of an answer that refuses. */
  expected: string[] = [],
): Promise<void> {
  const { context, page, complaints } = await openTab(browser, dashboard, { cookie }, options);
  await page.goto(url + path);
  await run(page);
  expect(complaints).toEqual(expected);
  await context.close();
}

const rule = (page: Page, name: string) => page.getByRole('group', { name });
const rows = (page: Page) => page.locator('.list-accounts tbody tr');

test('an owner changes a rule, looks, publishes, and the list has the new score with its reason', async () => {
  await open('/settings/score', async (page) => {
    const prices = rule(page, 'Looked at prices');
    const text = prices.getByLabel('Companies where');
    await text.fill('visit > 1');
    await prices.getByText('Did you mean visits?').waitFor();
    expect(await text.getAttribute('aria-invalid')).toBe('true');
    await text.fill('viewed("/pri');
    await text.press('End');
    await text.pressSequentially('c');
    await prices.locator('[role=option]').first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await text.getAttribute('aria-activedescendant')).toBe('rule0-expression-choice-0');
    await page.keyboard.press('Enter');
    expect(await text.inputValue()).toBe('viewed("/pricing"');
    await text.press('End');
    await text.pressSequentially(')');
    await prices.locator('.field-error').waitFor({ state: 'detached' });
    await prices.getByLabel('Points').fill('70');
    await prices.getByLabel('Given').selectOption('once');
    await prices.getByLabel('Half after').fill('');
    // Enter looks; it neither publishes nor takes anything away.
    await prices.getByLabel('Points').press('Enter');
    const preview = page.getByRole('region', { name: 'What this draft would change' });
    await preview.getByText('1 company would have another score.').waitFor();
    expect(await preview.locator('.score-changes > ul > li > p').allTextContents()).toEqual(['Aster 7 → 70']);
    expect(await preview.locator('.change-reasons').textContent()).toContain('Looked at prices +70');
    expect(await dashboard.store.scoreVersions(9)).toEqual([]);

    await page.getByLabel('Why this change').fill('Prices say the most');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('status').getByText('Version 1 is in force.').waitFor();
    await page.goto(`${url}/accounts?sort=score`);
    const first = rows(page).first();
    expect(await first.locator('a.claim-name').textContent()).toBe('Aster');
    const shown = first.locator('.cell-score .score');
    expect(await shown.textContent()).toBe('70 hot');
    expect(await shown.getAttribute('title')).toBe('Looked at prices +70');
    // Who has no mouse finds the reasons in the preview.
    await first.locator('a.claim-name').focus();
    await first.locator('.preview .reasons').waitFor({ state: 'visible' });
    expect(await first.locator('.preview .reasons').textContent()).toContain('Looked at prices +70');
    await first.locator('a.claim-name').click();
    const score = page.getByRole('region', { name: 'Score' });
    expect(await score.locator('.score-reasons').textContent()).toContain('Looked at prices');
    expect(await score.locator('.score-whole').textContent()).toBe('70 hot');
  });
});

test('everything can be done without a script', async () => {
  await open(
    '/settings/score',
    async (page) => {
      await rule(page, 'Looks for work, not for us')
        .getByRole('button', { name: /^Remove/ })
        .click();
      expect(await rule(page, 'Looks for work, not for us').count()).toBe(0);
      const another = rule(page, 'Another rule');
      await another.getByLabel('In words').fill('Is Birch');
      await another.getByLabel('Companies where').fill('nam = birch');
      await another.getByLabel('Points').fill('90');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('Did you mean name?').waitFor();
      await rule(page, 'Is Birch').getByLabel('Companies where').fill('name = birch');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('Version 2 is in force.').waitFor();
      await page.goto(`${url}/accounts?sort=score`);
      expect(await rows(page).first().locator('a.claim-name').textContent()).toBe('Birch');
      await page.goto(`${url}/settings/score`);
      await page.getByRole('button', { name: 'Go back to version 1' }).click();
      await page.getByText('Version 3 is in force.').waitFor();
      expect(await rule(page, 'Is Birch').count()).toBe(0);
    },
    { javaScriptEnabled: false },
    ['Failed to load resource: the server responded with a status of 400 (Bad Request)'],
  );
});

test.each([
  ['light', 1440],
  ['dark', 1440],
  ['light', 390],
  ['dark', 390],
] as const)(
  'what a change would do, and a refusal, can be read by everybody, %s and %d wide',
  async (colorScheme, width) => {
    const look = async (page: Page, what: string) => {
      expect(await axeFindings(page), what).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
        what,
      ).toBeLessThanOrEqual(0);
    };
    const options = { colorScheme, viewport: { width, height: 900 } };
    await open(
      '/settings/score',
      async (page) => {
        await page.locator('#rule0-points').fill('40');
        await page.locator('#bought').fill('viewed("/contact")');
        await page.getByRole('button', { name: 'See what it would change' }).last().click();
        await page.locator('#preview').waitFor();
        await look(page, 'the preview');
        await page.locator('#rule0-expression').fill('visit > 1');
        await page.locator('#rule1-points').fill('x');
        await page.getByRole('button', { name: 'Publish' }).click();
        await page.getByRole('alert').waitFor();
        await look(page, 'a refusal');
      },
      options,
      ['Failed to load resource: the server responded with a status of 400 (Bad Request)'],
    );
  },
);
