import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDemoSite, type DemoSite, startDemoSite } from './site.ts';

interface Received {
  method: string;
  url: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

const received: Received[] = [];
let collector: http.Server;
let collectorUrl: string;

beforeAll(async () => {
  collector = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    if (url.startsWith('/t.js'))
      response.writeHead(200, { 'content-type': 'text/javascript', etag: '"abc"' }).end('the tag');
    else response.writeHead(403, { 'x-footlight-dropped': 'bot=1' }).end();
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  collectorUrl = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => collector.close());
afterEach(() => {
  received.length = 0;
});

const site = () =>
  createDemoSite({ collectorUrl, dashboardUrl: 'http://localhost:8080', siteKey: 'site-key' });

/** Says who one is, and answers with the cookies to send from then on. */
async function become(guise: string): Promise<{ cookie: string; setCookies: string[] }> {
  const body = new URLSearchParams({ guise, back: '/pricing' });
  const response = await site().request('/as', { method: 'POST', body });
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe('/pricing');
  const setCookies = response.headers.getSetCookie();
  return { cookie: setCookies.map((one) => one.split(';')[0]).join('; '), setCookies };
}

describe('the demo web site', () => {
  it.each(['/', '/product', '/pricing', '/contact'])(
    'carries the tag on %s, from its own host',
    async (path) => {
      const response = await site().request(path);
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain('<!doctype html>');
      expect(text).toMatch(/<script defer(="")? src="\/t\.js\?site=site-key" data-site="site-key">/);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(text).not.toMatch(/<(script|link)[^>]*(src|href)="https?:/);
    },
  );

  it('says whom one is visiting as, and where that visit is seen', async () => {
    const text = await (await site().request('/')).text();
    expect(text).toContain('Nordhavn Robotics');
    expect(text).toContain('198.51.100.17');
    expect(text).toContain('http://localhost:8080/accounts?q=nordhavn-robotics.example');
  });

  it('hands an event on from the first company’s address', async () => {
    const body = '{"v":1}';
    const response = await site().request('/e', {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain', 'user-agent': 'Firefox', 'accept-language': 'da' },
    });
    expect(received).toMatchObject([{ method: 'POST', url: '/e', body }]);
    expect(received[0]?.headers).toMatchObject({
      'x-forwarded-for': '198.51.100.17',
      'user-agent': 'Firefox',
      'accept-language': 'da',
      'content-type': 'text/plain',
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('x-footlight-dropped')).toBe('bot=1');
  });

  it('hands an event on from the address of whom one chose to be', async () => {
    const { cookie } = await become('havenlink.example');
    await site().request('/e', { method: 'POST', body: '{}', headers: { cookie } });
    expect(received[0]?.headers['x-forwarded-for']).toBe('192.0.2.1');
    const text = await (await site().request('/', { headers: { cookie } })).text();
    expect(text).toContain('a customer of <strong>Havenlink Broadband</strong>');
    expect(text).toContain('/accounts?view=providers&amp;q=Havenlink+Broadband');
  });

  it('passes on no address that the browser claims, and no cookie', async () => {
    const claims = {
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
      'x-real-ip': '203.0.113.9',
      'cf-connecting-ip': '203.0.113.9',
      'true-client-ip': '203.0.113.9',
      cookie: 'secret=1',
    };
    await site().request('/e', { method: 'POST', body: '{}', headers: claims });
    await site().request('/t.js', { headers: claims });
    expect(received.length).toBe(2);
    for (const { headers } of received) {
      expect(headers['x-forwarded-for']).toBe('198.51.100.17');
      expect(JSON.stringify(headers)).not.toContain('203.0.113.9');
      expect(headers.cookie).toBeUndefined();
    }
  });

  it('makes the tag start a new visitor when one becomes someone else', async () => {
    const { setCookies } = await become('cloakwood-vpn.example');
    expect(setCookies).toContainEqual(expect.stringMatching(/^_fl=; Max-Age=0/));
  });

  it('takes nobody for a company it does not know, and leads to no page of others', async () => {
    const body = new URLSearchParams({ guise: 'no-such.example', back: 'https://elsewhere.example/' });
    const response = await site().request('/as', { method: 'POST', body });
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.getSetCookie()[0]).toContain('demo_guise=nordhavn-robotics.example');
  });

  it('serves the tag as the collector has it', async () => {
    const response = await site().request('/t.js?site=site-key');
    expect(received[0]?.url).toBe('/t.js?site=site-key');
    expect(await response.text()).toBe('the tag');
    expect(response.headers.get('etag')).toBe('"abc"');
  });

  it('keeps nothing of a form, and thanks', async () => {
    const body = new URLSearchParams({
      name: 'Ada',
      email: 'ada@nordhavn-robotics.example',
      message: 'hello',
    });
    const response = await site().request('/contact', { method: 'POST', body });
    expect(response.headers.get('location')).toBe('/contact/thanks');
    expect(received).toEqual([]);
    expect(await (await site().request('/contact/thanks')).text()).not.toContain('ada@');
  });

  it('answers 502 with a reason while the collector is away', async () => {
    const away = createDemoSite({ collectorUrl: 'http://127.0.0.1:1', dashboardUrl: '', siteKey: 'k' });
    const response = await away.request('/e', { method: 'POST', body: '{}' });
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('cannot be reached');
  });
});

describe('starting the demo web site', () => {
  const started: DemoSite[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((one) => one.close()));
  });

  const start = async (port: number): Promise<URL> => {
    const options = { collectorUrl, dashboardUrl: '', siteKey: 'site-key', host: '127.0.0.1', port };
    const one = await startDemoSite(options);
    started.push(one);
    return new URL(one.url);
  };

  it('takes the next free port where its own is taken', async () => {
    const first = Number((await start(0)).port);
    const second = await start(first);
    expect(Number(second.port)).toBeGreaterThan(first);
    expect((await fetch(second)).status).toBe(200);
  });

  it('hands on a whole event over real connections', async () => {
    const url = await start(0);
    const body = JSON.stringify({ v: 1, filler: 'x'.repeat(50_000) });
    const response = await fetch(new URL('/e', url), { method: 'POST', body });
    expect(response.status).toBe(403);
    expect(received[0]?.body).toBe(body);
  });

  it('refuses an address that is not this machine’s', async () => {
    const options = { collectorUrl, dashboardUrl: '', siteKey: 'site-key', host: '192.0.2.1', port: 0 };
    await expect(startDemoSite(options)).rejects.toThrow('192.0.2.1');
  });
});
