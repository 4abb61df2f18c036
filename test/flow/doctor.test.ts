/** Whether visits come from their visitors’ own addresses: what is noticed, what is not, and what becomes of the visits. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeMmdb } from '../../collector/reveal/mmdb-writer.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

const desktops = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
];
const public_ = [
  ...desktops,
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
];

let folder: string;
let database: string;
let server: TestServer | undefined;
let clock: number;
let visitors: number;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-doctor-'));
  database = path.join(folder, 'companies.mmdb');
  const company = (network: string, number: number, name: string) => ({
    network,
    record: { autonomous_system_number: number, autonomous_system_organization: name },
  });
  await writeFile(
    database,
    writeMmdb(
      [
        company('198.51.100.0/24', 64500, 'Example Foods AG'),
        company('203.0.113.0/24', 64501, 'Northwind Steel AG'),
        company('172.64.0.0/13', 13335, 'CLOUDFLARENET'),
      ],
      { databaseType: 'Test', description: 'by a test', buildEpoch: 1_784_000_000 },
    ),
  );
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The socket's peer is this machine; what a trusted one says of the sender stands for any other peer. */
async function start(env: Record<string, string> = {}): Promise<TestServer> {
  clock = Date.UTC(2026, 7, 3, 9);
  visitors = 0;
  server = await startTestServer(
    { FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1/32', FOOTLIGHT_IP_DATABASES: database, ...env },
    undefined,
    undefined,
    { now: () => clock },
  );
  return server;
}

/** Each by a browser of its own. */
async function visits(to: TestServer, count: number, address: (at: number) => string, agents = public_) {
  for (let at = 0; at < count; at++) {
    clock += 1_000;
    visitors += 1;
    const response = await to.send(
      batch(to.site.key, [pageView()], { visitor: `visitor-${String(visitors).padStart(4, '0')}` as never }),
      { 'x-forwarded-for': address(at), 'user-agent': agents[at % agents.length] ?? '' },
    );
    expect(response.status).toBe(204);
  }
}

const diagnosis = (of: TestServer) => of.rooms.doctor.look();
const anybody = (at: number) => `192.0.${(at % 200) + 1}.${(at * 7) % 250}`;

async function accountVisits(of: TestServer): Promise<number> {
  const period = { from: 0, to: clock + 1 };
  return (await of.rooms.store.overview(null, period)).accountVisits;
}

describe('nothing is said', () => {
  test('of visitors who come from everywhere', async () => {
    const running = await start();
    await visits(running, 80, anybody);
    expect(await diagnosis(running)).toBeNull();
  });

  test('of a quiet day, whatever the address', async () => {
    const running = await start();
    await visits(running, 49, () => '172.18.0.1');
    expect(await diagnosis(running)).toBeNull();
  });

  test('of a few people who come often', async () => {
    const running = await start();
    for (let round = 0; round < 12; round++) {
      visitors = 0;
      await visits(running, 6, () => '172.18.0.1');
      clock += 3_600_000;
    }
    expect(await diagnosis(running)).toBeNull();
  });

  test('of one busy office among others', async () => {
    const running = await start();
    await visits(running, 60, () => '198.51.100.7');
    await visits(running, 20, anybody);
    expect(await diagnosis(running)).toBeNull();
  });

  test('of an office that is nearly everybody, since its machines are alike', async () => {
    const running = await start();
    await visits(running, 60, () => '198.51.100.7', desktops);
    await visits(running, 3, anybody);
    expect(await diagnosis(running)).toBeNull();
    expect(await accountVisits(running)).toBe(60);
  });
});

describe('is noticed, and named', () => {
  test('a proxy on this machine that passes nothing on', async () => {
    const running = await start({ FOOTLIGHT_TRUSTED_PROXIES: '' });
    await visits(running, 60, anybody);
    expect(await diagnosis(running)).toMatchObject({
      cause: 'private',
      share: 1,
      visits: 60,
      visitors: 60,
      prefixes: ['127.0.0.0/24'],
      service: null,
    });
  });

  test('Docker’s bridge', async () => {
    const running = await start();
    await visits(running, 60, () => '172.18.0.1');
    await visits(running, 5, anybody);
    await visits(running, 20, () => '172.18.0.1');
    expect(await diagnosis(running)).toMatchObject({
      cause: 'private',
      prefixes: ['172.18.0.0/24'],
      visits: 80,
    });
  });

  test('Cloudflare, from many of its addresses', async () => {
    const running = await start();
    await visits(running, 80, (at) => `172.70.${at}.${at + 1}`);
    expect(await diagnosis(running)).toMatchObject({
      cause: 'service',
      service: { name: 'Cloudflare' },
      visits: 80,
    });
  });

  test('one public address that the whole public seems to have', async () => {
    const running = await start();
    await visits(running, 97, () => '198.51.100.7');
    await visits(running, 3, anybody);
    expect(await diagnosis(running)).toMatchObject({
      cause: 'one-address',
      share: 0.97,
      prefixes: ['198.51.100.0/24'],
    });
  });
});

describe('while most visits share one address', () => {
  test('it makes no accounts; others do, and a rebuild finds the same', async () => {
    const running = await start();
    const { store, doctor } = running.rooms;
    await visits(running, 60, () => '198.51.100.7');
    expect(await doctor.look()).not.toBeNull();
    // What came before anybody could know stays as it is.
    expect(await accountVisits(running)).toBe(60);
    await visits(running, 5, () => '198.51.100.7');
    await visits(running, 2, (at) => `203.0.113.${at + 1}`);
    expect(await accountVisits(running)).toBe(62);
    const page = await store.networks({
      siteId: null,
      period: { from: 0, to: clock + 1 },
      group: 'unknown',
      search: '',
      offset: 0,
      limit: 10,
    });
    expect(page.rows).toMatchObject([
      {
        kind: 'private',
        visits: 5,
        evidence: [{ says: expect.stringContaining('looks like your own proxy') }],
      },
    ]);
    expect(await store.verify()).toEqual([]);
    await store.rebuild();
    expect(await accountVisits(running)).toBe(62);
    expect(await store.verify()).toEqual([]);
  });

  test('what the owner’s rule says of it holds', async () => {
    const running = await start();
    await visits(running, 60, () => '198.51.100.7');
    const company = { name: 'Example Foods', domain: 'foods.example' };
    running.rooms.resolver.setRules([{ id: 1, match: '198.51.100.7', company, note: '', createdAt: 1 }]);
    expect(await diagnosis(running)).not.toBeNull();
    await visits(running, 3, () => '198.51.100.7');
    expect(await accountVisits(running)).toBe(63);
  });

  test('mended, it is over with the next few visits, and they make accounts again', async () => {
    const running = await start();
    await visits(running, 100, () => '198.51.100.7');
    expect(await diagnosis(running)).not.toBeNull();
    await visits(running, 10, anybody);
    expect(await diagnosis(running)).not.toBeNull();
    await visits(running, 1, anybody);
    expect(await diagnosis(running)).toBeNull();
    const before = await accountVisits(running);
    await visits(running, 1, () => '198.51.100.7');
    expect(await accountVisits(running)).toBe(before + 1);
  });

  test('and no visit comes for a day, nothing is known any more', async () => {
    const running = await start();
    await visits(running, 60, () => '172.18.0.1');
    expect(await diagnosis(running)).not.toBeNull();
    clock += 25 * 3_600_000;
    expect(await diagnosis(running)).toBeNull();
  });

  test('an imported log is not taken for it', async () => {
    const running = await start();
    const { store, enricher, keyed, doctor } = running.rooms;
    const { importAccessLog } = await import('../../collector/receive/import-log.ts');
    const file = path.join(folder, 'access.log');
    const lines = Array.from({ length: 80 }, (_, at) => {
      const agent = public_[at % public_.length];
      return `172.18.0.1 - - [03/Aug/2026:08:05:${String(at % 60).padStart(2, '0')} +0000] "GET /${at} HTTP/1.1" 200 512 "-" "${agent} x${at}"`;
    });
    await writeFile(file, lines.join('\n'));
    const { stored } = await importAccessLog({
      path: file,
      site: running.site,
      store,
      enricher,
      now: () => clock,
      visitorKeyOf: (address, agent) => keyed.visitorOfLog(1, address, agent),
    });
    expect(stored).toBe(80);
    expect(await doctor.look()).toBeNull();
  });
});
