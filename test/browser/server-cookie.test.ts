/** The visitor's cookie in a real browser, on a site whose own host has the collector. */
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usualTag } from '../../collector/tag-settings.ts';
import type { WireBatch } from '../../tracker/wire.ts';
import { firefox } from '../support/agents.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Front, startFront } from '../support/front.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const dayMs = 86_400_000;

let server: TestServer;
let front: Front;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  server = await startTestServer({}, 'shop.example');
  await server.rooms.store.addSite('shop.example', ['localhost', 'shop.co.uk'], 0);
  front = await startFront();
  for (const path of ['/t.js', '/e']) front.forward(path, server.url + path);
  browser = await launchBrowser({
    args: ['--host-resolver-rules=MAP *.example 127.0.0.1, MAP *.co.uk 127.0.0.1'],
  });
});
afterAll(async () => {
  await browser.close();
  await front.close();
  await server.close();
});

beforeEach(async () => {
  await choose('');
  context = await browser.newContext({ userAgent: firefox });
  // What some browsers do: a cookie that a script writes lives for a week at most.
  await context.addInitScript(`{
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
    Object.defineProperty(Document.prototype, 'cookie', {
      ...cookie,
      set(text) { cookie.set.call(this, text.replace(/max-age=\\d{6,}/i, 'max-age=604800')); },
    });
  }`);
  page = await context.newPage();
});
afterEach(() => context.close());

async function choose(domain: string): Promise<void> {
  await server.rooms.store.setTag(server.site.id, { ...usualTag, domain });
  await server.rooms.sites.refresh();
}

const at = (host: string, path = '') => `http://${host}:${front.port}${path}`;
const cookies = async () => (await context.cookies()).filter(({ name }) => name.startsWith('_fl'));

/** True for the request that counts a page; one that was left may say so at the same time. */
function tellsOf(request: Request, url: string): boolean {
  const batch = request.postDataJSON() as WireBatch | null;
  return batch?.events.some((event) => event.type === 'page' && event.url === url) ?? false;
}

/** Opens a page on this host, with the tag from `tagFrom`; resolves with what the collector sets once it is counted. */
async function view(path: string, host: string, tagFrom = host): Promise<string | null> {
  const { key } = server.site;
  front.page(
    path,
    `<!doctype html><title>Shop</title><link rel="icon" href="data:,">
      <script defer src="${at(tagFrom, `/t.js?site=${key}`)}" data-site="${key}"></script>`,
  );
  const counted = page.waitForResponse((response) => tellsOf(response.request(), at(host, path)));
  await page.goto(at(host, path));
  const response = await counted;
  expect(response.status()).toBe(204);
  return response.headerValue('set-cookie');
}

describe('two pages later there is one cookie, which the server has lengthened', () => {
  test.each([
    ['www.shop.example', '', '.shop.example'],
    ['shop.example', '', '.shop.example'],
    ['www.shop.co.uk', '', '.shop.co.uk'],
    ['localhost', '', 'localhost'],
    ['www.shop.example', 'www.shop.example', '.www.shop.example'],
  ])('on %s, domain chosen: "%s"', async (host, chosen, domain) => {
    await choose(chosen);
    await view('/first', host);
    const [first] = await cookies();
    const set = await view('/second', host);
    expect(set).toContain(`_fl=${first?.value};`);
    const [cookie, ...others] = await cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({
      value: first?.value,
      domain,
      path: '/',
      httpOnly: false,
      sameSite: 'Lax',
    });
    expect((cookie?.expires ?? 0) * 1_000 - Date.now()).toBeGreaterThan(390 * dayMs);
  });
});

test('from a neighbouring host no cookie is sent, and none is set', async () => {
  await view('/first', 'www.shop.example', 'footlight.shop.example');
  expect(await view('/second', 'www.shop.example', 'footlight.shop.example')).toBeNull();
  const [cookie, ...others] = await cookies();
  expect(others).toEqual([]);
  expect((cookie?.expires ?? 0) * 1_000 - Date.now()).toBeLessThan(8 * dayMs);
});
