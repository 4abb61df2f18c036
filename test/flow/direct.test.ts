/** `POST /e` is taken straight from the socket, and `POST /e?` by the app: nobody can tell which. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxBodyBytes } from '../../tracker/wire.ts';
import { firefox } from '../support/agents.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1/32' });
});
afterAll(() => server.close());

interface Told {
  status: number;
  headers: Record<string, unknown>;
  body: string;
}

/** @param path `/e` or `/e?` */
function post(path: string, body: string | Buffer, headers: Record<string, string>): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${server.url}${path}`,
      { method: 'POST', headers: { 'user-agent': firefox, ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => {
          const {
            date: _,
            connection: __,
            'keep-alive': ___,
            'transfer-encoding': ____,
            ...told
          } = response.headers;
          resolve({ status: response.statusCode ?? 0, headers: told, body: text });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const visitor = 'm3x9k2p00123456789';
const own = { origin: 'https://www.lumen.example', host: 'www.lumen.example', cookie: `_fl=${visitor}` };

describe('the same request is answered the same on both roads:', () => {
  test.each<{
    what: string;
    body: () => string | Buffer;
    headers?: Record<string, string>;
    status: number;
    has?: string;
  }>([
    { what: 'a page view', body: () => batch(server.site.key), status: 204 },
    {
      what: 'a page view with a byte order mark',
      body: () => `\uFEFF${batch(server.site.key)}`,
      status: 204,
    },
    {
      what: 'letters beyond ASCII',
      body: () => batch(server.site.key, [pageView({ title: 'Größe 𐀀' })]),
      status: 204,
    },
    {
      what: 'a page on the collector’s own host',
      body: () => batch(server.site.key, undefined, { visitor }),
      headers: own,
      status: 204,
      has: 'set-cookie',
    },
    {
      what: 'one good event and one bad',
      body: () => batch(server.site.key, [pageView(), { type: 'page' }]),
      status: 204,
      has: 'x-footlight-dropped',
    },
    {
      what: 'a crawler',
      body: () => batch(server.site.key),
      headers: { 'user-agent': 'Googlebot/2.1' },
      status: 403,
    },
    { what: 'a site that is not known', body: () => batch('nobody'), status: 404 },
    { what: 'what is no JSON', body: () => '{', status: 400 },
    { what: 'nothing', body: () => '', status: 400 },
    { what: 'bytes that are no text', body: () => Buffer.from([0xff, 0xfe, 0x00]), status: 400 },
    { what: 'too much', body: () => 'x'.repeat(maxBodyBytes + 1), status: 413 },
    {
      what: 'too much that does not say so',
      body: () => 'x'.repeat(maxBodyBytes + 1),
      headers: { 'transfer-encoding': 'chunked' },
      status: 413,
    },
  ])('$what', async ({ body, headers = {}, status, has }) => {
    const direct = await post('/e', body(), headers);
    const byApp = await post('/e?', body(), headers);
    expect(direct.status).toBe(status);
    expect(direct).toEqual(byApp);
    if (has !== undefined) expect(direct.headers).toHaveProperty(has);
  });
});

test('a trusted proxy is believed about the address on both roads', async () => {
  for (const [path, address] of [
    ['/e', '198.51.100.7'],
    ['/e?', '203.0.113.7'],
  ] as const)
    await post(path, batch(server.site.key, undefined, { visitor: `visitor-${address}` }), {
      'x-forwarded-for': `192.0.2.66, ${address}`,
    });
  const visits = await server.rooms.store.recentVisits({ since: 0, limit: 100, newest: 10 });
  const prefixes = visits.map((visit) => visit.prefix);
  expect(prefixes).toContain('198.51.100.0/24');
  expect(prefixes).toContain('203.0.113.0/24');
  expect(prefixes).not.toContain('192.0.2.0/24');
});

test('a sender who goes away in the middle of a body is let go, and nothing of it is kept', async () => {
  const before = (await server.rooms.store.health()).events;
  const sent = request(`${server.url}/e`, { method: 'POST', headers: { 'content-length': '1000' } });
  const gone = new Promise<void>((resolve) => sent.on('error', () => resolve()));
  await new Promise<void>((resolve) => sent.write(batch(server.site.key).slice(0, 50), () => resolve()));
  sent.destroy(new Error('gone'));
  await gone;
  expect((await post('/e', batch(server.site.key), {})).status).toBe(204);
  expect((await server.rooms.store.health()).events).toBe(before + 1);
});

test('a server that stops answers what was begun, and then takes nothing more', async () => {
  const stopping = await startTestServer();
  const key = stopping.site.key;
  const body = batch(key);
  let stored = 0;
  const begun = request(`${stopping.url}/e`, {
    method: 'POST',
    headers: { 'user-agent': firefox, 'content-length': String(Buffer.byteLength(body)) },
  });
  const answered = new Promise<number>((resolve, reject) => {
    begun.on('error', reject);
    begun.on('response', (response) => {
      if (response.statusCode === 204) stored += 1;
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  await new Promise<void>((resolve) => begun.write(body.slice(0, 20), () => resolve()));
  // Another has come and gone: the first one is at the server by now.
  expect((await stopping.send(batch(key))).status).toBe(204);
  const closed = stopping.close();
  begun.end(body.slice(20));
  expect(await answered).toBe(204);
  await closed;
  expect(stored).toBe(1);
  await expect(stopping.send(batch(key))).rejects.toThrow();
});
