/** A segment as a marketer makes one: typed, mistyped, completed, put together of rows, and opened as a list. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openTab, type ServedDashboard, serveDashboard } from '../support/dashboard-browser.ts';
import { type DraftWish, day, draft } from '../support/drafts.ts';
import { sampleNow } from '../support/sample-traffic.ts';

let browser: Browser;
let dashboard: ServedDashboard;
let url: string;
let cookie: string;

const at = sampleNow - 2 * day;
const longAgo = sampleNow - 40 * day;
const many = (count: number, wish: DraftWish): DraftWish[] =>
  Array.from({ length: count }, (_, number) => ({ ...wish, at: (wish.at ?? at) + number * 1_000 }));
const track = (name: string): Pick<DraftWish, 'type' | 'detail'> => ({
  type: 'track',
  detail: { track: { name, props: {} } },
});

beforeAll(async () => {
  browser = await launchBrowser();
  dashboard = await serveDashboard({ traffic: false });
  url = dashboard.url;
  await dashboard.store.addSite('millrace.example', [], longAgo);
  const wishes = [
    ...many(3, { visitor: 'a', company: 'Aster', at, ...track('Project Created') }),
    ...many(6, { visitor: 'a', company: 'Aster', at: at + 60_000, ...track('Users Invited') }),
    ...many(3, { visitor: 'b', company: 'Birch', at: longAgo, ...track('Project Created') }),
    ...many(6, { visitor: 'b', company: 'Birch', at: longAgo + 60_000, ...track('Users Invited') }),
    ...many(9, { visitor: 'c', company: 'Cedar', at, ...track('Login') }),
    { visitor: 'd1', company: 'Dogwood', at, path: '/pricing' },
    { visitor: 'd2', company: 'Dogwood', at, path: '/pricing/teams' },
    ...many(3, { visitor: 'e', company: 'Elder', at, path: '/pricing' }),
  ];
  await dashboard.store.append(wishes.map((wish, index) => draft({ ...wish, key: `event-${index}` })));
  cookie = await dashboard.signIn('marketer');
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

const found = (page: Page) => page.locator('.segment-accounts a').allTextContents();
const listed = (page: Page) => page.locator('a.claim-name').allTextContents();

test.each([
  [
    'projects_created > 2 AND users_invited > 5',
    ['Aster', 'Birch'],
    'event("projects_created") > 2 and event("users_invited") > 5',
  ],
  [
    'projects_created > 2 within 7 days AND users_invited > 5 within 7 days',
    ['Aster'],
    'event("projects_created") > 2 within 7 days and event("users_invited") > 5 within 7 days',
  ],
  [
    'viewed("/pricing*") >= 2 within 7 days and people >= 2',
    ['Dogwood'],
    'viewed("/pricing*") >= 2 within 7 days and people >= 2',
  ],
])('typing %s shows the companies at once, and in the list', async (typed, companies, written) => {
  await open('/segments/new', async (page) => {
    await page.locator('#text').pressSequentially(typed);
    await page.getByRole('heading', { name: new RegExp(`^${companies.length} compan`) }).waitFor();
    expect((await found(page)).sort()).toEqual(companies);
    await page.getByRole('link', { name: 'See them in the list' }).click();
    await page.getByRole('heading', { level: 1, name: 'Companies' }).waitFor();
    expect((await listed(page)).sort()).toEqual(companies);
    // Each condition can be taken away alone.
    const conditions = await page.locator('.segment-chip code').allTextContents();
    expect(conditions.join(' and ')).toBe(written);
    await page.getByRole('link', { name: 'Show all companies' }).click();
    await page.waitForURL(/accounts(\?period=all)?$/);
    expect(await listed(page)).toHaveLength(5);
  });
});

test('a slip is explained under its place, and mending it brings the companies', async () => {
  await open('/segments/new', async (page) => {
    const text = page.locator('#text');
    await text.fill('people >= 2 and visit > 0');
    await page.getByText('There is nothing called “visit”. Did you mean visits?').waitFor();
    expect(await page.locator('.pointer').textContent()).toBe(
      `people >= 2 and visit > 0\n${' '.repeat(16)}^^^^^`,
    );
    expect(await text.getAttribute('aria-invalid')).toBe('true');
    expect(await found(page)).toEqual([]);
    await text.fill('people >= 2 and visits > 0');
    await page.getByRole('heading', { name: '1 company in it' }).waitFor();
    expect(await found(page)).toEqual(['Dogwood']);
    expect(await text.getAttribute('aria-invalid')).toBeNull();
    expect(await page.locator('.pointer').count()).toBe(0);
  });
});

test('names are chosen with the keys', async () => {
  await open('/segments/new', async (page) => {
    const text = page.locator('#text');
    await text.pressSequentially('event("us');
    const options = page.locator('#text-choices [role=option]');
    await options.first().waitFor();
    expect(await options.allTextContents()).toEqual(['"Users Invited" 6']);
    await page.keyboard.press('ArrowDown');
    expect(await text.getAttribute('aria-activedescendant')).toBe('text-choice-0');
    expect(await options.first().getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    expect(await text.inputValue()).toBe('event("Users Invited"');
    await page.keyboard.type(') > 5 and vi');
    await page.locator('#text-choices', { hasText: 'visits' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#text-choices').waitFor({ state: 'hidden' });
    // Closed, the keys are the text's own again.
    await page.keyboard.press('Enter');
    expect(await text.inputValue()).toBe('event("Users Invited") > 5 and vi\n');
  });
});

test('rows write the text, and the text fills the rows', async () => {
  await open('/segments/new', async (page) => {
    const text = page.locator('#text');
    await page.getByLabel('Condition 1: what').selectOption({ label: 'Pages viewed' });
    await page.getByLabel('Condition 1: page').fill('/pricing*');
    await page.getByLabel('Condition 1: value').fill('2');
    await page.getByRole('heading', { name: '2 companies in it' }).waitFor();
    expect(await text.inputValue()).toBe('viewed("/pricing*") >= 2');
    await page.getByLabel('Condition 1: by at least people').fill('2');
    await page.getByRole('heading', { name: '1 company in it' }).waitFor();
    expect(await text.inputValue()).toBe('viewed("/pricing*") >= 2 by >= 2 people');
    await page.getByLabel('Condition 2: what').selectOption({ label: 'Visits' });
    await page.getByLabel('Condition 2: value').fill('1');
    await page.getByLabel('any of these').check();
    await page.getByRole('heading', { name: '5 companies in it' }).waitFor();
    expect(await text.inputValue()).toBe('viewed("/pricing*") >= 2 by >= 2 people or visits >= 1');
    await text.fill('country = DE and people > 1 within 14 days');
    await page.getByLabel('Condition 2: within days').and(page.locator('[value="14"]')).waitFor();
    expect(await page.getByLabel('Condition 1: value').inputValue()).toBe('DE');
    expect(await page.getByLabel('all of these').isChecked()).toBe(true);
    await text.fill('not people > 1');
    await page.getByText('This expression says more than rows can').waitFor();
  });
});

test('everything can be done without a script', async () => {
  await open(
    '/segments/new',
    async (page) => {
      await page.getByLabel('Condition 1: what').selectOption({ label: 'People' });
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByLabel('Condition 1: value').fill('2');
      await page.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('heading', { name: '1 company in it' }).waitFor();
      await page.locator('#text').fill('people >= 2 and visit > 1');
      await page.locator('#name').fill('Several people');
      await page.getByRole('button', { name: 'Keep it' }).click();
      await page.getByText('Did you mean visits?').waitFor();
      await page.locator('#text').fill('people >= 2 and visits > 1');
      await page.getByRole('button', { name: 'Keep it' }).click();
      await page.getByRole('link', { name: 'Several people' }).first().click();
      expect(await listed(page)).toEqual(['Dogwood']);
      await page.getByRole('link', { name: 'Change it' }).click();
      await page.getByRole('button', { name: 'Take this segment away' }).click();
      await page.getByText('No segments yet').waitFor();
    },
    { javaScriptEnabled: false },
    ['Failed to load resource: the server responded with a status of 400 (Bad Request)'],
  );
});
