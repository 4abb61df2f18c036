import { beforeEach, describe, expect, test } from 'vitest';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { sampleNow, sampleTraffic } from '../../test/support/sample-traffic.ts';

const password = 'correct horse battery';

let dashboard: TestDashboard;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
});

const get = (path: string, cookie = '') => dashboard.app.request(`${origin}${path}`, { headers: { cookie } });
const post = (path: string, fields: Record<string, string>, cookie = '') =>
  dashboard.app.request(`${origin}${path}`, form(fields, { cookie }));

const tokenOf = (path: string | null) => new URL(path ?? '', origin).searchParams.get('token') ?? '';
const cookieOf = (response: Response) => response.headers.getSetCookie().join('; ').split(';')[0] ?? '';

describe('the first day', () => {
  test('leads from the printed link to the tag that waits for its first event', async () => {
    const link = (await dashboard.auth.setupLink()) ?? '';
    expect(await (await get(link)).text()).toContain('Make the account');
    const made = await post('/welcome', { token: tokenOf(link), email: 'owner@example.com', password });
    expect(made.headers.get('location')).toBe('/sites/new');
    const cookie = cookieOf(made);

    const added = await post(
      '/sites/new',
      { domain: 'https://www.Millrace.example/start', hosts: '' },
      cookie,
    );
    expect(added.headers.get('location')).toBe('/sites/1/tag');
    const [site] = await dashboard.store.sites();
    expect(site?.domain).toBe('millrace.example');

    const tag = await (await get('/sites/1/tag', cookie)).text();
    expect(tag).toContain(
      `&lt;script defer src=&quot;${origin}/t.js?site=${site?.key}&quot; data-site=&quot;${site?.key}&quot;&gt;&lt;/script&gt;`,
    );
    expect(tag).toContain('Waiting for the first event');
    expect(await (await get('/sites/1/status', cookie)).json()).toEqual({ lastEventAt: null });

    await dashboard.store.append(sampleTraffic(1).slice(-3));
    const status = (await (await get('/sites/1/status', cookie)).json()) as { lastEventAt: string };
    expect(Date.parse(status.lastEventAt)).toBeLessThanOrEqual(sampleNow);
    const arrived = await (await get('/sites/1/tag', cookie)).text();
    expect(arrived).toContain('Events are arriving');
    expect(arrived).not.toContain('Waiting for the first event');
  });

  test('without the link nobody becomes the owner', async () => {
    expect((await get('/accounts')).headers.get('location')).toBe('/welcome');
    expect(await (await get('/welcome')).text()).not.toContain('Make the account');
    const made = await post('/welcome', { token: 'guess', email: 'evil@example.com', password });
    expect(made.status).toBe(400);
    expect(made.headers.getSetCookie()).toEqual([]);
    expect(await dashboard.auth.hasUsers()).toBe(false);
  });

  test('a weak password is told, and the link still works', async () => {
    const token = tokenOf(await dashboard.auth.setupLink());
    const weak = await post('/welcome', { token, email: 'owner@example.com', password: 'short' });
    expect(await weak.text()).toContain('Use at least 10 characters.');
    const made = await post('/welcome', { token, email: 'owner@example.com', password });
    expect(made.status).toBe(303);
  });
});

describe('a one-time link', () => {
  test('is not used up by opening it, only by the button, and then once', async () => {
    const link = await dashboard.auth.inviteUser('sam@example.com', 'sales');
    for (let scanner = 0; scanner < 3; scanner++) expect((await get(link)).status).toBe(200);
    const first = await post('/invite', { token: tokenOf(link) });
    expect(first.headers.get('location')).toBe('/password?first=1');
    expect((await get('/accounts', cookieOf(first))).status).toBe(200);
    const second = await post('/invite', { token: tokenOf(link) });
    expect(second.status).toBe(400);
    expect(second.headers.getSetCookie()).toEqual([]);
  });
});

describe('signing in', () => {
  beforeEach(async () => {
    await dashboard.auth.setUp(tokenOf(await dashboard.auth.setupLink()), 'owner@example.com', password);
  });

  test('goes on to where one wanted to go', async () => {
    const response = await post('/sign-in', { email: 'owner@example.com', password, next: '/health?x=1' });
    expect(response.headers.get('location')).toBe('/health?x=1');
    expect((await get('/health', cookieOf(response))).status).toBe(200);
  });

  test('never leads to another site', async () => {
    const next = '//evil.example/';
    const response = await post('/sign-in', { email: 'owner@example.com', password, next });
    expect(response.headers.get('location')).toBe('/');
  });

  test('with a wrong password keeps the e-mail on the form and the password off it', async () => {
    const response = await post('/sign-in', { email: 'owner@example.com', password: 'wrong-secret-word' });
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).toContain('value="owner@example.com"');
    expect(html).not.toContain('wrong-secret-word');
  });

  test('too often is told when to try again', async () => {
    const attempt = () =>
      dashboard.app.request(
        `${origin}/sign-in`,
        form({ email: 'owner@example.com', password: 'no' }, { 'x-test-address': '192.0.2.99' }),
      );
    let response = await attempt();
    for (let more = 0; more < 6; more++) response = await attempt();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('out ends it', async () => {
    const cookie = cookieOf(await post('/sign-in', { email: 'owner@example.com', password }));
    await post('/sign-out', {}, cookie);
    expect((await get('/accounts', cookie)).headers.get('location')).toBe('/sign-in?next=%2Faccounts');
  });
});

describe('sites', () => {
  test.each([
    ['nonsense', 'is not a domain'],
    ['', 'is not a domain'],
    ['two words.example', 'is not a domain'],
    ['millrace.example', 'is among your sites already'],
  ])('%j is refused with what is wrong', async (domain, says) => {
    const cookie = await dashboard.signIn('owner');
    await dashboard.store.addSite('millrace.example', [], 0);
    const response = await post('/sites/new', { domain, hosts: '' }, cookie);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(says);
    expect(await dashboard.store.sites()).toHaveLength(1);
  });
});

describe('rules', () => {
  const rule = {
    match: '203.0.113.0/24',
    says: 'company',
    name: 'Nordwind',
    domain: 'nordwind.example',
    note: '',
  };
  let cookie: string;

  beforeEach(async () => {
    cookie = await dashboard.signIn('owner');
  });

  test('are in force until they are removed', async () => {
    expect((await post('/settings/rules', rule, cookie)).status).toBe(303);
    const rules = () => dashboard.store.ownerRules();
    expect(await rules()).toMatchObject([{ match: '203.0.113.0/24', company: { name: 'Nordwind' } }]);
    const [{ id } = { id: 0 }] = await rules();
    await post(`/settings/rules/${id}/remove`, {}, cookie);
    expect(await rules()).toEqual([]);
  });

  test('can say that a network is never a company', async () => {
    await post('/settings/rules', { ...rule, match: 'as 64500', says: 'never' }, cookie);
    expect(await dashboard.store.ownerRules()).toMatchObject([{ match: 'AS64500', company: null }]);
  });

  test.each([
    [{ match: '203.0.113.5/24' }, 'did you mean 203.0.113.0/24?'],
    [{ match: 'AS0' }, 'is not an AS number'],
    [{ match: '10.0.0.0/4' }, 'covers too much'],
    [{ match: '300.1.1.1' }, 'is no range'],
    [{ name: ' ' }, 'Name the company'],
    [{ domain: 'not a domain' }, 'is not a domain'],
  ])('%j is refused with what is wrong, and the form keeps the rest', async (change, says) => {
    const response = await post('/settings/rules', { ...rule, ...change, note: 'why not' }, cookie);
    const html = await response.text();
    expect(response.status).toBe(400);
    expect(html).toContain(says);
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('value="why not"');
    expect(await dashboard.store.ownerRules()).toEqual([]);
  });

  test('of one network can only be one', async () => {
    await post('/settings/rules', rule, cookie);
    const again = await post('/settings/rules', { ...rule, name: 'Other' }, cookie);
    expect(await again.text()).toContain('There is a rule for 203.0.113.0/24 already');
  });
});

describe('health', () => {
  test('shows what was refused and why, and which database cannot be used', async () => {
    const full = await openDashboard({ traffic: true });
    const headers = { cookie: await full.signIn('sales') };
    const html = await (await full.app.request(`${origin}/health`, { headers })).text();
    expect(html).toContain('a crawler, a monitor or another program');
    expect(html).toContain('2,202');
    expect(html).toContain('the file is cut short; copy it again');
    expect(html).toContain((await full.store.health()).durability);
    expect(html).toContain('None so far.');
  });

  test('shows how many messages wait, since when, and how many arrived or did not', async () => {
    const full = await openDashboard({ traffic: true });
    const { store } = full;
    const message = { kind: 'test', askedBy: 'kim@example.com' } as const;
    const letter = { channel: 'mail', recipient: 'kim@example.com', message } as const;
    await store.queueMessages([{ ...letter, key: 'dead', dueAt: 1 }], sampleNow);
    const [dead] = await store.dueMessages('mail', 2, 1);
    await store.settleMessage(dead?.id ?? 0, { outcome: 'dead', problem: '550 no such user' }, sampleNow);
    await store.queueMessages([{ ...letter, key: 'later', dueAt: sampleNow + 9e9 }], sampleNow - 7_200_000);
    const page = async (role: 'owner' | 'sales') => {
      const headers = { cookie: await full.signIn(role) };
      return (await full.app.request(`${origin}/health`, { headers })).text();
    };
    const html = await page('sales');
    expect(html).toMatch(
      /<th scope="row">Mail<\/th><td>1<\/td><td><time[^>]*>2 h ago<\/time><\/td><td>0<\/td><td>1<\/td>/,
    );
    expect(html).toMatch(/<th scope="row">Slack<\/th><td>0<\/td><td>–<\/td><td>0<\/td><td>0<\/td>/);
    // Whose mail it was, and why it was refused, is the owner's to mend.
    expect(html).not.toMatch(/kim@example\.com|no such user|settings\/alerts">What could not/);
    expect(await page('owner')).toContain('href="/settings/alerts">What could not be delivered');
  });
});
