/** What the dashboard gives to copy works against the real collector, as far as it runs on this machine. */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseTrusted } from '../../collector/receive/client-ip.ts';
import { type ProxyName, proxyNames, proxyRecipe, recipes } from '../../dashboard/recipes/index.ts';
import { firefox } from '../support/agents.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

const visitor = 'm3x9k2p00123456789';

let server: TestServer;
let stored: number;

beforeAll(async () => {
  server = await startTestServer({ FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1' }, 'shop.example');
});
afterAll(() => server.close());
beforeEach(async () => {
  stored = (await server.rooms.store.health()).events;
});

const added = async () => (await server.rooms.store.health()).events - stored;
const tag = (more = {}) => ({
  origin: server.url,
  key: server.site.key,
  waitsForConsent: false,
  hasCalls: false,
  ...more,
});
const proxy = (name: ProxyName, origin = server.url) => proxyRecipe({ ...tag(), origin }, name).pieces;
const codeOf = (pieces: readonly { where: string; code: string }[], where: string) =>
  pieces.find((piece) => piece.where.includes(where))?.code ?? '';

/** A module from its text, as its host would load it. */
const load = (code: string) =>
  import(`data:text/javascript,${encodeURIComponent(code)}`) as Promise<{ default: unknown }>;

describe('every recipe', () => {
  const all = () => [
    ...Object.entries(recipes).map(([name, { make }]) => [name, make(tag()).pieces] as const),
    ...proxyNames.map((name) => [name, proxy(name)] as const),
  ];

  test('has the site’s key and the collector’s address in it', () => {
    for (const [name, pieces] of all()) {
      const code = pieces.map((piece) => piece.code).join('\n');
      expect(code, name).toContain(server.site.key);
      expect(code, name).toContain(server.url);
    }
  });

  test('for a proxy hands on the script, the events and the image, on a path that says nothing', () => {
    for (const name of proxyNames) {
      const [{ code } = { code: '' }, ...rest] = proxy(name);
      expect(code.replaceAll('\\', ''), name).toMatch(/t\.js[\s\S]*\be\b[\s\S]*p\.gif/);
      expect(rest.map((piece) => piece.code).join('\n')).toContain('src="/lamp/t.js?site=');
      expect(code).not.toMatch(/lamp.*(analytic|stat|track|pixel)/i);
    }
  });

  test('names proxies that the collector takes', () => {
    for (const name of proxyNames) {
      const value = codeOf(proxy(name), 'Where Footlight runs').replace('FOOTLIGHT_TRUSTED_PROXIES=', '');
      expect(() => parseTrusted(value.split(','))).not.toThrow();
    }
  });
});

test('vercel.json and _redirects name each path once, and where it leads', () => {
  const paths = ['t.js', 'e', 'p.gif'].map((name) => [`/lamp/${name}`, `${server.url}/${name}`]);
  const { rewrites } = JSON.parse(codeOf(proxy('Vercel'), 'vercel.json')) as {
    rewrites: { source: string; destination: string }[];
  };
  expect(rewrites.map(({ source, destination }) => [source, destination])).toEqual(paths);
  const lines = codeOf(proxy('Netlify'), '_redirects').split('\n');
  expect(lines.map((line) => line.split(/\s+/))).toEqual(paths.map((one) => [...one, '200']));
});

test('Next.js gets rewrites for the script and its events', async () => {
  const { pieces } = recipes.nextjs.make(tag());
  const config = (await load(codeOf(pieces, 'next.config.mjs'))).default as { rewrites(): Promise<object[]> };
  expect(await config.rewrites()).toEqual([
    { source: '/lamp/t.js', destination: `${server.url}/t.js` },
    { source: '/lamp/e', destination: `${server.url}/e` },
  ]);
  expect(codeOf(pieces, 'app/layout.tsx')).toContain(`data-site="${server.site.key}"`);
});

describe('the Worker for Cloudflare', () => {
  const ask = async (url: string, init: RequestInit = {}) => {
    const worker = (await load(codeOf(proxy('Cloudflare'), 'Worker'))).default as {
      fetch(request: Request): Promise<Response>;
    };
    return worker.fetch(
      new Request(url, {
        ...init,
        headers: { 'cf-connecting-ip': '198.51.100.7', 'user-agent': firefox, ...init.headers },
      }),
    );
  };

  test('brings the script, with the site’s settings', async () => {
    const response = await ask(`https://www.shop.example/lamp/t.js?site=${server.site.key}`);
    expect(await response.text()).toContain(`"site":"${server.site.key}"`);
  });

  test('brings events with the visitor’s address and own cookie, and no other cookie', async () => {
    const event = pageView({ url: 'https://www.shop.example/worker' });
    const asked = vi.spyOn(globalThis, 'fetch');
    const response = await ask('https://www.shop.example/lamp/e', {
      method: 'POST',
      body: batch(server.site.key, [event], { visitor }),
      headers: { origin: 'https://www.shop.example', cookie: `session=secret; _fl=${visitor}` },
    });
    const told = new Headers(asked.mock.calls[0]?.[1]?.headers);
    expect(told.get('x-forwarded-for')).toBe('198.51.100.7');
    expect(told.get('cookie')).toBe(`_fl=${visitor}`);
    asked.mockRestore();
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toContain(`_fl=${visitor}; Domain=shop.example;`);
    expect(await added()).toBe(1);
  });

  test('hands on the image', async () => {
    const headers = { referer: 'https://www.shop.example/no-script' };
    const response = await ask(`https://www.shop.example/lamp/p.gif?site=${server.site.key}`, { headers });
    expect(response.headers.get('content-type')).toBe('image/gif');
    expect(await added()).toBe(1);
  });
});

describe('Shopify’s custom pixel', () => {
  const subscribed = new Map<string, (event: object) => unknown>();
  const sent: string[] = [];
  let done: Promise<Response>[] = [];

  function run(globals: { cookie?: string; globalPrivacyControl?: boolean } = {}): void {
    subscribed.clear();
    sent.length = 0;
    done = [];
    const code = codeOf(recipes.shopify.make(tag()).pieces, 'custom pixel');
    runInNewContext(code, {
      analytics: {
        subscribe: (name: string, then: (event: object) => unknown) => void subscribed.set(name, then),
      },
      browser: { cookie: { get: async (name: string) => (name === '_fl' ? (globals.cookie ?? '') : '') } },
      navigator: { globalPrivacyControl: globals.globalPrivacyControl },
      fetch: (url: string, init: RequestInit) => {
        sent.push(String(init.body));
        const asked = fetch(url, { ...init, headers: { 'user-agent': firefox } });
        done.push(asked);
        return asked;
      },
    });
  }

  let made = 0;
  const event = (pathname: string, data: object = {}) => ({
    id: `sh-0f1e2d3c-5A1B-4C2D-8E3F-${String(++made).padStart(12, '0')}`,
    data,
    context: {
      document: {
        title: 'Information - Shop - Checkout',
        referrer: 'https://shop.example/cart',
        location: { origin: 'https://shop.example', pathname },
      },
    },
  });

  test('tells of the checkout’s pages without the secret in their address, and of no other', async () => {
    run({ cookie: visitor });
    await subscribed.get('page_viewed')?.(event('/products/lamp'));
    await subscribed.get('page_viewed')?.(event('/checkouts/cn/secret-of-the-buyer/information'));
    await expect.poll(() => done.length).toBe(1);
    expect((await done[0])?.status).toBe(204);
    expect(sent.join()).not.toContain('secret-of-the-buyer');
    expect(JSON.parse(sent[0] ?? '')).toMatchObject({ visitor });
    const [latest] = await server.rooms.store.latestEvents(server.site.id, 1);
    expect(latest).toMatchObject({ type: 'page', host: 'shop.example', path: '/checkout' });
    expect(await added()).toBe(1);
  });

  test('tells of an order, once', async () => {
    run();
    const order = event('/checkouts/cn/secret/thank-you', {
      checkout: {
        order: { id: '5501' },
        totalPrice: { amount: 480.5 },
        currencyCode: 'EUR',
        lineItems: [{}, {}],
        email: 'kim@example.com',
      },
    });
    for (const times of [1, 2]) {
      await subscribed.get('checkout_completed')?.(order);
      await expect.poll(() => done.length).toBe(times);
      expect((await done[times - 1])?.status).toBe(204);
    }
    expect(await added()).toBe(1);
    const [latest] = await server.rooms.store.latestEvents(server.site.id, 1);
    expect(latest?.detail.track).toEqual({
      name: 'Order placed',
      props: { order: '5501', total: 480.5, currency: 'EUR', items: 2 },
    });
    expect(sent.join()).not.toContain('kim@example.com');
  });

  test.each([
    ['under Global Privacy Control', { cookie: visitor, globalPrivacyControl: true }],
    ['where there is no cookie', {}],
    ['where the cookie is not the tag’s', { cookie: 'something else' }],
  ])('names no visitor %s', async (_, globals) => {
    run(globals);
    await subscribed.get('page_viewed')?.(event('/checkouts/cn/1'));
    await expect.poll(() => done.length).toBe(1);
    await done[0];
    expect(JSON.parse(sent[0] ?? '')).not.toHaveProperty('visitor');
  });
});

/** True where a program is installed. */
function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(!has('nginx'))('nginx takes its recipe', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-nginx-'));
  const file = path.join(folder, 'nginx.conf');
  await writeFile(
    file,
    `pid ${folder}/nginx.pid; error_log stderr; events {}
    http { access_log off; server { listen 127.0.0.1:8080;\n${codeOf(proxy('nginx'), 'nginx')}\n} }`,
  );
  expect(() => execFileSync('nginx', ['-t', '-p', folder, '-c', file], { stdio: 'pipe' })).not.toThrow();
  await rm(folder, { recursive: true });
});

test.skipIf(!has('caddy'))('Caddy takes its recipe', () => {
  const input = `www.shop.example {\n${codeOf(proxy('Caddy'), 'Caddyfile')}\n}`;
  expect(() =>
    execFileSync('caddy', ['adapt', '--adapter', 'caddyfile', '--config', '-'], { input, stdio: 'pipe' }),
  ).not.toThrow();
});

test.skipIf(!has('php'))('PHP reads the plugin for WordPress', () => {
  const [{ code } = { code: '' }] = recipes.wordpress.make(tag()).pieces;
  expect(() => execFileSync('php', ['-l'], { input: code, stdio: 'pipe' })).not.toThrow();
});
