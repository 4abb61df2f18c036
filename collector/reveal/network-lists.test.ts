import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Address, isWithin, parseAddress, parseCidr } from './address.ts';
import { type NetworkList, sortLists } from './network-lists.ts';

const list = (kind: NetworkList['kind'], networks: string[], asNumbers: number[] = []): NetworkList => ({
  kind,
  label: `${kind}.txt`,
  dataOf: '2026-07-14',
  ranges: networks.map(parseCidr),
  asNumbers,
});

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(`${text} is no address`);
  return parsed;
}

describe('an address is looked for in lists', () => {
  const lists = sortLists([
    list('hosting', ['198.51.100.0/24', '2001:db8::/32'], [64500]),
    list('vpn', ['198.51.100.64/26', '203.0.113.7/32', '2001:db8:0:1::/64', '198.51.100.64/28'], [64501]),
  ]);

  test.each([
    ['198.51.100.1', null, 'hosting', 'range'],
    ['198.51.100.64', null, 'vpn', 'range'],
    ['198.51.100.127', 64500, 'vpn', 'range'],
    ['203.0.113.7', null, 'vpn', 'range'],
    ['2001:db8:0:1::5', null, 'vpn', 'range'],
    ['2001:db8:ffff::', null, 'hosting', 'range'],
    ['192.0.2.1', 64500, 'hosting', 'as'],
    ['192.0.2.1', 64501, 'vpn', 'as'],
  ] as const)('%s in AS %s is on the list of %s by %s', (text, as, kind, by) => {
    expect(lists.find(address(text), as)).toEqual({
      kind,
      by,
      label: `${kind}.txt`,
      dataOf: '2026-07-14',
    });
  });

  test.each([
    ['198.51.99.255', null],
    ['198.51.101.0', 64499],
    ['203.0.113.8', 64502],
    ['2001:db9::', null],
    ['0.0.0.0', null],
    ['255.255.255.255', 4_294_967_295],
  ])('%s in AS %s is on none', (text, as) => {
    expect(lists.find(address(text), as)).toBeNull();
  });

  test('without lists nobody is on one', () => {
    expect(sortLists([]).find(address('198.51.100.1'), 64500)).toBeNull();
  });
});

test('whatever the ranges and their order, an address is found exactly if one of them holds it', () => {
  const octet = fc.integer({ min: 0, max: 3 });
  const ipv4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
  const range = fc.tuple(ipv4, fc.integer({ min: 1, max: 32 })).map(([ip, bits]) => {
    const { version, words } = address(ip);
    const word = ((words[0] ?? 0) & (0xffffffff << (32 - bits))) >>> 0;
    return { version, words: [word], bits };
  });
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), ipv4, (ranges, ip) => {
      const lists = sortLists([{ ...list('vpn', []), ranges }]);
      const isListed = ranges.some((network) => isWithin(address(ip), network));
      expect(lists.find(address(ip), null) !== null).toBe(isListed);
    }),
  );
});
