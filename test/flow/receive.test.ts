/** What browsers, and those who are none, may send: stored, or refused with a reason, and never an error of ours. */
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { maxEventsPerDay } from '../../collector/receive/flood.ts';
import { droppedHeader, maxAgoMs, maxBodyBytes } from '../../tracker/wire.ts';
import { firefox } from '../support/agents.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let stored: number;

beforeAll(async () => {
  server = await startTestServer({ FOOTLIGHT_TRUSTED_PROXIES: '' });
});
afterAll(() => server.close());
beforeEach(async () => {
  stored = (await server.rooms.store.health()).events;
});

const added = async () => (await server.rooms.store.health()).events - stored;
const key = () => server.site.key;

test('a batch is answered with 204 and no body once it is stored', async () => {
  const response = await server.send(batch(key(), [pageView(), pageView()]));
  expect(response.status).toBe(204);
  expect(response.headers.get(droppedHeader)).toBeNull();
  expect(await added()).toBe(2);
});

describe('refused with its reason, and nothing of it stored:', () => {
  test.each<{ what: string; status: number; reason: string; body: () => string }>([
    {
      what: 'a site key that nobody has',
      status: 404,
      reason: 'unknown_site=1',
      body: () => batch('no-such-key'),
    },
    {
      what: 'a page of another host',
      status: 403,
      reason: 'wrong_host=1',
      body: () => batch(key(), [pageView({ url: 'https://lumen.example.evil.example/' })]),
    },
    { what: 'what is not JSON', status: 400, reason: 'malformed=1', body: () => '{"v":1,' },
    { what: 'an empty body', status: 400, reason: 'malformed=1', body: () => '' },
    { what: 'JSON of another kind', status: 400, reason: 'schema=1', body: () => '[1,2,3]' },
    {
      what: 'a version we do not speak',
      status: 400,
      reason: 'schema=1',
      body: () => batch(key(), [pageView()], { v: 2 as 1 }),
    },
    {
      what: 'a batch without events',
      status: 400,
      reason: 'schema=1',
      body: () => batch(key(), []),
    },
    {
      what: 'ten thousand brackets',
      status: 400,
      reason: 'too_deep=1',
      body: () => '['.repeat(10_000) + ']'.repeat(10_000),
    },
    {
      what: 'more than fits',
      status: 413,
      reason: 'too_large=1',
      body: () => batch(key(), [pageView({ title: 'x'.repeat(maxBodyBytes) })]),
    },
    {
      what: 'a number where text belongs',
      status: 400,
      reason: 'schema=1',
      body: () => batch(key(), [pageView({ title: 7 })]),
    },
    {
      what: 'an address longer than any',
      status: 400,
      reason: 'schema=1',
      body: () => batch(key(), [pageView({ url: `https://www.lumen.example/${'x'.repeat(2_048)}` })]),
    },
    {
      what: 'an event of a type unknown to us',
      status: 400,
      reason: 'schema=1',
      body: () => batch(key(), [pageView({ type: 'constructor' })]),
    },
    {
      what: 'an address that is none',
      status: 400,
      reason: 'schema=1',
      body: () => batch(key(), [pageView({ url: 'not an address' })]),
    },
    {
      what: 'an event from before the queue’s life',
      status: 400,
      reason: 'too_old=1',
      body: () => batch(key(), [pageView({ ago: maxAgoMs + 1 })]),
    },
    {
      what: 'an event from the future',
      status: 400,
      reason: 'clock=1',
      body: () => batch(key(), [pageView({ ago: -3_600_000 })]),
    },
  ])('$what', async ({ status, reason, body }) => {
    const response = await server.send(body());
    expect({ status: response.status, reason: response.headers.get(droppedHeader) }).toEqual({
      status,
      reason,
    });
    expect(await added()).toBe(0);
  });

  test('a crawler, by its user agent', async () => {
    const response = await server.send(batch(key()), {
      'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    });
    expect(response.status).toBe(403);
    expect(response.headers.get(droppedHeader)).toBe('bot=1');
    expect(await added()).toBe(0);
  });

  test('a body without a length that never ends', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
        if (sent > 64 * maxBodyBytes) controller.close();
      },
    });
    const response = await server.send(endless).catch((error: unknown) => error);
    // The server answers and hangs up; a client that insists on sending may see the second before the first.
    if (response instanceof Response) expect(response.headers.get(droppedHeader)).toBe('too_large=1');
    expect(await added()).toBe(0);
    expect((await server.send(batch(key()))).status).toBe(204);
  });
});

test('the good events of a batch are kept beside the bad ones, and each bad one is counted', async () => {
  const response = await server.send(
    batch(key(), [
      pageView(),
      pageView({ title: 7 }),
      null,
      pageView({ url: 'https://elsewhere.example/' }),
      pageView({ ago: -3_600_000 }),
      pageView(),
    ]),
  );
  expect(response.status).toBe(204);
  expect(response.headers.get(droppedHeader)).toBe('schema=2, wrong_host=1, clock=1');
  expect(await added()).toBe(2);
});

test('a title longer than any is cut, and the event is kept', async () => {
  const response = await server.send(batch(key(), [pageView({ title: `${'x'.repeat(300)}cut off` })]));
  expect(response.status).toBe(204);
  const [latest] = await server.rooms.store.latestEvents(server.site.id, 1);
  expect(latest?.title).toBe('x'.repeat(300));
});

test('an event nested too deep is refused alone', async () => {
  const nested = (levels: number): unknown => (levels === 0 ? 'deep' : { in: nested(levels - 1) });
  const deep = pageView({ type: 'track', name: 'x', props: { in: nested(14) } });
  const response = await server.send(batch(key(), [deep, pageView()]));
  expect(response.status).toBe(204);
  expect(response.headers.get(droppedHeader)).toBe('too_deep=1');
  expect(await added()).toBe(1);
});

test.each(['PUT /e', 'POST /e/', 'POST /E', 'DELETE /p.gif', 'POST /t.js'])(
  '%s is told what is right, and not sent to sign in',
  async (what) => {
    const [method = '', path = ''] = what.split(' ');
    const response = await fetch(server.url + path, { method, redirect: 'manual' });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('POST /e');
  },
);

test('more than two hundred events in one batch: the first two hundred are kept, the rest is counted', async () => {
  const response = await server.send(
    batch(
      key(),
      Array.from({ length: 203 }, () => pageView()),
    ),
  );
  expect(response.headers.get(droppedHeader)).toBe('too_many=3');
  expect(await added()).toBe(200);
});

test('a program that sends as one browser all day is stopped, and other browsers are not', async () => {
  const flood = (count: number) => Array.from({ length: count }, () => pageView());
  const visitor = 'm3x9k2p0flood-1';
  for (let sent = 0; sent < maxEventsPerDay; sent += 200)
    expect((await server.send(batch(key(), flood(200), { visitor }))).status).toBe(204);
  const response = await server.send(batch(key(), flood(3), { visitor }));
  expect(response.status).toBe(403);
  expect(response.headers.get(droppedHeader)).toBe('flood=3');
  expect((await server.send(batch(key(), flood(1), { visitor: 'm3x9k2p0other-1' }))).status).toBe(204);
});

test('an event sent again after a lost answer is taken for the same, and says so', async () => {
  const body = batch(key());
  await server.send(body);
  const again = await server.send(body);
  expect(again.status).toBe(204);
  expect(again.headers.get(droppedHeader)).toBe('duplicate=1');
  expect(await added()).toBe(1);
});

test('without a cookie, an event sent again is the same after the browser is another to us', async () => {
  const nameless = (site: string, event: unknown) => JSON.stringify({ v: 1, site, events: [event] });
  const event = pageView();
  const body = nameless(key(), event);
  await server.send(body);
  // A browser that was brought up to date meanwhile; it is told by its agent and its address alone.
  const again = await server.send(body, { 'user-agent': firefox.replaceAll(/\d\d\d\.0/g, '199.0') });
  expect(again.headers.get(droppedHeader)).toBe('duplicate=1');
  expect(await added()).toBe(1);
  const { store } = server.rooms;
  const other = await store.addSite('second.example', [], Date.now());
  await server.rooms.sites.refresh();
  await server.send(nameless(other.key, { ...event, url: 'https://second.example/' }));
  expect(await store.latestEvents(other.id, 5)).toHaveLength(1);
});

test('a browser whose clock is off by a year is stored under ours', async () => {
  const before = Date.now();
  await server.send(batch(key(), [pageView({ ago: 60_000, url: 'https://lumen.example/clock' })]));
  const [latest] = await server.rooms.store.latestEvents(server.site.id, 1);
  expect(latest?.path).toBe('/clock');
  expect(Math.abs((latest?.at ?? 0) - (before - 60_000))).toBeLessThan(10_000);
});

test('keys that would reach into every object stay what they are: text in this event', async () => {
  const response = await server.send(
    `{"v":1,"site":"${key()}","visitor":"m3x9k2p0visitor-1","events":[{"id":"polluter-1","type":"track","name":"x",
      "url":"https://lumen.example/","props":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}]}`,
  );
  expect(response.status).toBe(204);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('whatever is sent, the answer is never an error of ours', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.json(),
        fc.array(fc.jsonValue(), { maxLength: 5 }).map((events) => batch(key(), events)),
        fc
          .record({
            id: fc.jsonValue(),
            type: fc.constantFrom('page', 'form', 'track', 'identify', 'leave', 'link', 'group'),
            url: fc.oneof(fc.webUrl(), fc.constant('https://lumen.example/'), fc.jsonValue()),
            ago: fc.oneof(fc.double(), fc.jsonValue()),
            props: fc.jsonValue(),
            traits: fc.jsonValue(),
          })
          .map((event) => batch(key(), [event])),
      ),
      async (body) => {
        const response = await server.send(body);
        expect(response.status).toBeLessThan(500);
        if (response.status >= 400) expect(response.headers.get(droppedHeader)).toMatch(/^[a-z_]+=\d+/);
      },
    ),
    { numRuns: 300 },
  );
});

test('what was refused is counted by site, day and reason', async () => {
  await server.send(batch(key(), [pageView({ title: 7 })]));
  await server.send(batch('no-such-key'));
  const counted = async (reason: string) => {
    const today = new Date().toISOString().slice(0, 10);
    const rows = await server.rooms.store.drops(null, today);
    return rows.find((row) => row.reason === reason);
  };
  // Counts are written every second.
  await expect.poll(() => counted('unknown_site'), { timeout: 5_000 }).toMatchObject({ siteId: null });
  await expect.poll(() => counted('schema'), { timeout: 5_000 }).toMatchObject({ siteId: server.site.id });
});

test('what looks like an address or a token in a title or a form’s target is not kept', async () => {
  await server.send(
    batch(key(), [
      pageView({ title: 'Inbox of kim@harbour-tools.com' }),
      pageView({
        type: 'form',
        step: 'submit',
        action: '/reset/9f86d081884c7d659a2feaa0c55ad015?pw=hunter2secret',
      }),
    ]),
  );
  const [form, page] = await server.rooms.store.latestEvents(server.site.id, 2);
  expect(page?.title).toBe('Inbox of [email]');
  expect(form?.detail.form?.action).toBe('/reset/[token]');
});

test('a site added by another process is known within a second or two', async () => {
  const added = await server.rooms.store.addSite('fresh.example', [], Date.now());
  await expect
    .poll(
      async () => (await server.send(batch(added.key, [pageView({ url: 'https://fresh.example/' })]))).status,
      { timeout: 5_000 },
    )
    .toBe(204);
});

describe('the pixel', () => {
  const get = (query: string, headers: Record<string, string>) =>
    fetch(`${server.url}/p.gif${query}`, { headers: { 'user-agent': firefox, ...headers } });

  test('counts a page without a script, by the image’s referrer', async () => {
    const response = await get(`?site=${key()}`, { referer: 'https://www.lumen.example/no-script' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/gif');
    expect((await server.rooms.store.latestEvents(server.site.id, 1))[0]?.path).toBe('/no-script');
  });

  test('counts nobody who only asks for the head', async () => {
    const response = await fetch(`${server.url}/p.gif?site=${key()}`, {
      method: 'HEAD',
      headers: { 'user-agent': firefox, referer: 'https://www.lumen.example/head' },
    });
    expect(response.status).toBe(200);
    expect(await added()).toBe(0);
  });

  test('still gives an image where it refuses, with the reason in the header', async () => {
    const response = await get('?site=no-such-key', { referer: 'https://www.lumen.example/' });
    expect(response.status).toBe(404);
    expect(response.headers.get(droppedHeader)).toBe('unknown_site=1');
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(30);
    expect(await added()).toBe(0);
  });
});

describe('the tag', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; bytes: number }>(
      (resolve, reject) => {
        // Not fetch: it would unpack the body and take the header away.
        httpRequest(`${server.url}${path}`, { headers }, (response) => {
          let bytes = 0;
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }),
          );
        })
          .on('error', reject)
          .end();
      },
    );

  test('comes compressed as the browser can take it, smaller each time', async () => {
    const plain = await get('/t.js');
    const gzip = await get('/t.js', { 'accept-encoding': 'gzip, deflate' });
    const brotli = await get('/t.js', { 'accept-encoding': 'gzip, deflate, br, zstd' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(plain.bytes).toBeGreaterThan(gzip.bytes);
    expect(gzip.bytes).toBeGreaterThan(brotli.bytes);
  });

  test('is there in each of its builds, as it was built', async () => {
    for (const name of ['t.js', 't.least.js', 't.full.js']) {
      const built = readFileSync(path.join(packageRoot, 'dist/tracker', name));
      expect(await get(`/${name}`)).toMatchObject({ status: 200, bytes: built.length });
    }
  });

  test('is kept for an hour by its name and for a year by its hash, and not sent again unchanged', async () => {
    const named = await get('/t.js');
    expect(named.headers['cache-control']).toBe('public, max-age=3600');
    const etag = String(named.headers.etag);
    expect(await get('/t.js', { 'if-none-match': etag })).toMatchObject({ status: 304, bytes: 0 });
    const hash = /"(.+)"/.exec(etag)?.[1];
    const hashed = await get(`/t.${hash}.js`);
    expect(hashed).toMatchObject({ status: 200, bytes: named.bytes });
    expect(hashed.headers['cache-control']).toContain('immutable');
    // A page that was cached with an older hash still gets a tag, and not for a year.
    const older = await get('/t.abcdefghijkl.js');
    expect(older).toMatchObject({ status: 200, bytes: named.bytes });
    expect(older.headers['cache-control']).toBe('public, max-age=3600');
  });
});
