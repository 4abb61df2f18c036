import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHostOf, maskSecrets, pageAddress } from './url.ts';

describe('a page address', () => {
  it.each([
    ['https://Shop.Example/Pricing', 'shop.example', '/Pricing', ''],
    ['http://shop.example', 'shop.example', '/', ''],
    ['https://shop.example:443/a', 'shop.example', '/a', ''],
    ['https://shop.example:8443/a', 'shop.example:8443', '/a', ''],
    ['https://shop.example./a', 'shop.example', '/a', ''],
    ['https://user:secret@shop.example/a', 'shop.example', '/a', ''],
    ['https://shop.example/a?utm_source=x&b=1#top', 'shop.example', '/a', '?utm_source=x&b=1'],
    ['https://shop.example/?#top', 'shop.example', '/', ''],
    ['https://shop.example/app#/deals/7?tab=2', 'shop.example', '/app#/deals/7', '?tab=2'],
    ['https://shop.example/app?a=1#!/deals?b=2', 'shop.example', '/app#!/deals', '?a=1&b=2'],
    ['https://bücher.example/für', 'xn--bcher-kva.example', '/f%C3%BCr', ''],
    ['https://[2001:db8::1]:8080/a', '[2001:db8::1]:8080', '/a', ''],
    ['https://shop.example/%2561', 'shop.example', '/%2561', ''],
  ])('%s is split', (url, host, path, search) => {
    expect(pageAddress(url)).toEqual({ page: { host, path }, search });
  });

  it.each([
    '',
    'about:blank',
    '/relative',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'http://[::1',
  ])('%j is no page', (url) => {
    expect(pageAddress(url)).toBeNull();
  });

  it('is bounded, and never ends in half an escape', () => {
    const found = pageAddress(`https://shop.example/${'%C3%BC'.repeat(2_000)}?${'q'.repeat(9_000)}`);
    expect(found?.page.path.length).toBeLessThanOrEqual(1_024);
    expect(found?.page.path).toMatch(/(%[0-9A-F]{2})$/);
    expect(found?.search.length).toBeLessThanOrEqual(2_048);
    expect(pageAddress(`https://${'a.'.repeat(200)}example/`)).toBeNull();
  });

  it('is the same again when what came out is put back in', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        const once = pageAddress(url);
        if (once === null) return;
        expect(pageAddress(`https://${once.page.host}${once.page.path}`)?.page).toEqual(once.page);
      }),
    );
  });
});

describe('what must not be stored of a path', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
  it.each([
    ['/unsubscribe/jane.doe@acme.example', '/unsubscribe/[email]'],
    ['/unsubscribe/jane%40acme.example/now', '/unsubscribe/[email]/now'],
    ['/u/jane%2540acme.example', '/u/[email]'],
    ['/u/jane+news%2Btag@mail.acme.example', '/u/[email]'],
    [`/sso/${jwt}`, '/sso/[token]'],
    ['/reset/9f86d081884c7d659a2feaa0c55ad015', '/reset/[token]'],
    ['/a;jsessionid=9F86D081884C7D659A2FEAA0C55AD015/b', '/a;jsessionid=[token]/b'],
    ['/deal/123e4567-e89b-12d3-a456-426614174000/edit', '/deal/[token]/edit'],
    ['/reset/Q2hhbmdlIG1lIHBsZWFzZSA0MiB0aW1lcyE3N2Fz', '/reset/[token]'],
    ['/reset/x7Kp_2mVq-9LtZ4wRb8NcY1sDf6HgJ3e', '/reset/[token]'],
    ['/k/7g3k9x2m4p8q1w5z6t0r3y7u9i2o4l6j', '/k/[token]'],
  ])('%s becomes %s', (path, expected) => {
    expect(maskSecrets(path)).toBe(expected);
  });

  it.each([
    '/blog/how-to-configure-a-reverse-proxy-for-your-own-web-analytics',
    '/blog/The-Top-10-B2B-SaaS-Companies-2024-and-What-They-Do',
    '/blog/2026/07/14/iso-27001-soc-2-and-gdpr-compared-in-10-minutes',
    '/docs/@scope/package',
    '/Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk',
    '/orders/202607140000123456',
  ])('%s stays as it is', (path) => {
    expect(maskSecrets(path)).toBe(path);
  });

  it('does not take long over hostile input', () => {
    const started = performance.now();
    for (const text of ['a'.repeat(20_000), '@'.repeat(20_000), 'a@a.'.repeat(5_000), '%40'.repeat(7_000)]) {
      maskSecrets(text);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('hosts of a site', () => {
  const site = { domain: 'shop.example', hosts: ['help.other.example', 'localhost:3000'] };
  it.each([
    'shop.example',
    'www.shop.example',
    'a.b.shop.example:8080',
    'help.other.example',
    'localhost:4000',
  ])('%s is its own', (host) => {
    expect(isHostOf(site, host)).toBe(true);
  });
  it.each(['notshop.example', 'shop.example.evil.test', 'other.example', ''])('%j is not', (host) => {
    expect(isHostOf(site, host)).toBe(false);
  });
});
