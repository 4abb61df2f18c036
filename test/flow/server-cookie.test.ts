/** The visitor's cookie as the server sees it: lengthened on the site's own host, and left alone everywhere else. */
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TagSettings, usualTag } from '../../collector/tag-settings.ts';
import { firefox } from '../support/agents.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

const visitor = 'm3x9k2p00123456789';
const maxAge = 396 * 86_400;

let server: TestServer;
/** The same, but for a proxy on this machine that it may believe. */
let proxied: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  proxied = await startTestServer({ FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1' });
  for (const one of [server, proxied]) {
    const hosts = ['localhost', '127.0.0.1', 'lumen.github.io', 'lumen.co.uk'];
    await one.rooms.store.addSite('lumen.example', hosts, 0);
    await one.rooms.sites.refresh();
  }
});
afterAll(() => Promise.all([server.close(), proxied.close()]));
beforeEach(() => choose({}));

async function choose(chosen: Partial<TagSettings>): Promise<void> {
  await server.rooms.store.setTag(server.site.id, { ...usualTag, ...chosen });
  await server.rooms.sites.refresh();
}

interface Asked {
  to?: TestServer;
  path?: string;
  headers?: Record<string, string | undefined>;
  /** Of the batch. */
  visitor?: string | undefined;
  body?: string;
}

/** The cookies that the server sets; Node's fetch would not let us say which host we ask. */
function cookiesOf({ to = server, path = '/e', headers = {}, body, ...told }: Asked): Promise<string[]> {
  const sent = Object.entries({
    host: 'www.lumen.example',
    origin: 'http://www.lumen.example',
    cookie: `theme=dark; _fl=${visitor}; cart=2`,
    'user-agent': firefox,
    ...headers,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const who = 'visitor' in told ? told.visitor : visitor;
  const url = `${sent.find(([name]) => name === 'origin')?.[1] ?? 'http://www.lumen.example'}/pricing`;
  const events = [pageView(URL.canParse(url) ? { url } : {})];
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      to.url + path,
      { method: path === '/e' ? 'POST' : 'GET', headers: Object.fromEntries(sent) },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.headers['set-cookie'] ?? []));
      },
    ).on('error', reject);
    request.end(
      path === '/e' ? (body ?? JSON.stringify({ v: 1, site: to.site.key, visitor: who, events })) : undefined,
    );
  });
}

const expected = (domain: string | null, end = '') =>
  `_fl=${visitor}; ${domain === null ? '' : `Domain=${domain}; `}Path=/; Max-Age=${maxAge}; SameSite=Lax${end}`;

describe('on the site’s own host the cookie lives on, as the tag set it:', () => {
  test.each<[string, string, string | null]>([
    ['a subdomain', 'www.lumen.example', 'lumen.example'],
    ['the domain itself', 'lumen.example', 'lumen.example'],
    ['a deep one, with a port', 'a.b.lumen.example:8080', 'lumen.example'],
    ['a domain below a public suffix', 'shop.lumen.co.uk', 'lumen.co.uk'],
    ['a page of a host that belongs to many', 'lumen.github.io', 'lumen.github.io'],
    ['localhost', 'localhost:8080', null],
    ['an address', '127.0.0.1:8080', null],
  ])('%s', async (_, host, domain) => {
    const headers = { host, origin: `http://${host}` };
    expect(await cookiesOf({ headers })).toEqual([expected(domain)]);
  });

  test('under the domain that the owner chose', async () => {
    await choose({ domain: 'www.lumen.example' });
    expect(await cookiesOf({})).toEqual([expected('www.lumen.example')]);
    const deeper = { host: 'a.www.lumen.example', origin: 'http://a.www.lumen.example' };
    expect(await cookiesOf({ headers: deeper })).toEqual([expected('www.lumen.example')]);
    // The tag could not have written it there.
    const beside = { host: 'lumen.example', origin: 'http://lumen.example' };
    expect(await cookiesOf({ headers: beside })).toEqual([]);
  });

  test('secure on https, as the browser tells it', async () => {
    const headers = { origin: 'https://www.lumen.example' };
    expect(await cookiesOf({ headers })).toEqual([expected('lumen.example', '; Secure')]);
  });

  test('behind a proxy that we may believe, by the host that it stands on', async () => {
    const headers = {
      host: 'footlight.internal:8080',
      origin: 'https://www.lumen.example',
      'x-forwarded-host': 'www.lumen.example',
      'x-forwarded-proto': 'https',
    };
    expect(await cookiesOf({ to: proxied, headers })).toEqual([expected('lumen.example', '; Secure')]);
    expect(await cookiesOf({ to: server, headers })).toEqual([]);
  });

  test('also where its events had been stored before', async () => {
    const body = batch(server.site.key, [pageView()], { visitor });
    expect(await cookiesOf({ body })).toHaveLength(1);
    expect(await cookiesOf({ body })).toHaveLength(1);
  });
});

describe('no cookie is set', () => {
  test.each<[string, Asked]>([
    ['for a page of another host', { headers: { origin: 'http://shop.lumen.example' } }],
    ['for a page on another port', { headers: { origin: 'http://www.lumen.example:8080' } }],
    ['for who does not say where its page is', { headers: { origin: undefined } }],
    ['for a sandboxed page', { headers: { origin: 'null' } }],
    [
      'on a host that is none of the site’s',
      { headers: { host: 'other.example', origin: 'http://other.example' } },
    ],
    ['where the browser calls the request cross-site', { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['under Global Privacy Control', { headers: { 'sec-gpc': '1' } }],
    ['for a browser without one', { headers: { cookie: undefined } }],
    ['for a browser with others only', { headers: { cookie: `my_fl=${visitor}; _fl_out=1` } }],
    ['for an id that no tag of ours made', { headers: { cookie: '_fl=x' }, visitor: 'x' }],
    [
      'for an id that reaches beyond the cookie',
      { headers: { cookie: `_fl=${visitor}%0d%0aset-cookie:a=b` } },
    ],
    ['for another visitor than the batch is of', { visitor: 'm3x9k2p0000000000a' }],
    ['for a batch of nobody', { visitor: undefined }],
    ['where there are two', { headers: { cookie: `_fl=${visitor}; _fl=m3x9k2p0000000000a` } }],
    ['for a site that nobody has', { body: batch('nobody', [pageView()], { visitor }) }],
    ['for what is not stored', { body: '{"v":1' }],
    ['for a crawler', { headers: { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' } }],
  ])('%s', async (_, asked) => {
    expect(await cookiesOf(asked)).toEqual([]);
  });
});

describe('the pixel on the site’s own host', () => {
  const path = () => `/p.gif?site=${server.site.key}`;
  const headers = { origin: undefined, referer: 'http://www.lumen.example/no-script' };

  test('is a visit of whom the cookie names, and lengthens it', async () => {
    const visits = async () =>
      (await server.rooms.store.overview(server.site.id, { from: 0, to: 8.64e15 })).visits;
    await cookiesOf({});
    const before = await visits();
    expect(await cookiesOf({ path: path(), headers })).toEqual([expected('lumen.example')]);
    const [latest] = await server.rooms.store.latestEvents(server.site.id, 1);
    expect(latest?.path).toBe('/no-script');
    expect(await visits()).toBe(before);
    const stranger = { cookie: undefined, 'user-agent': firefox.replace(/\d+/, '1') };
    await cookiesOf({ path: path(), headers: { ...headers, ...stranger } });
    expect(await visits()).toBe(before + 1);
  });

  test('makes no cookie where there is none, and leaves those of others alone', async () => {
    for (const more of [{ cookie: undefined }, { 'sec-gpc': '1' }, { referer: 'http://lumen.example/' }])
      expect(await cookiesOf({ path: path(), headers: { ...headers, ...more } })).toEqual([]);
  });
});
