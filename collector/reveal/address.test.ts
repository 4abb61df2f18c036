import { describe, expect, test } from 'vitest';
import { cutAddress, isWithin, parseAddress, parseCidr } from './address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7', 4],
  [' 203.0.113.7\n', '203.0.113.7', 4],
  ['::ffff:203.0.113.7', '203.0.113.7', 4],
  ['::FFFF:cb00:7107', '203.0.113.7', 4],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', 6],
  ['fe80::1%eth0', 'fe80::1', 6],
])('%j is read as %s', (input, text, version) => {
  expect(parseAddress(input)).toMatchObject({ text, version });
});

test.each([
  '',
  '8.8.8.8.8',
  '010.1.2.3',
  '256.1.1.1',
  '1.2.3',
  '1',
  '0x7f.0.0.1',
  '1.1.1.1:80',
  '[::1]',
  ':::',
  '::ffff:1.2.3',
  'localhost',
])('%j is no address', (input) => {
  expect(parseAddress(input)).toBeNull();
  expect(cutAddress(input)).toBe('');
});

describe('what may be kept of an address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:aa:bb:cc::1', '2001:db8:aa::/48'],
  ])('of %s it is %s', (ip, cut) => {
    expect(cutAddress(ip)).toBe(cut);
    expect(cutAddress(ip)).not.toContain(ip);
  });
});

test.each([
  ['203.0.113.7', '203.0.113.0/24', true],
  ['203.0.114.7', '203.0.113.0/24', false],
  ['::ffff:203.0.113.7', '203.0.113.0/24', true],
  ['203.0.113.7', '::ffff:203.0.113.0/120', true],
  ['255.255.255.255', '0.0.0.0/0', true],
  ['2001:db8::1', '0.0.0.0/0', false],
  ['2001:db8:ffff::1', '2001:db8::/32', true],
  ['2001:db9::1', '2001:db8::/32', false],
])('%s within %s: %s', (ip, network, expected) => {
  const address = parseAddress(ip);
  if (address === null) throw new Error(`${ip} is no address`);
  expect(isWithin(address, parseCidr(network))).toBe(expected);
});
