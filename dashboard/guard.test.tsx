import { beforeAll, describe, expect, test } from 'vitest';
import { form, openDashboard, origin, type TestDashboard } from '../test/support/dashboard.ts';

/** What anybody may open; everything else on the list of routes must be behind the guard. */
const open = [
  ...['/assets/:name', '/sign-in', '/welcome', '/invite', '/docs', '/docs/:resource', '/stop'],
  '/shared/:token',
];

let dashboard: TestDashboard;
let cookie: string;

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: true });
  cookie = await dashboard.signIn('owner');
});

const get = (path: string, headers: Record<string, string> = {}) =>
  dashboard.app.request(`${origin}${path}`, { headers });

/** Each route as it is registered, middleware left out, with something in the place of its parameters. */
function routes(): { method: string; path: string }[] {
  const handlers = dashboard.app.routes.filter(({ path }) => path !== '/*' && !path.endsWith('/*'));
  const seen = new Set(handlers.map(({ method, path }) => `${method} ${path}`));
  return [...seen].map((line) => {
    const [method = '', path = ''] = line.split(' ');
    return { method, path };
  });
}

describe('without signing in', () => {
  test('every page but the open ones sends to sign-in, and changes nothing', async () => {
    const guarded = routes().filter(({ path }) => !open.includes(path));
    expect(guarded.length).toBeGreaterThan(12);
    for (const { method, path } of guarded) {
      const address = path.replace(':id', '1');
      const response = await dashboard.app.request(`${origin}${address}`, method === 'GET' ? {} : form({}));
      expect.soft([address, response.status]).toEqual([address, method === 'GET' ? 303 : 401]);
      if (method === 'GET') expect.soft(response.headers.get('location')).toMatch(/^\/sign-in/);
      expect.soft(await response.text()).not.toContain('Brightwater');
    }
  });

  test.each([
    '/nowhere',
    '//accounts',
    '/ACCOUNTS',
    '/accounts/',
    '/%61ccounts',
    '/assets/..%2faccounts',
    '/sign-in/x',
    '/shared/',
    '/shared/..%2faccounts',
    '/shared/x/accounts',
  ])('the spelling %s opens nothing either', async (path) => {
    const response = await get(path);
    expect([303, 404]).toContain(response.status);
    expect(await response.text()).not.toContain('Brightwater');
  });

  test('a method that a page does not know is refused', async () => {
    expect((await dashboard.app.request(`${origin}/sign-in`, { ...form({}), method: 'PUT' })).status).toBe(
      401,
    );
  });

  test('sign-in remembers where one wanted to go', async () => {
    expect((await get('/accounts?q=steel')).headers.get('location')).toBe(
      '/sign-in?next=%2Faccounts%3Fq%3Dsteel',
    );
  });
});

describe('a form', () => {
  const change = (headers: Record<string, string>) =>
    dashboard.app.request(
      `${origin}/theme`,
      form({ theme: 'dark', back: '/health' }, { cookie, ...headers }),
    );

  test('of our own is taken', async () => {
    const response = await change({});
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/health');
  });

  test.each([
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['our host on another port', { origin: 'http://footlight.test:81' }],
    ['nowhere', { origin: 'null' }],
  ])('from %s is refused', async (_, headers) => {
    const response = await change(headers);
    expect(response.status).toBe(403);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  test('without any sign of where it came from is refused', async () => {
    const { origin: _, ...headers } = form({}, { cookie }).headers as Record<string, string>;
    const response = await dashboard.app.request(`${origin}/sign-out`, { method: 'POST', headers, body: '' });
    expect(response.status).toBe(403);
    expect((await get('/accounts', { cookie })).status).toBe(200);
  });

  test('that is too long, or does not say how long it is, is refused before it is read', async () => {
    expect((await change({ 'content-length': '70000' })).status).toBe(413);
    expect((await change({ 'content-length': '' })).status).toBe(413);
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'x',
  ])('that asks to go on to %j goes home instead', async (back) => {
    const response = await dashboard.app.request(
      `${origin}/theme`,
      form({ theme: 'dark', back }, { cookie }),
    );
    expect(response.headers.get('location')).toBe('/');
  });
});

describe('every answer', () => {
  test.each(['/accounts', '/accounts/1', '/accounts.csv', '/nowhere', '/sites/1/tag'])(
    '%s may load nothing from elsewhere, nothing inline, and is not kept',
    async (path) => {
      const { headers } = await get(path, { cookie });
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  test.each(['/accounts', '/accounts/1', '/sites/1/tag', '/health', '/settings/rules', '/password'])(
    '%s holds no inline style, script or handler',
    async (path) => {
      const page = await (await get(path, { cookie })).text();
      expect(page).toMatch(/^<!doctype html>/);
      expect(page).not.toMatch(/<style|\sstyle=|<script(?![^>]* src="\/assets\/)|\son\w+=/);
    },
  );

  test('styles and scripts are named by their content and kept for a year', async () => {
    const page = await (await get('/accounts', { cookie })).text();
    const paths = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(paths.length).toBeGreaterThanOrEqual(4);
    for (const path of paths) {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toContain('immutable');
    }
    expect((await get('/assets/app.000000000000.css')).status).toBe(404);
  });
});

describe('a salesperson', () => {
  test('sees companies and health, and none of what owners set', async () => {
    const sales = await dashboard.signIn('sales');
    expect((await get('/accounts', { cookie: sales })).status).toBe(200);
    expect((await get('/health', { cookie: sales })).status).toBe(200);
    for (const path of ['/sites/new', '/sites/1/tag', '/settings/sites', '/settings/rules']) {
      expect((await get(path, { cookie: sales })).status).toBe(403);
    }
    const rule = form({ match: 'AS64500', says: 'never' }, { cookie: sales });
    expect((await dashboard.app.request(`${origin}/settings/rules`, rule)).status).toBe(403);
    expect(await dashboard.store.ownerRules()).toEqual([]);
    const page = await (await get('/accounts', { cookie: sales })).text();
    expect(page).not.toMatch(/settings\/(sites|rules)/);
    // What a score is made of may be read by everybody who reads scores, and what one is told is one's own to set.
    expect(page).toContain('/settings/score');
    expect((await get('/settings/alerts', { cookie: sales })).status).toBe(200);
    for (const path of [
      '/settings/alerts/slack',
      '/settings/alerts/slack/remove',
      '/settings/alerts/letters/1/retry',
    ]) {
      expect((await dashboard.app.request(`${origin}${path}`, form({}, { cookie: sales }))).status).toBe(403);
    }
  });
});
