import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { type Address, parseAddress } from './address.ts';
import { readAddressList } from './address-list.ts';
import { type NetworkList, sortLists } from './network-lists.ts';
import { inSlices } from './slices.ts';

const about = { kind: 'vpn', label: 'list.txt', dataOf: '2026-07-14' } as const;
const read = (text: string) => inSlices(readAddressList(text, about));

function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === null) throw new Error(`${text} is no address`);
  return parsed;
}

const covers = (list: NetworkList, ip: string, as: number | null = null) =>
  sortLists([list]).find(address(ip), as) !== null;

describe('a list of networks', () => {
  test('may hold ranges, addresses and AS numbers, with remarks and blank lines', async () => {
    const list = await read(
      [
        '\ufeff# VPN exits',
        '',
        '198.51.100.0/24',
        '  203.0.113.7   # one exit',
        '2001:db8:7::/48; of the same',
        '::ffff:192.0.2.0/120',
        'AS64500 # Example VPN',
        '64501,"Example Hosting SARL, FR"',
        '"64502","Other"',
      ].join('\r\n'),
    );
    expect(list).toMatchObject({ ...about, asNumbers: [64500, 64501, 64502] });
    expect(list.ranges).toHaveLength(4);
    for (const ip of ['198.51.100.255', '203.0.113.7', '2001:db8:7::1', '192.0.2.9'])
      expect({ ip, is: covers(list, ip) }).toEqual({ ip, is: true });
    for (const ip of ['198.51.101.0', '203.0.113.8', '2001:db8:8::1'])
      expect({ ip, is: covers(list, ip) }).toEqual({ ip, is: false });
    expect(covers(list, '8.8.8.8', 64501)).toBe(true);
    expect(covers(list, '8.8.8.8', 64503)).toBe(false);
  });

  test('means the network where bits stand beyond the prefix', async () => {
    const list = await read('198.51.100.77/24');
    expect(covers(list, '198.51.100.1')).toBe(true);
  });

  test.each(['0.0.0.0/0', '::/0', '198.51.100.0/33', '198.51.100.0/x', '198.51.100.0/24/1', '0', 'AS0'])(
    'does not take %s for a network',
    async (line) => {
      const list = await read(`${line}\n198.51.100.0/24\n198.51.100.0/24`);
      expect(list.ranges).toHaveLength(2);
      expect(list.asNumbers).toEqual([]);
    },
  );

  test.each([
    ['', 'is empty'],
    ['# nothing\n\n', 'is empty'],
    ['<!doctype html>\n<title>Sorry</title>', '"<!doctype" is neither'],
    ['198.51.100.0/24\nhello\nworld', '"hello" is neither'],
  ])('%j is refused in words', async (text, words) => {
    await expect(read(text)).rejects.toThrow(words);
  });

  const lists = path.join(packageRoot, '../shared/data/reveal/lists');
  const published = existsSync(lists) ? readdirSync(lists).filter((name) => !name.startsWith('LICENSE')) : [];
  test.each(published)('%s, as it is published, is read to its last line', async (name) => {
    const text = readFileSync(path.join(lists, name), 'utf8');
    const lines = text.split('\n').filter((line) => /^\s*"?(as)?[\da-f]/i.test(line) && !/^ASN/.test(line));
    const { ranges, asNumbers } = await read(text);
    expect(ranges.length + asNumbers.length).toBe(lines.length);
  });
});
