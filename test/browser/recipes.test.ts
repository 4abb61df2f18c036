/** The tag as the dashboard gives it to copy, in real pages of a site that is not the collector's. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TagSettings, usualTag } from '../../collector/tag-settings.ts';
import { proxyRecipe, recipes } from '../../dashboard/recipes/index.ts';
import { folder, proxied } from '../../dashboard/recipes/proxied.ts';
import { firefox } from '../support/agents.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Front, startFront } from '../support/front.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let front: Front;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  server = await startTestServer({ FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1' }, 'shop.example');
  front = await startFront();
  browser = await launchBrowser({ args: ['--host-resolver-rules=MAP *.example 127.0.0.1'] });
});
afterAll(async () => {
  await browser.close();
  await front.close();
  await server.close();
});

beforeEach(async () => {
  problems = [];
  await choose({});
  await open({});
});
afterEach(() => context.close());

async function open(options: Parameters<Browser['newContext']>[0]): Promise<void> {
  context = await browser.newContext({ userAgent: firefox, ...options });
  page = await context.newPage();
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
}

async function choose(chosen: Partial<TagSettings>): Promise<void> {
  await server.rooms.store.setTag(server.site.id, { ...usualTag, ...chosen });
  await server.rooms.sites.refresh();
}

const tag = () => ({
  origin: server.url,
  key: server.site.key,
  waitsForConsent: false,
  hasCalls: true,
});

/** Serves a page and goes to it, at a host of the site. */
async function visit(path: string, head: string, body = ''): Promise<void> {
  front.page(
    path,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>
      ${head}</head><body><h1>Shop</h1>${body}</body></html>`,
  );
  await page.goto(`http://www.shop.example:${front.port}${path}`);
}

/** What the collector has of a page, the newest first, as soon as there is anything. */
async function toldOf(path: string): Promise<string[]> {
  const told = async () =>
    (await server.rooms.store.latestEvents(server.site.id, 50))
      .filter((event) => event.path === path)
      .map(({ type, detail }) => detail.track?.name ?? type);
  await expect.poll(told, { timeout: 10_000 }).not.toEqual([]);
  return told();
}

describe('the pieces for HTML', () => {
  const pieces = () => recipes.html.make(tag()).pieces.map(({ code }) => code);

  test('count the page once, and calls that were made before the tag was there', async () => {
    const [script = '', stub = '', image = ''] = pieces();
    await visit('/html', `${stub}<script>footlight('track', 'Early')</script>${script}`, image);
    await expect.poll(() => toldOf('/html')).toContain('Early');
    expect((await toldOf('/html')).sort()).toEqual(['Early', 'page']);
    expect(problems).toEqual([]);
  });

  test('count the page by the image where scripts are off', async () => {
    await context.close();
    await open({ javaScriptEnabled: false });
    const [script = '', , image = ''] = pieces();
    await visit('/no-script', script, image);
    expect(await toldOf('/no-script')).toEqual(['page']);
    expect(await page.locator('h1').innerText()).toBe('Shop');
  });

  test('bring what the owner chose, without a change to the page', async () => {
    await choose({ hash: true });
    const [script = ''] = pieces();
    await visit('/route', script);
    await toldOf('/route');
    await page.evaluate("location.hash = '#/pricing'");
    expect(await toldOf('/route#/pricing')).toContain('page');
  });

  test('leave what the page’s author wrote on the tag', async () => {
    await choose({ domain: 'shop.example' });
    const [script = ''] = pieces();
    await visit('/author', script.replace('<script ', '<script data-domain="www.shop.example" '));
    await toldOf('/author');
    expect((await context.cookies()).map(({ name, domain }) => [name, domain])).toEqual([
      ['_fl', '.www.shop.example'],
    ]);
  });
});

test('the tag for Google Tag Manager counts the page, once, however often its trigger fires', async () => {
  const [{ code } = { code: '' }] = recipes.gtm.make(tag()).pieces;
  // As its loader does: each script is made anew, and keeps what stands in it and nothing that it carries.
  const fire = () =>
    page.evaluate(`new Promise((resolve) => {
      const html = ${JSON.stringify(code)};
      for (const told of new DOMParser().parseFromString(html, 'text/html').scripts) {
        const made = document.createElement('script');
        made.text = told.text;
        document.body.append(made);
      }
      document.head.lastElementChild.onload = resolve;
    }).then(() => 0)`);
  await visit('/gtm', '');
  await fire();
  expect(await toldOf('/gtm')).toEqual(['page']);
  await fire();
  await page.evaluate("footlight('track', 'Later')");
  await expect.poll(() => toldOf('/gtm')).toContain('Later');
  expect((await toldOf('/gtm')).filter((type) => type === 'page')).toHaveLength(1);
  expect(problems).toEqual([]);
});

test('behind a proxy on the site’s own host everything goes through that host, and the cookie lives on', async () => {
  for (const name of proxied)
    front.forward(`/${folder}/${name}`, `${server.url}/${name}`, ({ headers }) => ({
      host: new URL(server.url).host,
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-host': headers.host ?? '',
    }));
  const [, head, image] = proxyRecipe(tag(), 'nginx').pieces;
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
  const counted = page.waitForResponse((response) => response.url().endsWith(`/${folder}/e`));
  await visit('/proxied', head?.code ?? '', image?.code);
  expect(await (await counted).headerValue('set-cookie')).toMatch(/^_fl=\w{18}; Domain=shop\.example; /);
  expect(await toldOf('/proxied')).toEqual(['page']);
  expect([...hosts].filter((host) => host !== '')).toEqual(['www.shop.example']);
  expect((await context.cookies()).map(({ name, domain }) => [name, domain])).toEqual([
    ['_fl', '.shop.example'],
  ]);
  expect(problems).toEqual([]);
});
