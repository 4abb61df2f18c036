import { mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openReveal } from './index.ts';
import { type Lists, openLists } from './lists.ts';
import { writeMmdb } from './mmdb-writer.ts';
import type { NetworkList } from './network-lists.ts';
import type { Resolver } from './resolver.ts';

let folder: string;
let resolver: Resolver;
let lists: Lists;
let said: string[];

const file = (name: string) => path.join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-lists-'));
  said = [];
  const record = { autonomous_system_number: 64500, autonomous_system_organization: 'Example Foods AG' };
  const network = { network: '198.51.100.0/24', record: { ...record, domain: 'foods.example' } };
  await writeFile(
    file('as.mmdb'),
    writeMmdb([network], { databaseType: 'Test', description: 'by a test', buildEpoch: 1_784_000_000 }),
  );
  resolver = await openReveal({ databases: [file('as.mmdb')], log: () => undefined, watch: false });
});
afterEach(async () => {
  lists?.close();
  resolver.close();
  await rm(folder, { recursive: true });
});

async function open(more: { onChange?: (given: readonly NetworkList[]) => void; pollMs?: number } = {}) {
  lists = await openLists({
    files: [{ path: file('own-vpn.txt'), kind: 'vpn' }],
    fetched: [{ path: file('hosting.txt'), kind: 'hosting', label: 'Example hosts' }],
    log: (line) => said.push(line),
    onChange: (given) => resolver.setLists(given),
    ...more,
  });
}

const kind = () => resolver.resolve('198.51.100.7').kind;

describe('an address on a list', () => {
  test('is no company’s, and says which list it is on', async () => {
    await writeFile(file('own-vpn.txt'), '198.51.100.7\n');
    expect(kind()).toBe('business');
    await open();
    expect(resolver.resolve('198.51.100.7')).toMatchObject({
      kind: 'vpn',
      company: null,
      tier: 'none',
      evidence: [{ source: 'blocker', says: expect.stringContaining('own-vpn.txt') }],
    });
    expect(resolver.resolve('198.51.100.8').kind).toBe('business');
  });

  test('by its AS number counts too', async () => {
    await writeFile(file('own-vpn.txt'), '203.0.113.1\n');
    await writeFile(file('hosting.txt'), 'AS64500\n');
    await open();
    expect(resolver.resolve('198.51.100.7')).toMatchObject({
      kind: 'hosting',
      evidence: [{ says: expect.stringContaining('Example hosts') }],
    });
  });

  test('is the company’s all the same where the owner’s rule says so', async () => {
    await writeFile(file('own-vpn.txt'), '198.51.100.0/24\n');
    await open();
    const company = { name: 'Example Foods', domain: 'foods.example' };
    resolver.setRules([{ id: 1, match: '198.51.100.0/24', company, note: '', createdAt: 1 }]);
    expect(resolver.resolve('198.51.100.7')).toMatchObject({ company, tier: 'account' });
  });
});

describe('a list that changes on disk', () => {
  test('is taken in; a bad one is refused and the old one stays; a fetched one that goes away is given up', async () => {
    await writeFile(file('own-vpn.txt'), '203.0.113.1\n');
    await writeFile(file('hosting.txt'), '198.51.100.7\n');
    await open();
    expect(kind()).toBe('hosting');
    await writeFile(file('own-vpn.txt'), '198.51.100.7\n');
    await lists.refresh();
    expect(kind()).toBe('vpn');
    await writeFile(file('own-vpn.txt'), '<html>\n');
    await lists.refresh();
    expect(kind()).toBe('vpn');
    expect(lists.status()).toMatchObject([
      {
        kind: 'vpn',
        state: 'ready',
        problem: expect.stringContaining('still using the list of'),
        entries: 1,
      },
      { kind: 'hosting', state: 'ready', problem: null },
    ]);
    await writeFile(file('own-vpn.txt'), '203.0.113.1\n');
    await unlink(file('hosting.txt'));
    await lists.refresh();
    expect(kind()).toBe('business');
    expect(lists.status()).toHaveLength(1);
    expect(said.at(-1)).toContain('is gone, and no longer in use');
  });

  test('needs no restart', async () => {
    await writeFile(file('own-vpn.txt'), '203.0.113.1\n');
    let changed = () => {};
    const hasChanged = new Promise<void>((resolve) => {
      changed = resolve;
    });
    let times = 0;
    const onChange = (given: readonly NetworkList[]) => {
      resolver.setLists(given);
      times += 1;
      if (times === 2) changed();
    };
    await open({ onChange, pollMs: 10 });
    await writeFile(file('next.txt'), '198.51.100.7\n');
    await rename(file('next.txt'), file('own-vpn.txt'));
    await hasChanged;
    expect(kind()).toBe('vpn');
  });

  test('that is not there is told, and taken in once it comes', async () => {
    await open();
    expect(lists.status()).toMatchObject([
      { path: file('own-vpn.txt'), state: 'refused', problem: expect.stringContaining('no such file') },
    ]);
    await writeFile(file('own-vpn.txt'), '198.51.100.7\n');
    await lists.refresh();
    expect(kind()).toBe('vpn');
  });
});
