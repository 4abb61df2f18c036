/** A person's page and read-only links in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { axeFindings, openTab, type ServedDashboard, serveDashboard } from '../support/dashboard-browser.ts';
import { contact, day, draft } from '../support/drafts.ts';
import { kim, storeKnownPerson } from '../support/known-person.ts';
import { sampleNow } from '../support/sample-traffic.ts';

let browser: Browser;
let served: ServedDashboard;
let accountId: number;
let pages: Record<string, string>;

beforeAll(async () => {
  [browser, served] = await Promise.all([launchBrowser(), serveDashboard({ traffic: true })]);
  const { store } = served;
  accountId = await storeKnownPerson(store, sampleNow);
  await store.append([
    draft({ visitor: 'nobody', at: sampleNow - day, company: 'Acme' }),
    draft({
      visitor: 'long',
      at: sampleNow - day,
      type: 'identify',
      detail: { identify: { user: 'w'.repeat(300), email: null, traits: {} } },
    }),
  ]);
  const file = { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} } as const;
  const imported = await store.beginImport(file, 'owner@millrace.example', sampleNow);
  await store.importContacts([contact({ email: 'lee@harbour-tools.com', name: 'Lee' })], sampleNow, imported);
  const people = await store.people(accountId);
  const [known, file1] = [
    people.find(({ email }) => email === kim),
    people.find(({ name }) => name === 'Lee'),
  ];
  const latest = await store.latestEvents(1, 500);
  expect(latest.length).toBeGreaterThan(0);
  const acme = (await store.accountBy({ domain: 'acme.example' })) ?? 0;
  const [lane] = await store.lanes(acme, null);
  pages = {
    person: `/people/${known?.personId}`,
    contact: `/people/c${file1?.contactId}`,
    visitor: `/people/v${lane?.visitorId}`,
    long: `/people/v${(lane?.visitorId ?? 0) + 1}`,
    company: `/accounts/${accountId}`,
    share: `/accounts/${accountId}/share`,
  };
});
afterAll(async () => {
  await browser?.close();
  served?.close();
});

const isTooWide = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');

async function makeLink(page: Page, password = ''): Promise<string> {
  await page.goto(`${served.url}${pages.company}`);
  await page.getByRole('link', { name: 'Share', exact: true }).click();
  await page.getByLabel('30 days').check();
  if (password !== '') await page.getByLabel('Password, if you want one').fill(password);
  await page.getByRole('button', { name: 'Make the link' }).click();
  return page.locator('#share-link').innerText();
}

test.each([
  { size: { width: 1440, height: 900 }, theme: 'light' },
  { size: { width: 390, height: 844 }, theme: 'dark' },
] as const)(
  'people and shared journeys are calm pages, $size.width wide and $theme',
  async ({ size, theme }) => {
    const { context, page, complaints } = await openTab(browser, served, 'owner', {
      viewport: size,
      colorScheme: theme,
    });
    const [shared, locked] = [await makeLink(page), await makeLink(page, 'correct horse')];
    for (const [name, address] of Object.entries({ ...pages, shared, locked })) {
      await page.goto(address.startsWith('/') ? `${served.url}${address}` : address);
      expect.soft([name, await isTooWide(page)]).toEqual([name, false]);
      if (name !== 'long' && name !== 'visitor' && name !== 'company')
        expect.soft([name, await axeFindings(page)]).toEqual([name, []]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  },
);

test('support opens a link with its password, reads the journey, and finds no way on', async () => {
  const maker = await openTab(browser, served, 'marketer');
  const link = await makeLink(maker.page, 'correct horse');
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Password').fill('wrong horse');
  await page.getByRole('button', { name: 'Open' }).click();
  await expect.poll(() => page.locator('.field-error').innerText()).toBe('That is not the password.');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'What they did' }).waitFor();
  const text = await page.getByRole('main').innerText();
  expect(text).toContain('Renewal talk');
  expect(text).not.toMatch(/@|kim|second line in spring/i);
  const leads = await page
    .locator('a')
    .evaluateAll((links) => links.map((one) => one.getAttribute('href') ?? ''));
  const { pathname } = new URL(link);
  expect(leads.filter((href) => href !== '#main' && !href.startsWith(pathname))).toEqual([]);

  await maker.page.goto(`${served.url}${pages.share}`);
  await maker.page
    .getByRole('button', { name: /^Revoke/ })
    .first()
    .click();
  await page.reload();
  expect(await page.getByRole('heading').innerText()).toBe('This link opens nothing');
  await Promise.all([context.close(), maker.context.close()]);
});
