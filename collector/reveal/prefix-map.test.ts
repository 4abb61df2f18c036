import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWithin, parseAddress, parseCidr } from './address.ts';
import { PrefixMap } from './prefix-map.ts';

function addressOf(text: string) {
  const address = parseAddress(text);
  if (address === null) throw new Error(`${text} is no address`);
  return address;
}

/** Networks that lie within one another, in both versions. */
const network = fc.oneof(
  fc.integer({ min: 0, max: 32 }).map((bits) => ({ ip: '203.0.113.7', bits })),
  fc.integer({ min: 0, max: 128 }).map((bits) => ({ ip: '2001:db8:5::7', bits })),
);

function cidrOf({ ip, bits }: { ip: string; bits: number }) {
  try {
    return parseCidr(`${ip}/${bits}`);
  } catch (error) {
    return parseCidr(/network is (\S+)/.exec(String(error))?.[1] ?? '');
  }
}

test('the longest prefix that holds an address wins, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(network, { maxLength: 12 }), (networks) => {
      const map = new PrefixMap<number>();
      const cidrs = networks.map(cidrOf);
      cidrs.forEach((cidr, at) => {
        map.set(cidr, at);
      });
      for (const text of [
        '203.0.113.7',
        '203.0.113.200',
        '198.51.100.1',
        '2001:db8:5::7',
        '2001:db8:6::1',
        '::1',
      ]) {
        const address = addressOf(text);
        const longest = Math.max(...cidrs.filter((cidr) => isWithin(address, cidr)).map(({ bits }) => bits));
        const expected = cidrs.findLastIndex((cidr) => isWithin(address, cidr) && cidr.bits === longest);
        expect(map.get(address) ?? -1).toBe(expected);
      }
    }),
  );
});
