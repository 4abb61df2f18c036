import fc from 'fast-check';
import { Reader, type Response } from 'maxmind';
import { describe, expect, test } from 'vitest';
import { isWithin, parseAddress, parseCidr } from './address.ts';
import { type MmdbEntry, writeMmdb } from './mmdb-writer.ts';

const about = { databaseType: 'Test', description: 'made by a test', buildEpoch: 1_784_000_000 };

function read(entries: Iterable<MmdbEntry>): (ip: string) => unknown {
  const reader = new Reader<Response>(writeMmdb(entries, about));
  return (ip) => reader.get(ip);
}

/** Networks from a small part of the address space, so that many of them overlap. */
const v4Network = fc
  .tuple(fc.integer({ min: 0, max: 32 }), fc.constantFrom(0, 1, 64, 128, 255), fc.constantFrom(0, 7, 128))
  .map(([bits, high, low]) => cut(`${high}.0.${low}.${low}`, bits));
/** From three bits on: shorter ones would hold the IPv4 addresses too, which live in `::/96`. */
const v6Network = fc
  .tuple(
    fc.integer({ min: 3, max: 128 }),
    fc.constantFrom('2001:db8', '2001:dba', 'fd00:1'),
    fc.constantFrom('1', 'ffff'),
  )
  .map(([bits, high, low]) => cut(`${high}::${low}:${low}`, bits));

function cut(ip: string, bits: number): string {
  const address = parseAddress(ip);
  if (address === null) throw new Error(`not an address: ${ip}`);
  // The error of a network with loose bits names the network that was meant.
  try {
    parseCidr(`${ip}/${bits}`);
    return `${ip}/${bits}`;
  } catch (error) {
    return /network is (\S+)/.exec(String(error))?.[1] ?? '';
  }
}

const fieldName = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((name) => name !== '__proto__');
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc.boolean(),
    fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
    fc.double(),
    fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }),
    fc.array(tie('any'), { maxLength: 40 }),
    fc.dictionary(fieldName, tie('any'), { noNullPrototype: true }),
  ),
}));
const record = fc.dictionary(fieldName, value.any, { noNullPrototype: true });

describe('a written file', () => {
  test('gives back any record as it was written', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (records) => {
        const get = read(records.map((item, at) => ({ network: `10.0.${at}.0/24`, record: item })));
        records.forEach((item, at) => {
          expect(get(`10.0.${at}.9`)).toEqual(item);
        });
      }),
    );
  });

  test('answers with the most specific network, whatever the order, and with nothing outside', () => {
    const networks = fc.array(fc.oneof(v4Network, v6Network), { maxLength: 30 });
    fc.assert(
      fc.property(networks, (texts) => {
        const entries = texts.map((network, at) => ({ network, record: { at } }));
        const get = read(entries);
        const probes = ['9.9.9.9', '2a00::1', ...texts.map((text) => text.split('/')[0] ?? '')];
        for (const ip of [
          '0.0.7.7',
          '64.0.128.129',
          '255.0.0.1',
          '2001:db8::1:2',
          'fd00:1::ffff:fffe',
          ...probes,
        ]) {
          const address = parseAddress(ip);
          if (address === null) throw new Error(`not an address: ${ip}`);
          const asRead = get(address.text);
          const holding = entries.filter((entry) => isWithin(address, parseCidr(entry.network)));
          const longest = Math.max(...holding.map((entry) => parseCidr(entry.network).bits));
          const winner = holding.findLast((entry) => parseCidr(entry.network).bits === longest);
          expect({ ip, found: asRead }).toEqual({ ip, found: winner?.record ?? null });
        }
      }),
    );
  });

  test('carries its type, description and time of build', () => {
    const { metadata } = new Reader(writeMmdb([], about));
    expect(metadata.databaseType).toBe('Test');
    expect(metadata.description).toEqual({ en: 'made by a test' });
    expect(metadata.buildEpoch).toEqual(new Date(1_784_000_000_000));
    expect(metadata.ipVersion).toBe(6);
  });

  test('keeps equal records once', () => {
    const one = writeMmdb([{ network: '10.0.0.0/24', record: { name: 'Example Works Ltd' } }], about);
    const many = writeMmdb(
      Array.from({ length: 100 }, (_, at) => ({
        network: `10.0.${at}.0/24`,
        record: { name: 'Example Works Ltd' },
      })),
      about,
    );
    const count = (file: Buffer) => file.toString('latin1').split('Example Works Ltd').length - 1;
    expect([count(one), count(many)]).toEqual([1, 1]);
  });

  test.each([
    [24, 1_000, 10],
    [28, 4_200, 5_000],
  ])('uses records of %i bits where they suffice, and reads the same', (size, count, textLength) => {
    const entries = Array.from({ length: count }, (_, at) => ({
      network: `10.${at >> 8}.${at & 255}.0/24`,
      record: { name: `${at} `.padEnd(textLength, 'x') },
    }));
    const reader = new Reader<Response>(writeMmdb(entries, about));
    expect(reader.metadata.recordSize).toBe(size);
    for (const at of [0, 1, 255, 256, count - 1]) {
      expect(reader.get(`10.${at >> 8}.${at & 255}.77`)).toEqual(entries[at]?.record);
    }
    expect(reader.get('11.0.0.1')).toBeNull();
  });
});

describe('what cannot be written is refused with its value', () => {
  test.each([
    ['10.0.0.0', '"10.0.0.0" is not a network'],
    ['10.0.0/8', '"10.0.0/8" is not a network'],
    ['10.0.0.0/33', '"10.0.0.0/33" has a prefix length'],
    ['10.0.0.0/-1', '"10.0.0.0/-1" is not a network'],
    ['2001:db8::/129', '"2001:db8::/129" has a prefix length'],
    ['::ffff:10.0.0.0/8', '"::ffff:10.0.0.0/8" has a prefix length'],
    ['10.1.2.3/8', '"10.1.2.3/8" has bits set beyond /8; its network is 10.0.0.0/8'],
    ['here/8', '"here/8" is not a network'],
  ])('network %s', (network, message) => {
    expect(() => writeMmdb([{ network, record: {} }], about)).toThrow(message);
  });

  test('a field that the format has no value for', () => {
    const entries = [{ network: '10.0.0.0/8', record: { traits: { isp: null } } }];
    expect(() => writeMmdb(entries, about)).toThrow('record of 10.0.0.0/8.traits.isp is null');
  });
});
