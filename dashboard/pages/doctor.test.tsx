import { beforeEach, describe, expect, test } from 'vitest';
import { createKeyedHash } from '../../collector/keyed-hash.ts';
import { form, openDashboard, origin, type TestDashboard } from '../../test/support/dashboard.ts';
import { draft } from '../../test/support/drafts.ts';
import { sampleNow } from '../../test/support/sample-traffic.ts';

const { addressKey } = createKeyedHash('a-secret-for-tests-only-9f8e7d6c5b4a3');
const bridge = '172.18.0.1';

let dashboard: TestDashboard;
let owner: string;

beforeEach(async () => {
  dashboard = await openDashboard({ traffic: false });
  await dashboard.store.addSite('millrace.example', [], 0);
  owner = await dashboard.signIn('owner');
});

/** Visits within the last hour, each by a browser of its own. */
async function visits(count: number, address: string, prefix: string, from = 0): Promise<void> {
  const agents = ['Firefox', 'Chrome', 'Safari', 'Edge', 'Mobile Safari'];
  await dashboard.store.append(
    Array.from({ length: count }, (_, at) => {
      const made = draft({
        visitor: `${address}-${from + at}`,
        at: sampleNow - 3_600_000 + (from + at) * 1_000,
        address: addressKey(`${address}/32`),
      });
      const browser = agents[at % agents.length] ?? '';
      const { facts } = made;
      return {
        ...made,
        facts: {
          ...facts,
          agent: { ...facts.agent, browser },
          network: { ...facts.network, prefix },
        },
      };
    }),
  );
  await dashboard.doctor.look();
}

const get = (path: string, cookie = owner, headers: Record<string, string> = {}) =>
  dashboard.app.request(origin + path, { headers: { cookie, ...headers } });
const text = async (path: string, cookie?: string, headers?: Record<string, string>) =>
  (await get(path, cookie, headers)).text();
const post = (path: string, fields: Record<string, string>, cookie = owner) =>
  dashboard.app.request(origin + path, form(fields, { cookie }));

describe('while visits cannot be told apart', () => {
  beforeEach(() => visits(60, bridge, '172.18.0.0/24'));

  test.each(['/accounts', '/health', '/settings/sites', '/sites/1/tag', '/password'])(
    '%s says so to the owner, and where to go',
    async (path) => {
      const html = await text(path);
      expect(html).toContain('100 % of the latest visits come from private addresses');
      expect(html).toContain('<a href="/doctor">See how</a>');
    },
  );

  test('others read a calm word, and cannot change anything', async () => {
    const sales = await dashboard.signIn('sales');
    const html = await text('/accounts', sales);
    expect(html).toContain('An owner can mend it');
    expect(html).not.toContain('/doctor');
    expect((await get('/doctor', sales)).status).toBe(403);
    expect((await post('/doctor/dismiss', { subject: 'private' }, sales)).status).toBe(403);
    expect(await dashboard.doctor.dismissed()).toEqual([]);
  });

  test('the page names the proxy and has the lines to copy', async () => {
    const html = await text('/doctor');
    expect(html).toContain('a proxy in Docker, or Docker’s own bridge');
    for (const name of ['nginx', 'Caddy', 'Cloudflare', 'Traefik']) expect(html).toContain(name);
    expect(html).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;');
    expect(html).toContain('reverse_proxy 127.0.0.1:8080');
    expect(html).toContain('set_real_ip_from 173.245.48.0/20;');
    // Addresses are not kept: of private ones the range may be trusted.
    expect(html).toContain('FOOTLIGHT_TRUSTED_PROXIES=172.18.0.0/24');
  });

  test('asked for through the same proxy, it has the very address', async () => {
    expect(await text('/doctor', owner, { 'x-test-peer': bridge })).toContain(
      'FOOTLIGHT_TRUSTED_PROXIES=172.18.0.1/32',
    );
    expect(await text('/doctor', owner, { 'x-test-peer': '192.0.2.66' })).not.toContain('192.0.2.66');
  });

  test('mended, the strip goes by itself', async () => {
    await visits(20, '198.51.100.9', '198.51.100.0/24', 100);
    expect(await text('/accounts')).not.toContain('latest visits');
    expect(await text('/doctor')).toContain('Nothing speaks against');
  });

  test('called right, nothing is said any more until it is watched again', async () => {
    const answer = await post('/doctor/dismiss', { subject: 'private' });
    expect(answer.headers.get('location')).toBe('/doctor');
    expect(await text('/accounts')).not.toContain('latest visits');
    const html = await text('/doctor');
    expect(html).toContain('visits from private addresses');
    await post('/doctor/watch', { subject: 'private' });
    expect(await text('/accounts')).toContain('latest visits come from private addresses');
  });

  test('something else than what is found cannot be called right', async () => {
    await post('/doctor/dismiss', { subject: 'own' });
    expect(await dashboard.doctor.dismissed()).toEqual([]);
  });
});

test('one address called right is not the next one', async () => {
  await visits(60, '198.51.100.7', '198.51.100.0/24');
  const found = await dashboard.doctor.diagnosis();
  expect(found).toMatchObject({ cause: 'one-address' });
  await post('/doctor/dismiss', { subject: found?.subject ?? '' });
  expect(await dashboard.doctor.diagnosis()).toBeNull();
  await visits(1_200, '203.0.113.7', '203.0.113.0/24', 100);
  expect(await dashboard.doctor.diagnosis()).toMatchObject({ prefixes: ['203.0.113.0/24'] });
});

describe('who looks at the tag is told how they are seen', () => {
  const tag = (headers: Record<string, string>) => text('/sites/1/tag', owner, headers);

  test('by address and network', async () => {
    const html = await tag({ 'x-test-address': '203.0.113.7', 'x-test-peer': '203.0.113.7' });
    expect(html).toContain('We see you as <code>203.0.113.7</code>');
    expect(html).toContain('AS64500, Wide Area Telecom');
    expect(html).not.toContain('role="alert"');
  });

  test('with a warning where a proxy says whose request it is, and nobody trusts it', async () => {
    const html = await tag({
      'x-test-address': bridge,
      'x-test-peer': bridge,
      'x-forwarded-for': '203.0.113.7"><script>alert(1)</script>',
    });
    expect(html).toContain('role="alert"');
    expect(html).toContain('is not named in');
    expect(html).not.toContain('alert(1)');
  });

  test('without one where the proxy is trusted', async () => {
    const html = await tag({
      'x-test-address': '203.0.113.7',
      'x-test-peer': bridge,
      'x-forwarded-for': '203.0.113.7',
    });
    expect(html).not.toContain('FOOTLIGHT_TRUSTED_PROXIES');
  });
});
