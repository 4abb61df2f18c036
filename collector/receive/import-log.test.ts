import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { companyVerdict, ispVerdict } from '../../test/support/drafts.ts';
import { createEnricher } from '../enrich/index.ts';
import { createKeyedHash } from '../keyed-hash.ts';
import { openSqliteStore } from '../store/sqlite/index.ts';
import type { Site, Store } from '../store/store.ts';
import { importAccessLog } from './import-log.ts';

const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const now = Date.UTC(2026, 6, 20);
const keyed = createKeyedHash('a secret of at least thirty-two characters');

let folder: string;
let store: Store;
let site: Site;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-log-'));
  ({ store } = await openSqliteStore({ path: ':memory:' }));
  site = await store.addSite('lumen.example', [], now);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const enricher = createEnricher({
  resolver: {
    resolve: (address) => (address.startsWith('198.51.100.') ? companyVerdict('Acme') : ispVerdict),
    country: () => 'DE',
    asNumber: () => null,
  },
  addressKey: keyed.addressKey,
  isSuspect: () => false,
  contextOf: () => ({ learned: null, reverseName: null }),
  isOwnHost: (_, host) => host.endsWith('lumen.example'),
});

async function run(content: string | Buffer, onBadLine?: (number: number, problem: string) => void) {
  const file = path.join(folder, 'access.log');
  await writeFile(file, content);
  return importAccessLog({
    path: file,
    site,
    store,
    enricher,
    visitorKeyOf: (address, userAgent) => keyed.visitorOfLog(site.id, address, userAgent),
    now: () => now,
    ...(onBadLine ? { onBadLine } : {}),
  });
}

const line = (
  more: { address?: string; second?: number; target?: string; status?: number; agent?: string } = {},
) =>
  `${more.address ?? '198.51.100.7'} - - [14/Jul/2026:08:05:${String(more.second ?? 0).padStart(2, '0')} +0000] ` +
  `"GET ${more.target ?? '/'} HTTP/1.1" ${more.status ?? 200} 512 "-" "${more.agent ?? agent}"`;

const log = [
  line({ second: 1 }),
  line({ second: 2, target: '/app.css' }),
  line({ second: 3, target: '/pricing' }),
  line({ second: 4, address: '203.0.113.5' }),
  line({ second: 5, status: 404 }),
  'this is not a line of a log',
  line({ second: 6, agent: 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)' }),
  line({ second: 7, target: '/healthz' }),
].join('\n');

describe('importing an access log', () => {
  test('visits are stored and everything else is counted by its reason', async () => {
    const bad: [number, string][] = [];
    expect(await run(log, (number, problem) => bad.push([number, problem]))).toEqual({
      read: 8,
      stored: 3,
      duplicates: 0,
      dropped: { static_file: 1, http_status: 1, malformed: 1, bot: 1, monitoring: 1 },
    });
    expect(bad).toEqual([[6, 'neither combined, common nor JSON']]);
    const drops = await store.drops(site.id, '2026-07-20');
    expect(drops).toContainEqual({ siteId: site.id, day: '2026-07-20', reason: 'malformed', count: 1 });
  });

  test('a line that cannot be read is told by its number in the file, empty lines and all', async () => {
    const bad: number[] = [];
    await run(`\n\n${line()}\n\nnonsense`, (number) => bad.push(number));
    expect(bad).toEqual([5]);
  });

  test('the same file again adds nothing, packed or not', async () => {
    await run(log);
    expect(await run(gzipSync(log))).toMatchObject({ read: 8, stored: 0, duplicates: 3 });
    expect((await store.health()).events).toBe(3);
    expect(await store.verify()).toEqual([]);
  });

  test('a company is found the day before the tag was there, and its visitor is marked as guessed', async () => {
    await run(log);
    const { rows } = await store.accounts({
      siteId: site.id,
      period: { from: 0, to: now },
      search: '',
      sort: 'last',
      descending: true,
      offset: 0,
      limit: 10,
    });
    expect(rows).toMatchObject([{ name: 'Acme', visits: 1, pages: 2, people: 1 }]);
    expect(await store.lanes(rows[0]?.id ?? 0, null)).toMatchObject([{ via: 'log', person: null }]);
  });

  test('a file without a last line end, with Windows line ends and empty lines, is read whole', async () => {
    const windows = `${line({ second: 1 })}\r\n\r\n${line({ second: 2 })}`;
    expect(await run(windows)).toMatchObject({ read: 2, stored: 2, dropped: {} });
  });

  test('visits to other hosts, and of a clock that is wrong, are not taken for the site’s', async () => {
    const at = (year: number) => line().replace('2026', String(year));
    const lines = [
      `www.lumen.example:443 ${line({ second: 1 })}`,
      `b-other.example:443 ${line({ second: 2, target: '/secret' })}`,
      line({ second: 3, target: 'http://evil.example/probe' }),
      at(2099),
      at(1960),
    ];
    expect(await run(lines.join('\n'))).toMatchObject({
      read: 5,
      stored: 1,
      dropped: { wrong_host: 2, clock: 1, too_old: 1 },
    });
    expect(await store.verify()).toEqual([]);
  });

  test('a line as long as a book is one bad line, and the next is read', async () => {
    expect(await run(`${'x'.repeat(3_000_000)}\n${line()}`)).toMatchObject({
      read: 2,
      stored: 1,
      dropped: { malformed: 1 },
    });
  });

  test('what is kept of a line does not tell its address to somebody without the secret', async () => {
    const file = path.join(folder, 'access.log');
    await writeFile(file, line());
    const keysWith = async (secret: string) => {
      const keys: string[] = [];
      await importAccessLog({
        path: file,
        site,
        store: {
          append: async (drafts) => {
            keys.push(...drafts.map(({ draft }) => draft.eventKey));
            return drafts.map(() => 'stored' as const);
          },
          countDrops: async () => {},
        },
        enricher,
        visitorKeyOf: (address, userAgent) =>
          createKeyedHash(secret).visitorOfLog(site.id, address, userAgent),
        now: () => now,
      });
      return keys;
    };
    const ours = await keysWith('a'.repeat(32));
    expect(ours).toHaveLength(1);
    expect(await keysWith('a'.repeat(32))).toEqual(ours);
    expect(await keysWith('b'.repeat(32))).not.toEqual(ours);
  });

  test('a common log, which has no agents, is not taken for one written by programs', async () => {
    expect(await run('198.51.100.7 - - [14/Jul/2026:08:05:01 +0000] "GET / HTTP/1.1" 200 512')).toMatchObject(
      {
        stored: 1,
        dropped: {},
      },
    );
  });

  test('a gzip file that was cut short says so, and what came before is kept for the next run', async () => {
    const whole = gzipSync(
      Array.from({ length: 30_000 }, (_, n) => line({ target: `/page-${n}` })).join('\n'),
    );
    await expect(run(whole.subarray(0, whole.length - 2_000))).rejects.toThrow(/unexpected end of file/);
    const { events } = await store.health();
    expect(events).toBeGreaterThan(1_000);
    // Not only whole batches of it.
    expect(events % 500).not.toBe(0);
    expect(await run(whole)).toMatchObject({ read: 30_000, stored: 30_000 - events, duplicates: events });
  });
});
