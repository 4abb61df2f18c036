import fc from 'fast-check';
import { Reader, type Response } from 'maxmind';
import { describe, expect, test } from 'vitest';
import { checkMmdb } from './mmdb-check.ts';
import { writeMmdb } from './mmdb-writer.ts';
import { inSlices, withinBudget } from './slices.ts';

const about = { databaseType: 'Test', description: 'made by a test', buildEpoch: 1_784_000_000 };
const fields = { autonomous_system_organization: 'Example Foods AG', nested: { deep: [1, 2.5, true, -7] } };
const sound = () =>
  writeMmdb(
    Array.from({ length: 20 }, (_, at) => ({
      network: `10.0.${at}.0/24`,
      record: { ...fields, autonomous_system_number: 64500 + at },
    })),
    about,
  );

function check(file: Buffer) {
  return inSlices(checkMmdb(file, new Reader<Response>(file).metadata));
}

/** Where the first record begins. */
function firstRecord(file: Buffer): number {
  return new Reader<Response>(file).metadata.searchTreeSize + 16;
}

describe('a file that is looked through', () => {
  test('is sound if our writer made it, and its networks are counted', async () => {
    expect(await check(sound())).toBe(20);
  });

  test('is given up when it takes too long', async () => {
    const file = sound();
    expect(await withinBudget(checkMmdb(file, new Reader<Response>(file).metadata), 0)).toBeNull();
  });

  test.each<[string, (file: Buffer) => void, string]>([
    ['whose tree points beyond its data', (file) => file.fill(0xfe, 0, 3), 'points outside of its data'],
    ['whose record is a text', (file) => file.writeUInt8(0x45, firstRecord(file)), 'no set of named fields'],
    ['with a field that has no name', (file) => file.writeUInt8(0xa1, firstRecord(file) + 1), 'is no text'],
    [
      'with a list longer than itself',
      (file) => file.writeUInt8(0xff, firstRecord(file)),
      'goes beyond the end',
    ],
    [
      'with a name that is no UTF-8',
      (file) => file.fill(0xff, file.indexOf('nested'), file.indexOf('nested') + 1),
      'no UTF-8',
    ],
    [
      'with a type that there is not',
      (file) => file.writeUInt16BE(0x0060, file.indexOf('nested') + 6),
      'unknown type',
    ],
    [
      'with a double of five bytes',
      (file) => {
        const at = file.indexOf(Buffer.from([0x68, 0x40, 0x04]));
        file.writeUInt8(0x65, at);
      },
      'a double has 5 bytes',
    ],
    [
      'that contains itself',
      (file) => {
        // A pointer to the record's own beginning instead of the list.
        const at = file.indexOf('deep') + 4;
        file.writeUInt16BE(0x2000, at);
      },
      'contains itself',
    ],
  ])('%s is refused', async (_, spoil, words) => {
    const file = sound();
    spoil(file);
    await expect(check(file)).rejects.toThrow(words);
  });

  test('either passes or is refused, whatever bytes are changed, and never hangs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(255), async (place, value) => {
        const file = sound();
        const end = file.lastIndexOf('\xab\xcd\xefMaxMind.com', undefined, 'latin1');
        file.writeUInt8(value, place % end);
        await check(file).catch((error: unknown) => expect(error).toBeInstanceOf(Error));
      }),
      { numRuns: 500 },
    );
  });
});
