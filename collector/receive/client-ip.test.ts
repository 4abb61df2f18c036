import { describe, expect, test } from 'vitest';
import { clientIp, parseTrusted } from './client-ip.ts';

const from = (headers: Record<string, string>, peer: string, trusted: string[] = []) =>
  clientIp(new Headers(headers), peer, parseTrusted(trusted));

describe('the client’s address', () => {
  test.each<[string, Record<string, string>, string, string[], string]>([
    ['is the socket’s where no proxy is named', {}, '198.51.100.7', [], '198.51.100.7'],
    [
      'is the socket’s where a stranger writes the header',
      { 'x-forwarded-for': '203.0.113.9' },
      '198.51.100.7',
      ['10.0.0.0/8'],
      '198.51.100.7',
    ],
    [
      'is what one proxy of ours says',
      { 'x-forwarded-for': '203.0.113.9' },
      '10.0.0.2',
      ['10.0.0.0/8'],
      '203.0.113.9',
    ],
    [
      'is found behind two proxies of ours',
      { 'x-forwarded-for': '203.0.113.9, 10.1.1.1' },
      '10.0.0.2',
      ['10.0.0.0/8'],
      '203.0.113.9',
    ],
    [
      'is found behind three, one of them a CDN’s',
      { 'x-forwarded-for': '203.0.113.9, 192.0.2.50, 10.1.1.1' },
      '10.0.0.2',
      ['10.0.0.0/8', '192.0.2.0/24'],
      '203.0.113.9',
    ],
    [
      'is not what the visitor wrote to the left of it',
      { 'x-forwarded-for': '8.8.8.8, 203.0.113.9' },
      '10.0.0.2',
      ['10.0.0.0/8'],
      '203.0.113.9',
    ],
    [
      'is the proxy’s where the header makes no sense',
      { 'x-forwarded-for': 'unknown' },
      '10.0.0.2',
      ['10.0.0.0/8'],
      '10.0.0.2',
    ],
    [
      'is the last one understood where nonsense stands left of it',
      { 'x-forwarded-for': "203.0.113.9, '; drop table, 10.1.1.1" },
      '10.0.0.2',
      ['10.0.0.0/8'],
      '10.1.1.1',
    ],
    ['has no port', { 'x-forwarded-for': '203.0.113.9:51234' }, '10.0.0.2', ['10.0.0.2'], '203.0.113.9'],
    ['has no brackets', { 'x-forwarded-for': '[2001:db8::7]:443' }, '10.0.0.2', ['10.0.0.2'], '2001:db8::7'],
    ['is IPv4 where the socket says it in IPv6', {}, '::ffff:198.51.100.7', [], '198.51.100.7'],
    [
      'is seen through a proxy that is written in IPv6',
      { 'x-forwarded-for': '203.0.113.9' },
      '::ffff:10.0.0.2',
      ['10.0.0.0/8'],
      '203.0.113.9',
    ],
    [
      'is read from Forwarded too',
      { forwarded: 'for=192.0.2.43;proto=http, for="[2001:db8:cafe::17]:4711";by=203.0.113.43' },
      '10.0.0.2',
      ['10.0.0.0/8'],
      '2001:db8:cafe::17',
    ],
    [
      'is never taken from headers that anyone can send',
      { 'cf-connecting-ip': '8.8.8.8', 'x-real-ip': '8.8.8.8', 'true-client-ip': '8.8.8.8' },
      '10.0.0.2',
      ['10.0.0.0/8'],
      '10.0.0.2',
    ],
  ])('%s', (_, headers, peer, trusted, expected) => {
    expect(from(headers, peer, trusted)).toBe(expected);
  });

  test('a range that is none is refused with its value', () => {
    expect(() => parseTrusted(['10.0.0.0/8', 'localhost'])).toThrow(/FOOTLIGHT_TRUSTED_PROXIES: "localhost"/);
  });
});
