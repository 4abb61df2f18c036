import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { parseAddress } from './address.ts';
import { type Databases, openDatabases } from './databases.ts';
import { noFacts } from './facts.ts';
import { openReveal } from './index.ts';
import { writeMmdb } from './mmdb-writer.ts';

const badFiles = path.join(packageRoot, '../shared/data/reveal/bad-mmdb');
const now = () => Date.UTC(2026, 7, 1);

let folder: string;
let file: string;
let said: string[];
let changes: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-databases-'));
  file = path.join(folder, 'companies.mmdb');
  said = [];
  changes = 0;
});
afterEach(() => rm(folder, { recursive: true }));

function bytes(name: string, day = '2026-07-14'): Buffer {
  const record = { autonomous_system_number: 64500, autonomous_system_organization: name };
  return writeMmdb([{ network: '198.51.100.0/24', record }], {
    databaseType: 'Test',
    description: 'by a test',
    buildEpoch: Date.parse(day) / 1000,
  });
}

const open = (paths = [file]) =>
  openDatabases({ paths, log: (line) => said.push(line), now, onChange: () => changes++ });

function nameIn(databases: Databases): string | undefined {
  const address = parseAddress('198.51.100.1');
  if (address === null) throw new Error('not an address');
  return databases.facts(address).as?.name;
}

describe('a company database that cannot be used', () => {
  test('is refused in words when there is no such file, and taken in once it comes', async () => {
    const databases = await open();
    expect(databases.status()).toEqual([
      {
        path: file,
        state: 'refused',
        problem: expect.stringContaining('no such file'),
        databaseType: null,
        dataOf: null,
        networks: null,
      },
    ]);
    expect(nameIn(databases)).toBeUndefined();
    await writeFile(file, bytes('Example Foods AG'));
    await databases.refresh();
    expect(databases.status()).toMatchObject([
      { state: 'ready', problem: null, databaseType: 'Test', dataOf: '2026-07-14' },
    ]);
    expect(nameIn(databases)).toBe('Example Foods AG');
  });

  test.each([
    ['empty', Buffer.alloc(0), 'empty'],
    ['a text', Buffer.from('<html>not found</html>'), 'no MaxMind-format file'],
    ['cut short', bytes('Example Foods AG').subarray(0, 60), 'no MaxMind-format file'],
  ])('is refused in words when it is %s', async (_, content, words) => {
    await writeFile(file, content);
    const [status] = (await open()).status();
    expect(status).toMatchObject({ state: 'refused', problem: expect.stringContaining(words) });
    expect(said).toEqual([expect.stringContaining(file)]);
  });

  test('is refused when it is a folder', async () => {
    expect((await open([folder])).status()).toMatchObject([
      { state: 'refused', problem: expect.stringContaining('folder') },
    ]);
  });

  test('does not keep the next one from answering', async () => {
    await writeFile(file, bytes('Example Foods AG'));
    const databases = await open([path.join(folder, 'missing.mmdb'), file]);
    expect(nameIn(databases)).toBe('Example Foods AG');
  });

  test('more than half a year old, is used, and its age is told', async () => {
    await writeFile(file, bytes('Example Foods AG', '2026-01-01'));
    const databases = await open();
    expect(databases.status()).toMatchObject([
      { state: 'ready', problem: expect.stringContaining('days old') },
    ]);
    expect(nameIn(databases)).toBe('Example Foods AG');
  });
});

describe('a company database that is replaced while we run', () => {
  test('is taken in, and what was worked out from the old one forgotten', async () => {
    await writeFile(file, bytes('Example Foods AG'));
    const databases = await open();
    await writeFile(`${file}.new`, bytes('Northwind Steel AG', '2026-07-20'));
    await rename(`${file}.new`, file);
    await databases.refresh();
    expect(nameIn(databases)).toBe('Northwind Steel AG');
    expect(databases.status()).toMatchObject([{ dataOf: '2026-07-20' }]);
    expect(changes).toBe(2);
    await databases.refresh();
    expect(changes).toBe(2);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['half a file', bytes('Northwind Steel AG').subarray(0, 70)],
  ])('by %s keeps the old data and says so, once', async (_, content) => {
    await writeFile(file, bytes('Example Foods AG'));
    const databases = await open();
    said = [];
    await writeFile(file, content);
    await databases.refresh();
    await databases.refresh();
    expect(nameIn(databases)).toBe('Example Foods AG');
    expect(databases.status()).toMatchObject([
      {
        state: 'ready',
        dataOf: '2026-07-14',
        problem: expect.stringContaining('still using the data of 2026-07-14'),
      },
    ]);
    expect(said).toHaveLength(1);
  });

  test('by nobody: a deleted file keeps its data', async () => {
    await writeFile(file, bytes('Example Foods AG'));
    const databases = await open();
    await unlink(file);
    await databases.refresh();
    expect(nameIn(databases)).toBe('Example Foods AG');
    expect(databases.status()).toMatchObject([{ problem: expect.stringContaining('no such file') }]);
  });

  test('needs no restart: the open resolver looks by itself', async () => {
    await writeFile(file, bytes('Example Foods AG'));
    const taken: string[] = [];
    let replaced = () => {};
    const isReplaced = new Promise<void>((resolve) => {
      replaced = resolve;
    });
    const log = (line: string) => {
      taken.push(line);
      if (taken.length === 2) replaced();
    };
    const resolver = await openReveal({ databases: [file], log, now, pollMs: 10 });
    expect(resolver.resolve('198.51.100.1').company?.name).toBe('Example Foods');
    await writeFile(`${file}.new`, bytes('Northwind Steel AG'));
    await rename(`${file}.new`, file);
    await isReplaced;
    expect(resolver.resolve('198.51.100.1').company?.name).toBe('Northwind Steel');
    resolver.close();
  });
});

describe.skipIf(!existsSync(badFiles))('broken and hostile files', () => {
  const names = existsSync(badFiles) ? readdirSync(badFiles) : [];

  test.each(names)('%s is refused in words', async (name) => {
    await copyFile(path.join(badFiles, name), file);
    const databases = await open();
    expect(databases.status()).toMatchObject([
      { state: 'refused', problem: expect.stringMatching(/\w+ .*; fetch it again$/) },
    ]);
    const from = performance.now();
    for (let high = 0; high < 256; high++) {
      for (const ip of [`${high}.${high}.7.1`, `2001:${high.toString(16)}::1`, `::${high.toString(16)}:1`]) {
        const address = parseAddress(ip);
        if (address !== null) expect(databases.facts(address)).toBe(noFacts);
      }
    }
    // 768 look-ups; the slow file among them would take 10 ms for each.
    expect(performance.now() - from).toBeLessThan(2_000);
  });

  test('there are nine of them', () => {
    expect(names).toHaveLength(9);
  });
});
