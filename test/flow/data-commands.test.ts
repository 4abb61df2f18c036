/** `footlight data …` and `footlight doctor` as people and their scripts use them. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import { table } from '../support/data-server.ts';
import { draft } from '../support/drafts.ts';
import { serveProgram } from '../support/process.ts';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'footlight-data-cli-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const cli = path.join(packageRoot, 'dist/collector/cli.js');
  const options = { env: { PATH: process.env.PATH ?? '', FOOTLIGHT_LOG_LEVEL: 'error', ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, '--data', data, ...args], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

const lastLine = ({ stdout }: Ran) =>
  JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;

const rows = table(
  ['198.51.100.0', '198.51.100.255', 64500, 'DE', 'Example Foods AG'],
  ['203.0.113.0', '203.0.113.255', 64501, 'FR', 'Northwind Steel AG'],
);

async function given(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(data, name);
  await writeFile(file, content);
  return file;
}

describe('data update', () => {
  test('takes a file, and from then on addresses are named', async () => {
    const file = await given('table.tsv.gz', gzipSync(rows));
    const ran = await run(['data', 'update', '--from', file, '--json']);
    expect(ran.code).toBe(0);
    expect(lastLine(ran)).toEqual({
      updated: [
        {
          source: 'iptoasn',
          file: path.join(data, 'ip/iptoasn.mmdb'),
          from: file,
          rows: 2,
          dataOf: new Date().toISOString().slice(0, 10),
          bytes: expect.any(Number),
        },
      ],
    });
    const looked = await run(['lookup', '198.51.100.7']);
    expect(lastLine(looked)).toMatchObject({ account: { name: 'Example Foods' }, tier: 'account' });
    const status = lastLine(await run(['data', 'status', '--json']));
    expect(status).toMatchObject({
      files: [
        {
          source: 'iptoasn',
          title: 'IPtoASN',
          state: 'ready',
          problem: null,
          from: file,
          rows: 2,
          licence: 'public domain (PDDL 1.0)',
        },
      ],
      sources: [{ source: 'iptoasn', schedule: 'off', problem: null, nextAt: null }],
    });
    expect((await run(['data', 'status'])).stdout).toMatch(
      /IPtoASN {2}ready, data of \d{4}-\d\d-\d\d, 2 rows, public domain/,
    );
  });

  test('refuses a bad file with the reason, exits 1, and keeps the one in use', async () => {
    await run(['data', 'update', '--from', await given('table.tsv', rows)]);
    for (const [name, content, words] of [
      ['page.html', '<!doctype html>', 'a web page or a message'],
      ['empty.tsv', '', 'no MaxMind-format file|empty'],
      ['cut.tsv.gz', gzipSync(rows.repeat(9)).subarray(0, 60), 'cut short'],
    ] as const) {
      const ran = await run(['data', 'update', '--from', await given(name, content)]);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(new RegExp(`${name} cannot be used: .*(${words})`));
      expect(ran.stdout).toBe('');
    }
    const missing = await run(['data', 'update', '--from', path.join(data, 'none.tsv')]);
    expect(missing.stderr).toContain('there is no such file');
    expect(lastLine(await run(['lookup', '198.51.100.7']))).toMatchObject({ tier: 'account' });
    expect((await readdir(path.join(data, 'ip'))).sort()).toEqual(['iptoasn.json', 'iptoasn.mmdb']);
  });

  test('is taken up by the running server', async () => {
    const server = await serveProgram(data, { FOOTLIGHT_LOG_LEVEL: 'info' });
    try {
      // Where there is no data it is offered, in one line.
      await expect.poll(() => server.said(), { timeout: 5_000 }).toContain('footlight data update');
      await run(['data', 'update', '--from', await given('table.tsv', rows)]);
      await expect
        .poll(() => server.said(), { timeout: 15_000 })
        .toContain(`${path.join(data, 'ip/iptoasn.mmdb')} is in use`);
    } finally {
      await server.stop();
    }
  });

  test('never says a token, whatever goes wrong', async () => {
    const env = { FOOTLIGHT_IPINFO_TOKEN: 'secret-token-4711', FOOTLIGHT_LOG_LEVEL: 'debug' };
    const from = await given('not.mmdb', 'nothing of the sort');
    const ran = await run(['data', 'update', '--source', 'ipinfo', '--from', from], env);
    const status = await run(['data', 'status', '--json'], env);
    const doctor = await run(['doctor', '--json'], env);
    expect(ran.code).toBe(1);
    for (const { stdout, stderr } of [ran, status, doctor])
      expect(stdout + stderr).not.toContain('secret-token');
  });

  test('says which settings a source needs', async () => {
    const ran = await run(['data', 'update', '--source', 'maxmind']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('set FOOTLIGHT_MAXMIND_ACCOUNT and FOOTLIGHT_MAXMIND_KEY');
  });
});

test('data schedule is kept, and told by data status', async () => {
  expect((await run(['data', 'schedule', 'monthly', '--source', 'dbip'])).stderr).toContain('every 30 days');
  expect(lastLine(await run(['data', 'status', '--json']))).toMatchObject({
    files: [],
    sources: [{ source: 'dbip', schedule: 'monthly', lastAt: null, nextAt: expect.any(String) }],
  });
  await run(['data', 'schedule', 'off', '--source', 'dbip']);
  expect(lastLine(await run(['data', 'status', '--json']))).toEqual({ files: [], sources: [] });
  expect((await run(['data', 'schedule', 'hourly', '--source', 'dbip'])).code).toBe(1);
  expect((await run(['data', 'schedule', 'monthly'])).stderr).toContain('--source');
});

test('lists given by path hide nobody’s company, and say so in the look-up', async () => {
  await run(['data', 'update', '--from', await given('table.tsv', rows)]);
  const env = {
    FOOTLIGHT_VPN_LISTS: await given('own-vpn.txt', '198.51.100.0/25 # exits\n'),
    FOOTLIGHT_HOSTING_LISTS: await given('own-hosts.csv', 'ASN,Entity\n64501,"Hosts, FR"\n'),
  };
  const of = async (ip: string) => lastLine(await run(['lookup', ip], env));
  expect(await of('198.51.100.7')).toMatchObject({ kind: 'vpn', account: null, tier: 'none' });
  expect(await of('198.51.100.200')).toMatchObject({ kind: 'business', tier: 'account' });
  expect(await of('203.0.113.7')).toMatchObject({ kind: 'hosting', account: null });
});

describe('doctor', () => {
  const named = (ran: Ran) =>
    Object.fromEntries(
      (lastLine(ran).checks as { name: string; state: string }[]).map(({ name, state }) => [name, state]),
    );

  test('finds a new installation well, with what is still to do', async () => {
    const ran = await run(['doctor', '--json']);
    expect(ran.code).toBe(0);
    expect(lastLine(ran).ok).toBe(true);
    expect(named(ran)).toEqual({
      store: 'ok',
      writable: 'ok',
      'company-data': 'warning',
      'trusted-proxies': 'ok',
      addresses: 'ok',
      sites: 'warning',
    });
    const words = await run(['doctor']);
    expect(words.stdout).toContain('→ footlight data update');
    expect(words.stdout).not.toContain('WRONG');
  });

  test.each([
    [
      'a database that is not there',
      { FOOTLIGHT_IP_DATABASES: '/no/such.mmdb' },
      'company-data',
      'no such file',
    ],
    ['a list that is none', { FOOTLIGHT_VPN_LISTS: packageRoot }, 'company-data', 'cannot be read|EISDIR'],
    [
      'a proxy that is none',
      { FOOTLIGHT_TRUSTED_PROXIES: 'my-proxy' },
      'trusted-proxies',
      '"my-proxy" is not',
    ],
  ])('exits 1 with %s', async (_, env, name, words) => {
    const ran = await run(['doctor'], env);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(new RegExp(`WRONG +${name} +.*(${words})`));
  });

  test('exits 1 while most visits come from a proxy, and prints the line to set', async () => {
    const opened = await openSqliteStore({ path: path.join(data, 'footlight.db') });
    await opened.store.addSite('lumen.example', [], Date.now());
    await opened.store.append(
      Array.from({ length: 60 }, (_, at) => {
        const made = draft({ visitor: `visitor-${at}`, at: Date.now() - 60_000 + at, address: 7 });
        const network = { ...made.facts.network, prefix: '172.18.0.0/24' };
        return { ...made, facts: { ...made.facts, network } };
      }),
    );
    await opened.store.close();
    const ran = await run(['doctor'], { FOOTLIGHT_TRUSTED_PROXIES: '10.0.0.0/8' });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/WRONG +addresses +100 % of the latest visits come from private addresses/);
    expect(ran.stdout).toContain('FOOTLIGHT_TRUSTED_PROXIES=10.0.0.0/8,172.18.0.0/24');
    expect(ran.stdout).toMatch(/ok +sites +lumen.example: last event/);
  });

  test('exits 1 where the store cannot be used, in words', async () => {
    await given(
      'footlight.db',
      'this is no database at all, but it is long enough to look like one'.repeat(40),
    );
    const ran = await run(['doctor', '--json']);
    expect(ran.code).toBe(1);
    expect(lastLine(ran)).toMatchObject({ ok: false, checks: [{ name: 'store', state: 'wrong' }] });
  });
});
