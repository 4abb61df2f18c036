/** The companies' list as people use it: a salesperson's morning, by keys, by mouse, by finger, and without scripts. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  axeFindings,
  openTab,
  type ServedDashboard,
  type SomebodysTab,
  serveDashboard,
} from '../support/dashboard-browser.ts';

let browser: Browser;
let served: ServedDashboard;

beforeAll(async () => {
  browser = await launchBrowser();
  served = await serveDashboard({ traffic: true });
  const owner = 'owner@millrace.example';
  await served.signIn('owner');
  const longest = 'A tag as long as tags can be, in all 40 l';
  await served.store.mark(
    [40, 41],
    { kind: 'tag', tag: longest.slice(0, 40) },
    owner,
    Date.UTC(2026, 10, 20),
  );
  await served.store.mark([40], { kind: 'follow' }, owner, Date.UTC(2026, 10, 20));
  await served.store.addNote(
    40,
    `${'long '.repeat(50)}\nnote${'e'.repeat(90)}`,
    owner,
    Date.UTC(2026, 10, 20),
  );
});

afterAll(async () => {
  await browser?.close();
  served?.close();
});

const focused = (page: Page) => page.evaluate('document.activeElement.textContent');
const shown = (page: Page) => page.locator('a.claim-name').allTextContents();
/** The page that a form led to is there, and so are its scripts. */
async function done(page: Page, says: string): Promise<void> {
  await page.getByText(says).waitFor();
  await page.waitForLoadState('load');
}
const unseen = 'Nobody has looked at these';

test('a salesperson’s morning: whom nobody has looked at, a note, hers, and gone from that list', async () => {
  const { context, page, complaints } = await openTab(browser, served, 'sales');
  await page.goto(`${served.url}/accounts?period=90d`);
  await page.getByRole('navigation', { name: 'Segments' }).getByRole('link', { name: unseen }).click();
  await page.waitForURL(/list=unseen/);
  const before = await shown(page);
  const [first = '', second = ''] = before;
  await page.keyboard.press('j');
  expect(await focused(page)).toBe(first);
  await page.keyboard.press('j');
  expect(await focused(page)).toBe(second);
  await page.keyboard.press('k');
  expect(await focused(page)).toBe(first);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: first }).waitFor();

  await page.getByRole('link', { name: 'Notes' }).click();
  await page.getByLabel('New note').fill('Asked for a price.\nCall on Monday.');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await page.locator('.note-text', { hasText: 'Call on Monday.' }).waitFor();
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByText('Made sales@millrace.example the owner of 1 company.').waitFor();

  await page.getByRole('link', { name: 'Companies', exact: true }).first().click();
  await page.waitForURL(`${served.url}/accounts`);
  await page.keyboard.press('q');
  await page.waitForURL(/period=90d/);
  const rail = page.getByRole('navigation', { name: 'Segments' });
  await rail.getByRole('link', { name: /^Mine/ }).click();
  await page.waitForURL(/list=mine/);
  expect(await shown(page)).toEqual([first]);
  await rail.getByRole('link', { name: unseen }).click();
  await page.waitForURL(/list=unseen/);
  expect(await shown(page)).not.toContain(first);
  expect((await shown(page))[0]).toBe(second);
  expect(complaints).toEqual([]);
  await context.close();
});

describe('by keys', () => {
  test('rows are chosen, hidden and shown again by undoing', async () => {
    const { context, page, complaints } = await openTab(browser, served, 'marketer');
    await page.goto(`${served.url}/accounts?period=90d`);
    const before = await shown(page);
    const bar = page.getByRole('group', { name: 'With the chosen companies' });
    expect(await bar.isVisible()).toBe(false);
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await bar.getByText('2 chosen').waitFor();
    await page.keyboard.press('h');
    await page.getByText('Hid 2 companies.').waitFor();
    expect(await shown(page)).not.toContain(before[0]);
    await page.getByRole('button', { name: 'Undo: Hid 2 companies.' }).click();
    await page.getByText('Undone: hid 2 companies.').waitFor();
    expect(await shown(page)).toEqual(before);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('f follows the row that one is at, and stops following it', async () => {
    const { context, page } = await openTab(browser, served, 'marketer');
    await page.goto(`${served.url}/accounts?period=90d&q=kestrel`);
    await page.keyboard.press('j');
    await page.keyboard.press('f');
    await done(page, 'Followed 1 company.');
    await page.locator('.badge-followed').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('f');
    await page.getByText('Stopped following 1 company.').waitFor();
    await context.close();
  });

  test('Escape clears what is chosen, then the filters; a period has a letter; e exports', async () => {
    const { context, page } = await openTab(browser, served, 'marketer');
    await page.goto(`${served.url}/accounts?period=90d&q=a`);
    await page.locator('tr[data-row] input[name="id"]').first().check();
    await page.keyboard.press('Escape');
    await page.getByText('1 chosen').waitFor({ state: 'detached' });
    expect(await page.locator('input[name="id"]:checked').count()).toBe(0);
    expect(page.url()).toContain('q=a');
    await page.keyboard.press('Escape');
    await page.waitForURL(`${served.url}/accounts`);
    await page.keyboard.press('a');
    await page.waitForURL(/period=all/);
    const download = page.waitForEvent('download');
    await page.keyboard.press('e');
    expect((await download).suggestedFilename()).toMatch(/^footlight-companies-.*\.csv$/);
    await context.close();
  });

  test('nothing is a key while somebody types, or with Control held', async () => {
    const { context, page } = await openTab(browser, served, 'marketer');
    await page.goto(`${served.url}/accounts?period=90d`);
    await page.keyboard.press('/');
    await page.keyboard.type('jxw?');
    expect(await page.locator('#q').inputValue()).toBe('jxw?');
    expect(page.url()).toContain('period=90d');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.locator('h1').click();
    await page.keyboard.press('Control+j');
    expect(await page.locator('tr:focus-within').count()).toBe(0);
    await context.close();
  });

  test('a question mark lists them, and they can be switched off and on', async () => {
    const { context, page, complaints } = await openTab(browser, served, 'marketer');
    await page.goto(`${served.url}/accounts?period=90d`);
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys of this list' });
    await dialog.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press('w');
    expect(page.url()).toContain('period=90d');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(page.url()).toContain('period=90d');
    await page.keyboard.press('?');
    await dialog.getByRole('button', { name: 'Switch them off' }).click();
    await page.locator('dialog[data-keys="off"]').waitFor({ state: 'attached' });
    await page.waitForLoadState('load');
    for (const key of ['j', '?', 'w', '/']) await page.keyboard.press(key);
    expect(await page.locator('tr:focus-within, dialog[open], #q:focus').count()).toBe(0);
    expect(page.url()).toContain('period=90d');
    await page.getByRole('button', { name: 'Keys', exact: true }).click();
    await dialog.getByRole('button', { name: 'Switch them on' }).click();
    await page.locator('dialog[data-keys="on"]').waitFor({ state: 'attached' });
    await page.waitForLoadState('load');
    await page.keyboard.press('j');
    expect(await page.locator('tr:focus-within').count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('the box at the top ticks all of the page', async () => {
  const { context, page } = await openTab(browser, served, 'marketer');
  await page.goto(`${served.url}/accounts?period=90d`);
  const every = page.getByLabel('Choose 40 companies on this page');
  await every.check();
  await page.getByText('40 chosen').waitFor();
  await page.locator('tr[data-row] input[name="id"]').first().uncheck();
  await page.getByText('39 chosen').waitFor();
  expect(await every.evaluate((box: { indeterminate: boolean }) => box.indeterminate)).toBe(true);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export these' }).click();
  await download;
  await context.close();
});

describe('what a company did last', () => {
  test('shows where a pointer stays on its name, and is asked for once', async () => {
    const { context, page, complaints } = await openTab(browser, served, 'marketer');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/accounts\/\d+\/preview/.test(request.url())) asked.push(request.url());
    });
    await page.goto(`${served.url}/accounts?period=90d`);
    expect(asked).toEqual([]);
    await page.locator('a.claim-name').nth(1).hover();
    await page.locator('.preview', { hasText: 'Last visit' }).waitFor();
    await page.locator('h1').hover();
    await page.locator('.preview').waitFor({ state: 'hidden' });
    await page.locator('a.claim-name').nth(1).hover();
    await page.locator('.preview').waitFor();
    expect(asked).toHaveLength(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('shows where the keyboard stays, and Escape closes it before anything else', async () => {
    const { context, page } = await openTab(browser, served, 'marketer');
    await page.goto(`${served.url}/accounts?period=90d`);
    await page.keyboard.press('j');
    const preview = page.locator('.preview');
    await preview.waitFor();
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'hidden' });
    expect(page.url()).toContain('period=90d');
    expect(await page.locator('tr:focus-within').count()).toBe(1);
    await context.close();
  });

  test('is not asked for by a finger, which goes to the company', async () => {
    const { context, page } = await openTab(browser, served, 'marketer', {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
    });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/accounts\/\d+\/preview/.test(request.url())) asked.push(request.url());
    });
    await page.goto(`${served.url}/accounts?period=90d`);
    const [first = ''] = await shown(page);
    await page.locator('a.claim-name').first().tap();
    await page.getByRole('heading', { level: 1, name: first }).waitFor();
    expect(asked).toEqual([]);
    await context.close();
  });
});

test('without scripts, companies are chosen, hidden, and shown again', async () => {
  const { context, page } = await openTab(browser, served, 'marketer', { javaScriptEnabled: false });
  await page.goto(`${served.url}/accounts?period=90d`);
  await page.locator('tr[data-row] input[name="id"]').nth(0).check();
  await page.locator('tr[data-row] input[name="id"]').nth(1).check();
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await page.getByText('Hid 2 companies.').waitFor();
  await page.getByRole('navigation', { name: 'Segments' }).getByRole('link', { name: 'Hidden' }).click();
  await page.getByLabel('Choose 2 companies on this page').check();
  await page.getByRole('button', { name: 'Show again' }).click();
  await page.getByText('Showed 2 companies again.').waitFor();
  expect(await page.getByRole('button', { name: 'Keys', exact: true }).isVisible()).toBe(false);
  await context.close();
});

test('Enter in the field of a tag adds the tag', async () => {
  const { context, page } = await openTab(browser, served, 'marketer');
  await page.goto(`${served.url}/accounts?period=90d&q=kestrel&columns=tags`);
  await page.locator('tr[data-row] input[name="id"]').check();
  await page.getByLabel('Tag', { exact: true }).fill('Trade fair');
  await page.keyboard.press('Enter');
  await page.getByText('Tagged 1 company with “Trade fair”.').waitFor();
  await page.locator('td .chip', { hasText: 'Trade fair' }).waitFor();
  await context.close();
});

const everyColumn =
  'country,industry,size,owner,tags,last,visits,people,pages,engaged,change,source,status,activity';

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  describe.each([
    ['a desk', { width: 1440, height: 900 }],
    ['a phone', { width: 390, height: 844 }],
  ])('on %s', (_, viewport) => {
    let tab: SomebodysTab;

    beforeAll(async () => {
      tab = await openTab(browser, served, 'owner', { colorScheme, viewport });
    });
    afterAll(() => tab.context.close());

    test.each([
      ['companies, some of them chosen', '/accounts?period=90d&page=2'],
      ['companies with every column', `/accounts?period=90d&q=an&columns=${everyColumn}`],
      ['a list that is empty', '/accounts?list=mine'],
      ['a company with all that can be marked', '/accounts/40?did=1'],
    ])('%s can be used by everybody and fits', async (_what, path) => {
      const { page, complaints } = tab;
      await page.goto(served.url + path);
      const box = page.locator('tr[data-row] input[name="id"]').first();
      if ((await box.count()) > 0) await box.check();
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(complaints.splice(0)).toEqual([]);
    });
  });
});
