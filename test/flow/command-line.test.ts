/** What people script against: the last line on stdout of each command, its exit code, and what goes to stderr. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { writeMmdb } from '../../collector/reveal/mmdb-writer.ts';
import { firefox } from '../support/agents.ts';
import { runProgram, serveProgram } from '../support/process.ts';
import { batch } from '../support/server.ts';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'footlight-cli-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const run = (...args: string[]) => runProgram(data, ...args);
const lastLine = (out: string) => JSON.parse(out.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;

/** Runs a command that is expected to fail. */
function fail(...args: string[]): Promise<{ code: number; stderr: string; stdout: string }> {
  const cli = path.join(packageRoot, 'dist/collector/cli.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, '--data', data, ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

describe('the command line', () => {
  test('adds a site and prints its key', async () => {
    const added = lastLine(await run('site', 'add', 'https://www.Lumen.example/', 'shop.example', '--json'));
    expect(added).toEqual({ domain: 'lumen.example', key: expect.stringMatching(/^[a-z2-9]{10}$/) });
    expect(lastLine(await run('site', 'list', '--json'))).toEqual(added);
    const wider = lastLine(await run('site', 'add', 'lumen.example', 'docs.example', '--json'));
    expect(wider).toEqual(added);
    const again = await fail('site', 'add', 'lumen.example');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(`its key is ${added.key}`);
    expect(again.stderr).not.toContain('at ');
  });

  test('adds a user and prints a link that signs them in once', async () => {
    const added = lastLine(await run('user', 'add', 'kim@example.com', '--role', 'marketer', '--json'));
    expect(added).toEqual({
      email: 'kim@example.com',
      link: expect.stringMatching(/^http:\/\/localhost:8080\/invite\?token=/),
    });
    await run('user', 'add', 'kim@example.com', '--json');
    const roles = new Sqlite(path.join(data, 'footlight.db'), { readonly: true });
    const kim = roles.prepare(`select role from auth_user where email = 'kim@example.com'`).get();
    roles.close();
    // A new link for somebody known is no new role.
    expect(kim).toEqual({ role: 'marketer' });
    expect((await fail('user', 'add', 'kim', '--role', 'owner')).stderr).toContain(
      '"kim" is not an e-mail address',
    );
    expect((await fail('user', 'add', 'kim@example.com', '--role', 'king')).stderr).toContain(
      'owner, marketer, sales',
    );
  });

  test('makes an API key and prints it this once, lists it without it, and revokes it', async () => {
    const { key } = lastLine(
      await run(
        'key',
        'create',
        '--role',
        'marketer',
        '--name',
        'warehouse',
        '--scope',
        'events:read',
        '--json',
      ),
    );
    expect(key).toMatch(/^fl_[\w-]{43}$/);
    expect(await run('key', 'create', '--role', 'sales', '--name', 'script')).toMatch(/^fl_[\w-]{43}\n$/);
    const listed = await run('key', 'list', '--json');
    expect(listed).not.toContain(key);
    expect(
      listed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { name: 'script', role: 'sales', createdBy: 'the command line', lastUsedAt: null },
      { name: 'warehouse', prefix: String(key).slice(0, 9), scopes: ['events:read'], revokedAt: null },
    ]);
    expect(lastLine(await run('key', 'revoke', 'warehouse', '--json'))).toMatchObject({ revoked: true });
    const again = await fail('key', 'revoke', 'warehouse');
    expect(again.stderr).toContain('there is no key "warehouse" in use; see: footlight key list');
    const greedy = await fail('key', 'create', '--role', 'sales', '--name', 'x', '--scope', 'keys:write');
    expect(greedy).toMatchObject({ code: 1, stdout: '' });
    expect(greedy.stderr).toContain('a key with the role sales may not have keys:write');
  });

  test('scores the company data on a list of labelled addresses', async () => {
    const about = { databaseType: 'Test', description: 'by a test', buildEpoch: 1_784_000_000 };
    const system = (network: string, number: number, name: string) => ({
      network,
      record: { autonomous_system_number: number, autonomous_system_organization: name },
    });
    const database = path.join(data, 'asn.mmdb');
    const entries = [
      system('198.51.100.0/24', 64500, 'Example Foods AG'),
      system('203.0.113.0/24', 64501, 'Northwind Steel AG'),
    ];
    await writeFile(database, writeMmdb(entries, about));
    const labels = path.join(data, 'labels.json');
    const account = { name: 'Example Foods', aliases: [], domain: null };
    const rows = [
      { ip: '198.51.100.7', kinds: ['business'], account },
      { ip: '203.0.113.7', kinds: ['isp'], account: null },
      { ip: '198.51.100.8', kinds: ['business'], account, db: 'other' },
    ];
    await writeFile(labels, JSON.stringify(rows));
    const bench = ['reveal', 'bench', labels, '--databases', database];
    const result = lastLine(await run(...bench, '--json'));
    expect(result).toMatchObject({
      rows: 2,
      recall: { part: 1, of: 1 },
      precision: { part: 1, of: 2 },
      falseAccounts: { part: 1, of: 1 },
      speed: { medianUs: expect.any(Number), p99Us: expect.any(Number) },
    });
    const words = await run(...bench);
    expect(words).toContain('precision of accounts                        0.500  (1 of 2)');
    expect(words).toContain('claims Northwind Steel (account); it is nobody’s');
    await writeFile(labels, JSON.stringify([{ kinds: ['isp'] }]));
    expect((await fail(...bench)).stderr).toMatch(/labels\.json is no list of labelled addresses: 0\.ip/);
  });

  test('answers each address with one line, also those that are none', async () => {
    const lines = (await run('lookup', '8.8.8.8', '10.0.0.1', '8.8.8.8.8', 'hello'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ ip, kind }) => ({ ip, kind }))).toEqual([
      { ip: '8.8.8.8', kind: 'unknown' },
      { ip: '10.0.0.1', kind: 'private' },
      { ip: '8.8.8.8.8', kind: 'invalid' },
      { ip: 'hello', kind: 'invalid' },
    ]);
    for (const line of lines)
      expect(Object.keys(line)).toEqual(['ip', 'kind', 'account', 'confidence', 'tier', 'evidence']);
  });

  test('imports a log twice, says what became of every line, and finds nothing to mend', async () => {
    const { key } = lastLine(await run('site', 'add', 'lumen.example', '--json'));
    const file = path.join(data, 'access.log');
    const line = (second: number, target: string) =>
      `198.51.100.7 - - [14/Jul/2026:08:05:0${second} +0000] "GET ${target} HTTP/1.1" 200 512 "-" "${firefox}"`;
    await writeFile(file, [line(1, '/'), line(2, '/app.css'), 'nonsense', line(3, '/pricing')].join('\n'));
    expect(lastLine(await run('import', 'log', file, '--site', String(key), '--json'))).toEqual({
      read: 4,
      stored: 2,
      duplicates: 0,
      dropped: { static_file: 1, malformed: 1 },
    });
    expect(lastLine(await run('import', 'log', file, '--site', String(key), '--json'))).toMatchObject({
      stored: 0,
      duplicates: 2,
    });
    expect(lastLine(await run('verify', '--json'))).toEqual({ ok: true, differences: [] });
    expect((await fail('import', 'log', file, '--site', 'no-such-key')).stderr).toContain(
      '"no-such-key" is not known',
    );
    expect((await fail('import', 'log', `${file}.gone`, '--site', String(key))).stderr).toContain(
      'no such file',
    );
  });

  test('imports company profiles twice, and says what became of every row', async () => {
    const file = path.join(data, 'companies.csv');
    await writeFile(
      file,
      'Name,Domain,Country,Tier\nAcme,acme.com,DE,A\nNowhere,,Germany,B\nAcme,acme.com,DE,A\n',
    );
    expect(lastLine(await run('import', 'accounts', file, '--json'))).toEqual({
      read: 3,
      stored: 1,
      duplicates: 1,
      dropped: { bad_country: 1 },
    });
    expect(lastLine(await run('import', 'accounts', file, '--json'))).toMatchObject({
      stored: 0,
      duplicates: 2,
    });
    expect(await run('import', 'accounts', file)).toContain(
      '1  bad_country: a country that is no two-letter code',
    );
    expect(lastLine(await run('verify', '--json'))).toEqual({ ok: true, differences: [] });
    await writeFile(file, 'colour\nred\n');
    const none = await fail('import', 'accounts', file);
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringContaining('no column says which company it is'),
    ]);
  });

  test('verify exits with 1 and says what differs, rebuild mends it', async () => {
    const { key } = lastLine(await run('site', 'add', 'lumen.example', '--json'));
    const file = path.join(data, 'access.log');
    await writeFile(
      file,
      `198.51.100.7 - - [14/Jul/2026:08:05:01 +0000] "GET / HTTP/1.1" 200 512 "-" "${firefox}"\n`,
    );
    await run('import', 'log', file, '--site', String(key));
    const db = new Sqlite(path.join(data, 'footlight.db'));
    db.exec('update site_day set pages = pages + 1');
    db.close();
    const found = await fail('verify', '--json');
    expect(found.code).toBe(1);
    expect(JSON.parse(found.stdout)).toMatchObject({ ok: false, differences: [{ table: 'site_day' }] });
    await run('rebuild');
    expect(lastLine(await run('verify', '--json'))).toMatchObject({ ok: true });
  });

  test('exports a list that begins with its columns', async () => {
    const out = path.join(data, 'accounts.csv');
    await run('export', 'accounts', '--format', 'csv', '--out', out);
    expect((await readFile(out, 'utf8')).split('\r\n')[0]).toMatch(/^name,domain,country,kind,confidence,/);
    expect((await fail('export', 'nothing', '--out', out)).stderr).toContain('accounts');
  });

  test('names each option beside its environment variable', async () => {
    const help = `${await run('--help')}${await run('serve', '--help')}`;
    for (const name of [
      'PORT',
      'HOST',
      'FOOTLIGHT_DATA',
      'FOOTLIGHT_STORE',
      'FOOTLIGHT_IP_DATABASES',
      'FOOTLIGHT_TRUSTED_PROXIES',
      'FOOTLIGHT_PUBLIC_URL',
      'FOOTLIGHT_SECRET',
    ])
      expect(help).toContain(name);
  });
});

describe('the server as a process', () => {
  test('prints a link for the owner at its first start, takes events, and stops cleanly', async () => {
    const { key } = lastLine(await run('site', 'add', 'lumen.example', '--json'));
    const server = await serveProgram(data);
    try {
      await expect.poll(() => server.said(), { timeout: 5_000 }).toMatch(/\/welcome\?token=[\w-]+/);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      const response = await fetch(`${server.url}/e`, {
        method: 'POST',
        headers: { 'user-agent': firefox },
        body: batch(String(key)),
      });
      expect(response.status).toBe(204);
    } finally {
      expect(await server.stop()).toBe(0);
    }
    expect(lastLine(await run('verify', '--json'))).toMatchObject({ ok: true });
  });

  test('starts without its company database, and says so', async () => {
    const server = await serveProgram(data, {
      FOOTLIGHT_IP_DATABASES: path.join(data, 'no-such-file.mmdb'),
      FOOTLIGHT_LOG_LEVEL: 'info',
    });
    try {
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      await expect.poll(() => server.said(), { timeout: 5_000 }).toContain('no-such-file.mmdb');
    } finally {
      await server.stop();
    }
  });

  test('says which port is taken, and ends', async () => {
    const server = await serveProgram(data);
    try {
      const port = new URL(server.url).port;
      const second = await fail('serve', '--port', port, '--host', '127.0.0.1');
      expect(second.code).toBe(1);
      expect(second.stderr).toContain(`port ${port} is taken`);
    } finally {
      await server.stop();
    }
  });
});
