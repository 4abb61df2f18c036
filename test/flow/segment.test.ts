/** What clients of Segment's API may send: taken, or refused with a reason that they can live with. */
import { request as httpRequest } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Analytics } from '@segment/analytics-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCallCollect } from '../../collector/receive/segment/collect.ts';
import { callRoutes } from '../../collector/receive/segment/routes.ts';
import type { JourneyEvent } from '../../collector/store/store.ts';
import { droppedHeader } from '../../tracker/wire.ts';
import { firefox } from '../support/agents.ts';
import { libraryRequests } from '../support/segment-requests.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let stored: number;
let made = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  stored = await count();
});

const count = async () => (await server.rooms.store.health()).events;
const added = async () => (await count()) - stored;
const basic = (key = server.site.key) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

interface Sent {
  status: number;
  headers: Headers;
  json: {
    success: boolean;
    error?: string;
    stored?: number;
    dropped?: object;
    refused?: { index: number }[];
  };
}

async function send(
  path: string,
  body: unknown,
  headers: Record<string, string> = { authorization: basic() },
): Promise<Sent> {
  const isPacked = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    body: (isPacked ? body : JSON.stringify(body)) as string,
    headers,
  });
  return {
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as Sent['json'],
  };
}

/** A call with a message id of its own. */
function call(more: Record<string, unknown> = {}): Record<string, unknown> {
  made += 1;
  return { type: 'track', userId: 'user-1', event: 'Signed up', messageId: `message-${made}`, ...more };
}

const batch = (...calls: unknown[]) => ({ batch: calls, sentAt: new Date().toISOString() });

async function newest(): Promise<JourneyEvent> {
  const [event] = await server.rooms.store.latestEvents(server.site.id, 1);
  if (event === undefined) throw new Error('nothing is stored');
  return event;
}

describe.each(libraryRequests)('$name', ({ path, headers, body }) => {
  test.each(['plain', 'gzip'] as const)('is understood as it sends, %s', async (packing) => {
    const at = Date.now() - 60_000;
    made += 1;
    const text = JSON.stringify(body(server.site.key, at, `message-${made}`));
    const packed = packing === 'gzip' ? gzipSync(text) : text;
    const answer = await send(path, packed, {
      ...headers(server.site.key),
      ...(packing === 'gzip' && { 'content-encoding': 'gzip' }),
    });
    expect(answer).toMatchObject({ status: 200, json: { success: true } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await added()).toBe(1);
    expect(await newest()).toMatchObject({
      type: 'track',
      detail: { server: true, track: { name: 'Plan chosen' } },
    });
    // Made and sent at the same moment, so it was now, whatever the sender's clock says.
    expect(Math.abs((await newest()).at - Date.now())).toBeLessThan(30_000);
  });
});

test('the official Node client delivers every kind of call, and hears that it did', async () => {
  const failed: unknown[] = [];
  const analytics = new Analytics({ writeKey: server.site.key, host: server.url, flushAt: 20 });
  analytics.on('error', (error) => failed.push(error));
  const userId = 'node-user';
  analytics.identify({ userId, traits: { email: 'kim@harbour-tools.com' } });
  analytics.track({ userId, event: 'Invoice paid', properties: { amount: 40 } });
  analytics.page({ userId, name: 'Invoices' });
  analytics.screen({ userId, name: 'Home' });
  analytics.group({
    userId,
    groupId: 'g-9',
    traits: { name: 'Harbour Tools', website: 'harbour-tools.com' },
  });
  analytics.alias({ userId, previousId: 'node-user-before' });
  await analytics.closeAndFlush();
  expect(failed).toEqual([]);
  expect(await added()).toBe(6);
  const { store } = server.rooms;
  const [account] = await store.findAccounts('harbour-tools.com', 1);
  const query = { accountId: account?.id ?? 0, siteId: null, visitorId: null, before: null, limit: 5 };
  const { sessions } = await store.journey(query);
  expect(sessions).toHaveLength(1);
  expect(sessions[0]?.agent.browser).toBe('Server');
  expect(sessions[0]?.country).toBeNull();
  expect(sessions[0]?.touchpoints.map(({ type, detail, title }) => [type, title, detail.server])).toEqual([
    ['identify', '', true],
    ['track', '', true],
    ['page', 'Invoices', true],
    ['track', '', true],
    ['group', '', true],
    ['identify', '', true],
  ]);
  expect(await store.lanes(query.accountId, null)).toMatchObject([
    { via: 'server', person: 'kim@harbour-tools.com' },
  ]);
  // What a server tells comes from nobody's network.
  expect(await store.accountNetworks(query.accountId)).toEqual([]);
});

test('the official Node client gives up at once on a write key that is nobody’s', async () => {
  const errors: unknown[] = [];
  let requests = 0;
  const analytics = new Analytics({ writeKey: 'nobodys', host: server.url, flushAt: 1, maxRetries: 5 });
  analytics.on('http_request', () => {
    requests += 1;
  });
  analytics.on('error', (error) => errors.push(error));
  analytics.track({ userId: 'u', event: 'Lost' });
  await analytics.closeAndFlush();
  expect(requests).toBe(1);
  expect(errors).toHaveLength(1);
  expect(await added()).toBe(0);
});

describe('the write key is taken from', () => {
  test.each<[string, () => [unknown, Record<string, string>]]>([
    ['basic authorization', () => [batch(call()), { authorization: basic() }]],
    ['the body', () => [{ ...batch(call()), writeKey: server.site.key }, {}]],
    ['each item', () => [batch(call({ writeKey: server.site.key })), {}]],
    [
      'the body, where the header has none',
      () => [{ ...batch(call()), writeKey: server.site.key }, { authorization: 'Bearer x' }],
    ],
  ])('%s', async (_, made) => {
    const [body, headers] = made();
    expect(await send('/v1/batch', body, headers)).toMatchObject({ status: 200, json: { success: true } });
    expect(await added()).toBe(1);
  });

  test('items of two sites go to their own, also under one message id', async () => {
    const other = await server.rooms.store.addSite('other.example', [], Date.now());
    await server.rooms.sites.refresh();
    const body = batch(
      call({ writeKey: server.site.key, messageId: 'the-same-id' }),
      call({ writeKey: other.key, messageId: 'the-same-id' }),
    );
    expect((await send('/v1/batch', body, {})).json).toEqual({ success: true });
    expect(await added()).toBe(2);
    expect(await server.rooms.store.latestEvents(other.id, 5)).toHaveLength(1);
    // The same again is known on both.
    expect((await send('/v1/batch', body, {})).json).toMatchObject({ dropped: { duplicate: 2 } });
    expect(await added()).toBe(2);
  });
});

test('a call that is sent again about another visitor is the same call', async () => {
  const told = { messageId: 'order-4711-paid', event: 'Order Paid' };
  await send('/v1/track', call({ ...told, userId: undefined, anonymousId: 'browser-before' }));
  const again = await send('/v1/track', call({ ...told, userId: 'user-after' }));
  expect(again).toMatchObject({ status: 200, json: { dropped: { duplicate: 1 } } });
  const inBatch = batch(call({ ...told, userId: 'user-4' }), call({ userId: 'user-4' }));
  expect((await send('/v1/batch', inBatch)).json).toMatchObject({ dropped: { duplicate: 1 } });
  expect(await added()).toBe(2);
});

describe('is taken:', () => {
  test.each<[string, string, () => unknown]>([
    ['a single call', '/v1/track', () => call()],
    ['a single call by its letter', '/v1/t', () => call({ type: undefined })],
    ['an identify', '/v1/identify', () => call({ traits: { plan: 'pro' } })],
    ['an identify without traits', '/v1/i', () => call({ traits: null })],
    ['a group', '/v1/g', () => call({ groupId: 5, traits: [] })],
    ['an alias', '/v1/a', () => call({ previousId: 'before' })],
    ['a page without an address', '/v1/p', () => call({ name: 'Pricing', properties: null })],
    ['a page without anything', '/v1/page', () => call()],
    ['a screen', '/v1/s', () => call({ name: 'Home' })],
    ['an empty batch', '/v1/b', () => batch()],
    [
      'null for everything that may be left out',
      '/v1/track',
      () =>
        call({
          anonymousId: null,
          properties: null,
          context: null,
          integrations: null,
          timestamp: null,
          sentAt: null,
          messageId: null,
        }),
    ],
    [
      'fields called as nothing may be',
      '/v1/track',
      () =>
        JSON.parse(
          `{"userId":"u","event":"e","messageId":"proto-00${made}","context":{"__proto__":{"page":1}},"properties":{"__proto__":{"x":1},"constructor":{"prototype":1}}}`,
        ),
    ],
    ['half a character', '/v1/track', () => call({ event: 'half \ud800', userId: 'u\udc00' })],
    ['numbers past 2^53 in what is only kept', '/v1/track', () => call({ properties: { big: 2 ** 60 } })],
    ['a message id longer than any', '/v1/track', () => call({ messageId: 'x'.repeat(200) + made++ })],
  ])('%s', async (what, path, body) => {
    const answer = await send(path, body());
    expect(answer).toMatchObject({ status: 200, json: { success: true } });
    expect(answer.headers.get(droppedHeader)).toBeNull();
    expect(await added()).toBe(what === 'an empty batch' ? 0 : 1);
    expect(({} as Record<string, unknown>).page).toBeUndefined();
  });

  test.each(['text/plain', 'application/json', 'application/x-www-form-urlencoded', 'image/png', ''])(
    'JSON that calls itself "%s"',
    async (type) => {
      const headers = { authorization: basic(), 'content-type': type };
      expect((await send('/v1/track', JSON.stringify(call()), headers)).status).toBe(200);
      expect(await added()).toBe(1);
    },
  );

  test('what is packed with brotli', async () => {
    const packed = brotliCompressSync(JSON.stringify(batch(call(), call())));
    const headers = { authorization: basic(), 'content-encoding': 'br' };
    expect((await send('/v1/batch', packed, headers)).json).toEqual({ success: true });
    expect(await added()).toBe(2);
  });

  test('measurements of the client itself, and dropped', async () => {
    const answer = await send('/v1/m', { series: [{ type: 'Counter', metric: 'x', value: 1 }] }, {});
    expect(answer).toMatchObject({ status: 200, json: { success: true } });
    expect(await added()).toBe(0);
  });
});

describe('refused with its reason, counted, and the answer is still 200:', () => {
  const longAgo = new Date('1970-01-02').toISOString();
  const someday = new Date('2999-01-01').toISOString();
  test.each<[string, string, () => Record<string, unknown>]>([
    ['nobody', 'schema', () => call({ userId: null })],
    ['an id past 2^53', 'schema', () => call({ userId: 2 ** 53 })],
    ['an id longer than any', 'schema', () => call({ userId: 'x'.repeat(301) })],
    ['an event without a name', 'schema', () => call({ event: null })],
    ['a group without an id', 'schema', () => call({ type: 'group' })],
    ['an alias of nobody', 'schema', () => call({ type: 'alias' })],
    ['a type that there is not', 'schema', () => call({ type: 'constructor' })],
    ['no type', 'schema', () => call({ type: null })],
    ['a time that is none', 'schema', () => call({ timestamp: 'yesterday' })],
    ['a time of 1970', 'too_old', () => call({ timestamp: longAgo, sentAt: 'x' })],
    ['a time of 2999', 'clock', () => call({ timestamp: someday })],
    [
      'a page of somebody else’s',
      'wrong_host',
      () => call({ context: { page: { url: 'https://evil.example/' } } }),
    ],
    ['a crawler that the server passes on', 'bot', () => call({ context: { userAgent: 'Googlebot/2.1' } })],
    [
      'more levels than anybody walks',
      'too_deep',
      () => call({ properties: JSON.parse(`${'{"a":'.repeat(14)}1${'}'.repeat(14)}`) }),
    ],
    ['more than 32 KB', 'too_large', () => call({ properties: { text: 'x'.repeat(33_000) } })],
  ])('%s', async (_, reason, bad) => {
    const bads = bad();
    const answer = await send('/v1/batch', batch(call(), bads, call()));
    expect(answer).toMatchObject({
      status: 200,
      json: {
        success: true,
        stored: 2,
        dropped: { [reason]: 1 },
        refused: [{ index: 1, messageId: bads.messageId, reason }],
      },
    });
    expect(answer.headers.get(droppedHeader)).toBe(`${reason}=1`);
    expect(await added()).toBe(2);
  });

  test('each is counted with its site', async () => {
    await send('/v1/track', call({ groupId: 1, type: 'group', userId: null }));
    const counted = async () =>
      (await server.rooms.store.drops(server.site.id, '2000-01-01')).map(({ reason }) => reason);
    await expect.poll(counted, { timeout: 5_000 }).toContain('schema');
  });

  test('what is no object', async () => {
    const answer = await send('/v1/batch', batch(null, 7, 'x', [], call()));
    expect(answer.json).toMatchObject({ stored: 1, dropped: { schema: 4 } });
  });

  test('what is past 2,500 in a batch', async () => {
    const many = Array.from({ length: 2_502 }, (_, index) => ({
      type: 'track',
      userId: 'many',
      event: 'e',
      messageId: `many-${index}`,
    }));
    const answer = await send('/v1/batch', { batch: many });
    expect(answer.json).toMatchObject({
      stored: 2_500,
      dropped: { too_many: 2 },
      refused: [{ index: 2_500 }, { index: 2_501 }],
    });
    expect(await added()).toBe(2_500);
  });

  test('items of a key that is nobody’s, while the others are stored', async () => {
    const body = batch(call({ writeKey: 'nobodys' }), call({ writeKey: server.site.key }));
    const answer = await send('/v1/batch', body, {});
    expect(answer).toMatchObject({
      status: 200,
      json: { stored: 1, dropped: { unknown_site: 1 }, refused: [{ index: 0 }] },
    });
    expect(await added()).toBe(1);
  });
});

describe('refused as a whole:', () => {
  const bomb = () => gzipSync(Buffer.alloc(50_000_000, 0x20));
  test.each<[string, number, string, () => unknown, Record<string, string>?]>([
    [
      'a key that is nobody’s',
      401,
      'unknown_site',
      () => batch(call()),
      { authorization: `Basic ${btoa('nobodys:')}` },
    ],
    ['no key', 401, 'unknown_site', () => batch(call()), {}],
    ['what is not JSON', 400, 'malformed', () => '{"batch":['],
    ['an empty body', 400, 'malformed', () => ''],
    ['JSON of another kind', 400, 'malformed', () => '[1,2]'],
    ['a batch without one', 400, 'malformed', () => ({ batch: {} })],
    ['ten thousand brackets', 400, 'too_deep', () => '['.repeat(10_000) + ']'.repeat(10_000)],
    [
      'more than 500 KB',
      400,
      'too_large',
      () => JSON.stringify(batch(call({ properties: { x: 'x'.repeat(520_000) } }))),
    ],
    ['a gzip bomb', 400, 'too_large', bomb, { 'content-encoding': 'gzip' }],
    [
      'a brotli bomb',
      400,
      'too_large',
      () => brotliCompressSync(Buffer.alloc(5_000_000, 0x20)),
      { 'content-encoding': 'br' },
    ],
    ['what says it is gzip and is not', 400, 'malformed', () => '{}', { 'content-encoding': 'gzip' }],
    [
      'gzip that is cut short',
      400,
      'malformed',
      () => gzipSync(JSON.stringify(batch(call()))).subarray(0, 40),
      { 'content-encoding': 'gzip' },
    ],
    ['a packing that nobody knows', 400, 'malformed', () => '{}', { 'content-encoding': 'constructor' }],
  ])('%s', async (_, status, reason, body, headers) => {
    const answer = await send('/v1/batch', body(), headers ?? { authorization: basic() });
    expect(answer).toMatchObject({ status, json: { success: false, dropped: { [reason]: 1 } } });
    // Ruby's client shows what stands here.
    expect(answer.json.error).toMatch(/\w/);
    expect(answer.headers.get(droppedHeader)).toBe(`${reason}=1`);
    expect(await added()).toBe(0);
  });

  test('a bomb is stopped while it is unpacked, and takes no more room than a body may', async () => {
    const packed = bomb();
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 20; round += 1)
      await send('/v1/batch', packed, { 'content-encoding': 'gzip', authorization: basic() });
    // Twenty of them would be 1,000 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  test('a single call larger than 32 KB', async () => {
    const answer = await send('/v1/track', call({ properties: { text: 'x'.repeat(33_000) } }));
    expect(answer).toMatchObject({ status: 400, json: { success: false, dropped: { too_large: 1 } } });
  });

  test('a sender who goes away half-way leaves nothing behind', async () => {
    const closed = new Promise<void>((resolve) => {
      const headers = { authorization: basic(), 'content-length': '5000' };
      const request = httpRequest(`${server.url}/v1/batch`, { method: 'POST', headers });
      request.on('error', () => resolve());
      request.write('{"batch":[', () => request.destroy(new Error('gone')));
    });
    await closed;
    expect((await send('/v1/track', call())).status).toBe(200);
    expect(await added()).toBe(1);
  });
});

describe('time', () => {
  const at = Date.UTC(2026, 2, 1, 12);
  test.each<[string, string]>([
    ['with Z', '2026-03-01T12:00:00Z'],
    ['with thousandths', '2026-03-01T12:00:00.000Z'],
    ['with an offset', '2026-03-01T14:00:00+02:00'],
    ['with millionths and an offset', '2026-03-01T12:00:00.000000+00:00'],
    ['as Go writes it', '2026-03-01T12:00:00.000000000Z'],
    ['without a zone', '2026-03-01T12:00:00'],
  ])('%s is understood, and kept where nobody says when it was sent', async (_, timestamp) => {
    await send('/v1/track', call({ timestamp }));
    expect((await newest()).at).toBe(at);
  });

  test('a wrong clock is put right by when it says it was sending', async () => {
    const body = { batch: [call({ timestamp: '2031-01-01T00:00:00Z' })], sentAt: '2031-01-01T01:00:00Z' };
    await send('/v1/batch', body);
    expect(Math.abs((await newest()).at - (Date.now() - 3_600_000))).toBeLessThan(30_000);
  });
});

describe('a server', () => {
  test('is never believed about an address, and its own is nobody’s visit', async () => {
    const context = { ip: '198.51.100.7', userAgent: firefox };
    await send('/v1/track', call({ userId: 'ip-user', context }));
    await send(
      '/v1/identify',
      call({ userId: 'ip-user', traits: { email: 'lee@northern-mills.com' }, context }),
    );
    const { store } = server.rooms;
    const [account] = await store.findAccounts('northern-mills.com', 1);
    expect(await store.accountNetworks(account?.id ?? 0)).toEqual([]);
    const query = { accountId: account?.id ?? 0, siteId: null, visitorId: null, before: null, limit: 5 };
    // The visitor's agent is what the server passes on.
    expect((await store.journey(query)).sessions[0]?.agent).toMatchObject({
      browser: 'Firefox',
      os: 'Linux',
    });
    expect((await store.learned({ offset: 0, limit: 5 }, Date.now())).total).toBe(0);
  });

  test('tells on the story of the browser whose id it has', async () => {
    const anonymousId = '0f0e0d0c-1111-4222-8333-444455556666';
    const page = { url: 'https://www.lumen.example/pricing', title: 'Pricing', search: '?utm_source=x' };
    const browser = { authorization: basic(), origin: 'https://www.lumen.example', 'user-agent': firefox };
    const campaign = { source: 'news', medium: 'email', name: 'spring' };
    await send(
      '/v1/p',
      call({ userId: null, anonymousId, properties: page, context: { campaign } }),
      browser,
    );
    await send('/v1/track', call({ userId: 'mill-1', anonymousId, event: 'Paid' }));
    await send('/v1/identify', call({ userId: 'mill-1', traits: { email: 'kim@stone-bridge-works.com' } }));
    const { store } = server.rooms;
    const [account] = await store.findAccounts('stone-bridge-works.com', 1);
    const query = { accountId: account?.id ?? 0, siteId: null, visitorId: null, before: null, limit: 5 };
    const { sessions } = await store.journey(query);
    const visit = sessions.find(({ touchpoints }) => touchpoints.length === 2);
    expect(visit?.touchpoints.map(({ type, path, detail }) => [type, path, detail.server])).toEqual([
      ['page', '/pricing', undefined],
      ['track', '', true],
    ]);
    expect(visit?.arrival).toMatchObject({ source: 'x' });
    expect(visit?.agent.browser).toBe('Firefox');
    expect(await store.verify()).toEqual([]);
  });
});

describe('browsers', () => {
  test.each(['/v1/t', '/v1/batch', '/v1/m', '/v1/projects/x/settings'])(
    'may call %s from any page, and ask once a day',
    async (path) => {
      const response = await fetch(`${server.url}${path}`, { method: 'OPTIONS' });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(response.headers.get('access-control-allow-headers')).toMatch(
        /authorization.*content-type.*x-retry-count/,
      );
      expect(response.headers.get('access-control-max-age')).toBe('86400');
    },
  );

  test('load their settings, which lead back here', async () => {
    const get = (key: string) => fetch(`${server.url}/v1/projects/${key}/settings`);
    const settings = (await (await get(server.site.key)).json()) as { integrations: Record<string, unknown> };
    expect(settings.integrations['Segment.io']).toEqual({
      apiKey: server.site.key,
      apiHost: `${new URL(server.url).host}/v1`,
      protocol: 'http',
    });
    expect((await get('nobodys')).status).toBe(404);
  });

  test('load our tag by the snippet’s own address, with the site’s key in it', async () => {
    const get = (key: string) => fetch(`${server.url}/analytics.js/v1/${key}/analytics.min.js`);
    const response = await get(server.site.key);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/javascript/);
    expect(await response.text()).toContain(`"site":"${server.site.key}"`);
    // Whoever mistypes it breaks no page.
    expect((await get('nobodys')).status).toBe(200);
  });

  test('old events of a browser are refused after eight days, those of a server are not', async () => {
    const timestamp = new Date(Date.now() - 9 * 86_400_000).toISOString();
    const headers = { authorization: basic(), origin: 'https://www.lumen.example', 'user-agent': firefox };
    expect((await send('/v1/track', call({ timestamp }), headers)).json.dropped).toEqual({ too_old: 1 });
    expect((await send('/v1/track', call({ timestamp }))).json).toEqual({ success: true });
  });
});

test('what cannot be taken for now is asked for again, as these clients understand it', async () => {
  const full = createCallCollect({
    collect: {
      refuseAll: () => ({ stored: 0, refused: new Map() }),
      take: async (_site, drafts, answer) => {
        answer.refused.set('busy', drafts.length);
        return answer;
      },
    },
    sites: server.rooms.sites,
    keyed: server.rooms.keyed,
    now: Date.now,
  });
  const app = callRoutes({
    takeCalls: full,
    sites: server.rooms.sites,
    tag: null,
    sender: () => ({ address: '', userAgent: '' }),
    origin: () => 'https://collect.lumen.example',
  });
  const body = JSON.stringify(batch(call(), call({ userId: null })));
  const response = await app.request('/v1/batch', {
    method: 'POST',
    body,
    headers: { authorization: basic() },
  });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await response.json()).toMatchObject({ success: false, dropped: { busy: 2 } });
  const settings = await (await app.request(`/v1/projects/${server.site.key}/settings`)).text();
  expect(settings).toContain('"apiHost":"collect.lumen.example/v1","protocol":"https"');
});

test('what is no call is told where calls go', async () => {
  expect(await send('/v1/nothing', {})).toMatchObject({ status: 404, json: { success: false } });
});
