/** Who a visitor is to the tag: the cookie, its reach and its limits. */
import { describe, expect, test } from 'vitest';
import { cookieDays, cookieName } from '../../tracker/wire.ts';
import { useTrackedSite } from '../support/tracked-site.ts';

// Names that only this browser knows, so that domains of every depth are there.
const here = useTrackedSite({
  args: ['--host-resolver-rules=MAP *.example 127.0.0.1, MAP *.co.uk 127.0.0.1'],
});

const at = (host: string, path = '/') => `http://${host}:${here.site.port}${path}`;
const cookies = async () => (await here.context.cookies()).filter(({ name }) => name.startsWith(cookieName));
const visitors = () => here.site.batches.map(({ visitor }) => visitor);

describe('the visitor’s cookie', () => {
  test('holds an id and nothing else, for thirteen months, and is sent with each batch', async () => {
    await here.open('/');
    const [cookie, ...others] = await cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ name: '_fl', path: '/', sameSite: 'Lax', secure: false });
    expect(cookie?.value).toMatch(/^[0-9a-z]{8}\d{10}$/);
    expect((cookie?.expires ?? 0) * 1_000 - Date.now()).toBeGreaterThan((cookieDays - 1) * 86_400_000);
    expect((cookie?.expires ?? 0) * 1_000 - Date.now()).toBeLessThan((cookieDays + 1) * 86_400_000);
    expect(visitors()).toEqual([cookie?.value]);
  });

  test('stays the same over pages and visits, and lives longer with each', async () => {
    const value = 'm3x9k2p00123456789';
    const soon = Math.round(Date.now() / 1_000) + 86_400;
    await here.context.addCookies([{ name: '_fl', value, domain: '127.0.0.1', path: '/', expires: soon }]);
    await here.open('/a');
    await here.open('/b');
    const [cookie, ...others] = await cookies();
    expect(others).toEqual([]);
    expect(cookie?.value).toBe(value);
    expect(cookie?.expires).toBeGreaterThan(soon + 300 * 86_400);
    expect(new Set(visitors())).toEqual(new Set([value]));
  });

  test.each([
    ['www.shop.example', '.shop.example'],
    ['shop.example', '.shop.example'],
    ['a.b.shop.co.uk', '.shop.co.uk'],
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost'],
  ])('on %s is kept for %s, the widest that the browser takes', async (host, domain) => {
    await here.page.goto(at(host));
    await here.site.arrived(1);
    expect((await cookies()).map((cookie) => cookie.domain)).toEqual([domain]);
  });

  test('is one over subdomains, and another one elsewhere', async () => {
    for (const host of ['www.shop.example', 'docs.shop.example', 'other.example']) {
      const counted = here.site.events.length + 1;
      await here.page.goto(at(host));
      await here.site.arrived(counted);
    }
    // A request that its page did not outlive may come twice.
    const [www, docs, other] = ['www', 'docs', 'other'].map(
      (host) =>
        here.site.batches.find(({ events }) => events.some(({ url }) => url.startsWith(`http://${host}.`)))
          ?.visitor,
    );
    expect(www).toBeDefined();
    expect(docs).toBe(www);
    expect(other).not.toBe(www);
  });

  test('is kept where data-domain says', async () => {
    here.site.page(
      '/narrow',
      '<!doctype html><title>Narrow</title><script defer src="/t.js" data-site="k" data-domain="www.shop.example"></script>',
    );
    await here.page.goto(at('www.shop.example', '/narrow'));
    await here.site.arrived(1);
    expect((await cookies()).map(({ domain }) => domain)).toEqual(['.www.shop.example']);
  });

  test('is secure on https', async () => {
    await here.context.route('https://www.shop.example/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: here.site.url + pathname }) });
    });
    await here.page.goto('https://www.shop.example/');
    await here.site.arrived(1);
    expect(await cookies()).toMatchObject([{ secure: true, domain: '.shop.example', sameSite: 'Lax' }]);
  });

  test('is one for tabs opened at once', async () => {
    const tabs = await Promise.all(Array.from({ length: 6 }, () => here.context.newPage()));
    await Promise.all(tabs.map((tab, index) => tab.goto(`${here.site.url}/tab-${index}`)));
    await here.site.arrived(6);
    expect(new Set(visitors()).size).toBe(1);
    expect(visitors()[0]).toBe((await cookies())[0]?.value);
  });

  test('is one for tabs opened at once, also where each look at cookies takes its time', async () => {
    // As on a machine that has much else to do: the browser asks another process.
    await here.context.addInitScript(`
      const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
      const wait = () => { for (const from = performance.now(); performance.now() - from < 25; ); };
      Object.defineProperty(Document.prototype, 'cookie', {
        get() { wait(); return get.call(this) },
        set(value) { wait(); set.call(this, value) },
      })`);
    const [early, late] = await Promise.all([here.context.newPage(), here.context.newPage()]);
    const opened = early.goto(`${here.site.url}/early`);
    await here.site.asked('/t.js', 1);
    await late.goto(`${here.site.url}/late`);
    await opened;
    await here.site.arrived(2);
    expect(new Set(visitors()).size).toBe(1);
  });

  test('is another one in another browser profile', async () => {
    await here.open('/');
    const stranger = await here.browser.newContext();
    await (await stranger.newPage()).goto(here.site.url);
    await here.site.arrived(2);
    await stranger.close();
    expect(new Set(visitors()).size).toBe(2);
  });

  test('of somebody else’s making is not believed', async () => {
    await here.context.addCookies([{ name: '_fl', value: 'x', domain: '127.0.0.1', path: '/' }]);
    await here.open('/');
    expect(visitors()[0]).toMatch(/^\w{18}$/);
  });
});

describe('a visitor who does not want to be followed', () => {
  test('by Global Privacy Control: counted, with nothing stored and no id sent', async () => {
    await here.context.addInitScript(
      "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true })",
    );
    await here.context.addCookies([
      { name: '_fl', value: 'm3x9k2p00123456789', domain: '127.0.0.1', path: '/', expires: 4_000_000_000 },
    ]);
    const before = await cookies();
    await here.open('/');
    await here.page.evaluate("footlight('identify', 'user-7')");
    await here.finish();
    expect(here.site.batches.every((batch) => !('visitor' in batch))).toBe(true);
    // Not even the life of what was there before.
    expect(await cookies()).toEqual(before);
    expect(await here.page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
  });

  test('by refusing cookies: counted, without an id and without an error', async () => {
    await here.context.addInitScript(
      "Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => {} })",
    );
    await here.open('/');
    expect(visitors()).toEqual([undefined]);
    expect(here.problems).toEqual([]);
  });

  test.each(['cookie', 'localStorage'])(
    'where looking at %s throws: counted once, also when the page is left at once, without an error',
    async (what) => {
      const forbid = `get() { throw new DOMException('no', 'SecurityError') }, set() { throw new DOMException('no', 'SecurityError') }`;
      const owner = what === 'cookie' ? 'Document.prototype' : 'window';
      await here.context.addInitScript(`Object.defineProperty(${owner}, '${what}', { ${forbid} })`);
      await here.open('/');
      expect(visitors()).toEqual([what === 'cookie' ? undefined : expect.any(String)]);
      await here.page.goto(`${here.site.url}/next`, { waitUntil: 'commit' });
      await here.page.goto(`${here.site.url}/further`);
      await here.site.until((events) => events.some(({ url }) => url.endsWith('/further')));
      expect(here.problems).toEqual([]);
    },
  );

  test('in a sandboxed frame that is left again: nothing breaks', async () => {
    here.site.page('/framed', '<iframe src="/inside" sandbox="allow-scripts"></iframe>');
    await here.page.goto(`${here.site.url}/framed`);
    await here.page.evaluate("document.querySelector('iframe').remove()");
    expect(here.problems).toEqual([]);
    expect(here.site.events).toEqual([]);
  });
});
