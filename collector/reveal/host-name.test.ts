import { describe, expect, test } from 'vitest';
import { readHostName } from './host-name.ts';

describe('a host name names', () => {
  test.each([
    ['vpn.example-works.com', 'Example Works', 0.6],
    ['mail1.example-works.co.uk.', 'Example Works', 0.6],
    ['example-works.com', 'Example Works', 0.6],
    ['proxy-muc.bmw.de', 'BMW', 0.72],
  ])('%s: %s', (host, name, confidence) => {
    expect(readHostName(host, null)).toMatchObject({ company: { name }, confidence });
  });

  test.each([
    'crawl-66-249-66-1.googlebot.com',
    'msnbot-40-77-167-1.search.msn.com',
    '17-58-101-1.applebot.apple.com',
  ])('%s: a crawler', (host) => {
    expect(readHostName(host, null)).toHaveProperty('crawler');
  });
});

describe('a host name says nothing if it is', () => {
  test.each([
    ['made from the address', 'p54a1b2c3.dip0.harbour.net'],
    ['made from the address', '198-51-100-7.harbour.net'],
    ['made from the address', 'host-198.51.100.7.harbour.net'],
    ['made from the address', 'ip198051100007.harbour.net'],
    ['a pool', 'dynamic.adsl.harbour.net'],
    ['a customer’s line', 'cust12.harbour.net'],
    ['a well-known provider’s', 'mail.comcast.com'],
    ['a provider’s for mail', 'line.t-online.de'],
    ['a host’s', 'www.harbour-hosting.com'],
    ['a carrier’s', 'gw.northtelecom.com'],
    ['without a domain', 'localhost'],
    ['an address', '198.51.100.7'],
    ['not one', '..'],
  ])('%s: %s', (_, host) => {
    expect(readHostName(host, null)).toBeNull();
  });

  test('that of the network’s own operator', () => {
    const as = { number: 64500, name: '', domain: 'harbour.net', type: 'isp', size: null, dataOf: null };
    expect(readHostName('gw.harbour.net', as)).toBeNull();
    expect(readHostName('gw.harbour.net', { ...as, domain: 'other.net' })).not.toBeNull();
  });
});
