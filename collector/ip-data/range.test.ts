import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Address, cutWords, parseAddress } from '../reveal/address.ts';
import { networksOf } from './range.ts';

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(`${text} is no address`);
  return parsed;
}

const spelled = (first: string, last: string) =>
  [...networksOf(address(first), address(last))].map(
    ({ words, bits }) => `${words.map((word) => word.toString(16)).join(':')}/${bits}`,
  );

describe('a range is made of', () => {
  test.each([
    ['0.0.0.0', '255.255.255.255', ['0/0']],
    ['198.51.100.7', '198.51.100.7', ['c6336407/32']],
    ['198.51.100.0', '198.51.100.255', ['c6336400/24']],
    ['198.51.100.1', '198.51.100.4', ['c6336401/32', 'c6336402/31', 'c6336404/32']],
    ['255.255.255.254', '255.255.255.255', ['fffffffe/31']],
    ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', ['20010db8:0:0:0/32']],
    ['2001:db8::1', '2001:db8::2', ['20010db8:0:0:1/128', '20010db8:0:0:2/128']],
    ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['0:0:0:0/0']],
  ])('%s to %s: the fewest networks', (first, last, networks) => {
    expect(spelled(first, last)).toEqual(networks);
  });

  test('every one of its addresses and no other, each once, whatever the range', () => {
    fc.assert(
      fc.property(fc.nat(4_095), fc.nat(300), fc.boolean(), (from, length, isV6) => {
        const text = (value: number) =>
          isV6 ? `2001:db8::${value.toString(16)}` : `10.0.${value >> 8}.${value & 255}`;
        const networks = [...networksOf(address(text(from)), address(text(from + length)))];
        const covered = networks.flatMap(({ words, bits }) => {
          expect(cutWords(words, bits)).toEqual([...words]);
          const low = (words.at(-1) ?? 0) & 0xffff;
          return Array.from({ length: 2 ** ((isV6 ? 128 : 32) - bits) }, (_, at) => low + at);
        });
        expect(covered).toEqual(Array.from({ length: length + 1 }, (_, at) => from + at));
      }),
    );
  });
});

test.each([
  ['198.51.100.9', '198.51.100.8', 'comes after'],
  ['2001:db8::9', '2001:db8::8', 'comes after'],
  ['198.51.100.9', '2001:db8::8', 'different versions'],
])('%s to %s is refused', (first, last, words) => {
  expect(() => [...networksOf(address(first), address(last))]).toThrow(words);
});
