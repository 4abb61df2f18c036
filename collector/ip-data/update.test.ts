import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { Reader, type Response } from 'maxmind';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  answers,
  type DataServer,
  sends,
  startDataServer,
  table,
  tarball,
} from '../../test/support/data-server.ts';
import { packageRoot } from '../package-root.ts';
import { openReveal } from '../reveal/index.ts';
import { writeMmdb } from '../reveal/mmdb-writer.ts';
import { readOrigin } from './origin.ts';
import { type Credentials, type SourceName, sources } from './sources.ts';
import { type UpdateOptions, updateSource } from './update.ts';

const now = Date.UTC(2026, 7, 3, 12);
const combined = '/data/ip2asn-combined.tsv.gz';
const token = 'secret-token-4711';
const credentials: Credentials = {
  ipinfoToken: token,
  maxmindAccount: '123456',
  maxmindKey: 'secret-key-0815',
};
const noCredentials: Credentials = { ipinfoToken: null, maxmindAccount: null, maxmindKey: null };
const shared = path.join(packageRoot, '../shared/data/reveal');

let folder: string;
let server: DataServer;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-data-'));
  server = await startDataServer();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const update = (source: SourceName, more: Partial<UpdateOptions> = {}) =>
  updateSource({
    source,
    folder,
    from: null,
    credentials,
    now,
    version: '9.9.9',
    base: server.url,
    limits: { totalMs: 2_000, idleMs: 500 },
    ...more,
  });

/** Why an update was refused. */
const refusal = (source: SourceName, more?: Partial<UpdateOptions>) =>
  update(source, more).then(
    () => 'not refused',
    (error: unknown) => String(error),
  );

const read = (source: SourceName) =>
  new Reader<Response>(readFileSync(path.join(folder, sources[source].file)));

const foods = table(
  ['0.0.0.0', '0.255.255.255', 0, 'None', 'Not routed'],
  ['198.51.100.0', '198.51.100.255', 64500, 'DE', 'FOODS-AS Example Foods AG'],
  ['203.0.113.0', '203.0.113.99', 64500, 'DE', 'FOODS-AS Example Foods AG'],
  ['203.0.113.100', '203.0.113.255', 64501, 'None', 'STEEL'],
  ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 64500, 'DE', 'FOODS-AS Example Foods AG'],
);

function database(databaseType: string, name = 'Example Foods AG', day = '2026-07-14'): Buffer {
  const record = { autonomous_system_number: 64500, autonomous_system_organization: name };
  return writeMmdb([{ network: '198.51.100.0/24', record }], {
    databaseType,
    description: 'by a test',
    buildEpoch: Date.parse(day) / 1000,
  });
}

describe('IPtoASN', () => {
  test('becomes a database with number, name, size and country of each range', async () => {
    server.on(combined, sends(gzipSync(foods), { 'last-modified': 'Fri, 31 Jul 2026 10:00:00 GMT' }));
    const updated = await update('iptoasn');
    expect(updated).toMatchObject({
      source: 'iptoasn',
      file: path.join(folder, 'iptoasn.mmdb'),
      from: `${server.url}${combined}`,
      dataOf: '2026-07-31',
    });
    expect(server.asked).toEqual([`GET ${combined}`]);
    expect(server.headers()['user-agent']).toBe('footlight/9.9.9');
    const reader = read('iptoasn');
    const example = {
      autonomous_system_number: 64500,
      autonomous_system_organization: 'FOODS-AS Example Foods AG',
      // Of both of its ranges; those of IPv6 do not count.
      autonomous_system_size: 356,
      country: { iso_code: 'DE' },
    };
    for (const ip of ['198.51.100.0', '198.51.100.255', '203.0.113.99', '2001:db8:7::1'])
      expect(reader.get(ip)).toEqual(example);
    expect(reader.get('203.0.113.100')).toEqual({
      autonomous_system_number: 64501,
      autonomous_system_organization: 'STEEL',
      autonomous_system_size: 156,
    });
    for (const ip of ['0.0.0.1', '198.51.99.255', '203.0.114.0', '2001:db9::'])
      expect(reader.get(ip)).toBeNull();
  });

  test('is taken from a file too, plain or gzipped, with the file’s day', async () => {
    for (const [name, content] of Object.entries({ 'a.tsv': foods, 'b.data': gzipSync(foods) })) {
      const from = path.join(folder, name);
      await writeFile(from, content);
      await utimes(from, new Date('2026-07-01T00:00:00Z'), new Date('2026-07-01T00:00:00Z'));
      expect(await update('iptoasn', { from })).toMatchObject({ from, dataOf: '2026-07-01' });
      expect(read('iptoasn').get('198.51.100.7')).not.toBeNull();
    }
    expect(server.asked).toEqual([]);
  });

  test.skipIf(!existsSync(shared))('answers as the database made of the same data does', async () => {
    await update('iptoasn', { from: path.join(shared, 'iptoasn/ip2asn-sample.tsv') });
    const [own, known] = [
      read('iptoasn'),
      new Reader<Response>(readFileSync(path.join(shared, 'iptoasn/asn-sample.mmdb'))),
    ];
    let compared = 0;
    for (const line of readFileSync(path.join(shared, 'iptoasn/ip2asn-sample.tsv'), 'utf8').split('\n')) {
      for (const ip of line.split('\t').slice(0, 2)) {
        const expected = known.get(ip) as Record<string, unknown> | null;
        const { autonomous_system_size: _, ...found } = (own.get(ip) ?? {}) as Record<string, unknown>;
        expect({ ip, ...found }).toEqual({ ip, ...expected });
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(1_000);
  });

  test.each([
    ['with a broken line among many is read without it', 200, null],
    ['with many broken lines is refused with the first of them', 4, '1 of 5 lines are not first address'],
  ])('%s', async (_, count, words) => {
    const rows = Array.from({ length: count }, (__, at) =>
      table([`10.0.${at}.0`, `10.0.${at}.255`, 64500, 'DE', 'Example Foods AG']),
    );
    const from = path.join(folder, 'some.tsv');
    await writeFile(from, [...rows, '10.9.0.9\t10.9.0.1\t64500\tDE\tturned round\n'].join(''));
    if (words === null) expect((await update('iptoasn', { from })).networks).toBeGreaterThan(0);
    else expect(await refusal('iptoasn', { from })).toContain(words);
  });
});

describe('a database of another vendor', () => {
  test('DB-IP’s is that of this month, or of the month before while there is none yet', async () => {
    server.on('/free/dbip-asn-lite-2026-07.mmdb.gz', sends(gzipSync(database('DBIP-ASN-Lite'))));
    expect(await update('dbip')).toMatchObject({ dataOf: '2026-07-14', networks: 1 });
    expect(server.asked).toEqual([
      'GET /free/dbip-asn-lite-2026-08.mmdb.gz',
      'GET /free/dbip-asn-lite-2026-07.mmdb.gz',
    ]);
    await update('dbip', { now: Date.UTC(2026, 6, 31, 23) });
    expect(server.asked.at(-1)).toBe('GET /free/dbip-asn-lite-2026-07.mmdb.gz');
    expect(await refusal('dbip', { now: Date.UTC(2027, 0, 1) })).toContain('has no such file (404)');
    expect(server.asked.at(-1)).toBe('GET /free/dbip-asn-lite-2026-12.mmdb.gz');
  });

  test('IPinfo’s is asked for with the token, which is kept nowhere', async () => {
    server.on('/data/ipinfo_lite.mmdb', sends(database('ipinfo lite')));
    const updated = await update('ipinfo');
    expect(server.asked).toEqual([`GET /data/ipinfo_lite.mmdb?token=${token}`]);
    expect(updated.from).toBe(`${server.url}/data/ipinfo_lite.mmdb`);
    for (const name of readdirSync(folder))
      expect(await readFile(path.join(folder, name), 'latin1')).not.toContain(token);
  });

  test('MaxMind’s comes in an archive, by account and key, which the storage it sends on to never sees', async () => {
    const storage = await startDataServer();
    storage.on(
      '/signed',
      sends(tarball('GeoLite2-ASN_20260714/GeoLite2-ASN.mmdb', database('GeoLite2-ASN'))),
    );
    server.on(
      '/geoip/databases/GeoLite2-ASN/download',
      answers(302, { location: `${storage.url}/signed?x=1` }),
    );
    await update('maxmind');
    expect(server.asked).toEqual(['GET /geoip/databases/GeoLite2-ASN/download?suffix=tar.gz']);
    expect(server.headers().authorization).toBe(
      `Basic ${Buffer.from('123456:secret-key-0815').toString('base64')}`,
    );
    expect(storage.asked).toEqual(['GET /signed?x=1']);
    expect(storage.headers().authorization).toBeUndefined();
    expect(read('maxmind').metadata.databaseType).toBe('GeoLite2-ASN');
    await storage.close();
  });

  test.each([
    ['ipinfo', 'FOOTLIGHT_IPINFO_TOKEN'],
    ['maxmind', 'FOOTLIGHT_MAXMIND_ACCOUNT and FOOTLIGHT_MAXMIND_KEY'],
  ] as const)('%s says which setting it needs, and asks nobody without it', async (source, names) => {
    expect(await refusal(source, { credentials: noCredentials })).toContain(`set ${names}`);
    expect(server.asked).toEqual([]);
  });
});

describe('lists', () => {
  test('of VPN exits are three files in one', async () => {
    server.on('/X4BNet/lists_vpn/main/output/vpn/ipv4.txt', sends('198.51.100.0/24\n198.51.100.7'));
    server.on('/X4BNet/lists_vpn/main/output/vpn/ipv6.txt', sends('2001:db8::/32\n'));
    server.on('/X4BNet/lists_vpn/main/input/vpn/ASN.txt', sends('AS64500 # Example VPN\n'));
    expect(await update('vpn')).toMatchObject({ networks: 4, dataOf: '2026-08-03' });
    expect(await readFile(path.join(folder, 'vpn.txt'), 'utf8')).toContain('2001:db8::/32\n');
  });

  test('of VPN exits are refused whole if one of the files is missing', async () => {
    server.on('/X4BNet/lists_vpn/main/output/vpn/ipv4.txt', sends('198.51.100.0/24\n'));
    expect(await refusal('vpn')).toContain('has no such file (404)');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of hosts are a table with a heading', async () => {
    server.on(
      '/brianhama/bad-asn-list/master/bad-asn-list.csv',
      sends('ASN,Entity\n64500,"Example Hosting SARL, FR"\n64501, "Other"\n'),
    );
    expect(await update('hosting')).toMatchObject({ networks: 2 });
  });
});

describe('what is not the file is refused in words, and the old one stays', () => {
  const html = '<!doctype html><title>Sorry</title>';
  const cut = gzipSync(foods.repeat(50)).subarray(0, 100);
  const bomb = gzipSync(Buffer.alloc(4 * 1024 * 1024));

  test.each<[string, Parameters<DataServer['on']>[1], string]>([
    ['a wrong account', answers(401), 'refused the account (401)'],
    ['a forbidden file', answers(403), 'refused the account (403)'],
    ['too many requests', answers(429, { 'retry-after': '3600' }), 'asks to wait 3600 s'],
    ['a broken server', answers(503), 'answered 503'],
    ['nothing', sends(''), 'sent an empty file'],
    ['a web page instead', sends(html), 'a web page or a message'],
    ['a gzipped web page', sends(gzipSync(html)), 'a web page or a message'],
    ['a message in JSON', sends('{"error":"no"}'), 'a web page or a message'],
    ['an empty table', sends(gzipSync(table(['0.0.0.0', '0.0.0.9', 0, 'None', 'Not routed']))), 'no range'],
    ['half of the gzip', sends(cut), 'cut short'],
    ['what only looks like gzip', sends(Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9])), 'cannot be unpacked'],
    ['other data', sends(Buffer.alloc(5_000, 'x')), 'no MaxMind-format file'],
    ['half of a database', sends(database('x').subarray(0, 100)), 'no MaxMind-format file'],
    ['a way on to a file', answers(302, { location: 'file:///etc/passwd' }), 'cannot be followed'],
    ['a way on to nowhere', answers(302), 'cannot be followed'],
    ['a circle', answers(302, { location: combined }), 'in circles'],
    [
      'a body that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 9_999 });
        response.write(Buffer.alloc(100));
        setImmediate(() => response.destroy());
      },
      'broke off after 100 bytes',
    ],
    [
      'a body that stops coming',
      (_, response) => {
        response.writeHead(200);
        response.write(Buffer.alloc(100));
      },
      'sent nothing for 0.5 s',
    ],
    ['silence', () => undefined, 'sent nothing for 0.5 s'],
    [
      'a body that never ends',
      (request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(Buffer.alloc(10)), 20);
        request.once('close', () => clearInterval(drip));
      },
      'was not done after 1 s',
    ],
    [
      'less than before',
      sends(gzipSync(table(['10.0.0.0', '10.0.0.9', 64500, 'DE', 'X']))),
      'give it with --from',
    ],
    ['a bomb', sends(bomb), 'no MaxMind-format file'],
  ])('%s', async (_, answer, words) => {
    server.on(combined, sends(gzipSync(foods + table(...many))));
    await update('iptoasn');
    const before = await readFile(path.join(folder, 'iptoasn.mmdb'));
    server.on(combined, answer);
    const said = await refusal('iptoasn', { limits: { totalMs: 1_000, idleMs: 500 } });
    expect(said).toContain(words);
    expect(said).toContain('127.0.0.1');
    expect(await readFile(path.join(folder, 'iptoasn.mmdb'))).toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(['iptoasn.json', 'iptoasn.mmdb']);
  });

  const many = Array.from(
    { length: 40 },
    (_, at) =>
      [`192.0.${at * 2}.0`, `192.0.${at * 2}.255`, 64600 + at, 'FR', `Example ${at}`] satisfies Parameters<
        typeof table
      >[0],
  );

  test('more than such a file ever had, announced or not, and also once unpacked', async () => {
    const over = sources.vpn.maxBytes + 1;
    const first = '/X4BNet/lists_vpn/main/output/vpn/ipv4.txt';
    server.on(first, (_, response) => response.writeHead(200, { 'content-length': over }).end());
    expect(await refusal('vpn')).toContain(`more than ${sources.vpn.maxBytes} bytes`);
    server.on(first, sends(gzipSync(Buffer.alloc(over, '198.51.100.0/24\n'))));
    for (const rest of ['output/vpn/ipv6.txt', 'input/vpn/ASN.txt'])
      server.on(`/X4BNet/lists_vpn/main/${rest}`, sends('AS64500\n'));
    expect(await refusal('vpn')).toContain(`more than ${sources.vpn.maxBytes} bytes`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('an address that nobody listens at, without telling the token', async () => {
    await server.close();
    const said = await refusal('ipinfo');
    expect(said).toContain('cannot be reached (ECONNREFUSED)');
    expect(said).toContain('--from');
    expect(said).not.toContain(token);
    server = await startDataServer();
  });

  test.each([401, 404, 429, 500])('no refusal tells the token (%i)', async (status) => {
    server.on('/data/ipinfo_lite.mmdb', answers(status));
    expect(await refusal('ipinfo')).not.toContain(token);
  });

  const bad = path.join(shared, 'bad-mmdb');
  test.each(existsSync(bad) ? readdirSync(bad) : [])('%s', async (name) => {
    server.on('/data/ipinfo_lite.mmdb', sends(database('ipinfo lite')));
    await update('ipinfo');
    server.on('/data/ipinfo_lite.mmdb', sends(await readFile(path.join(bad, name))));
    expect(await refusal('ipinfo')).toMatch(/cannot be used: .*fetch it again/);
    expect(read('ipinfo').get('198.51.100.7')).not.toBeNull();
  });
});

test('what a process that ended too soon has left is taken away a day later, and nothing else', async () => {
  const left = path.join(folder, '.iptoasn.mmdb.1.1.part');
  const recent = path.join(folder, '.iptoasn.mmdb.1.2.part');
  for (const file of [left, recent, path.join(folder, 'notes.txt')]) await writeFile(file, 'half');
  await utimes(left, now / 1000 - 90_000, now / 1000 - 90_000);
  await utimes(recent, now / 1000 - 60, now / 1000 - 60);
  const from = path.join(folder, 'some.tsv');
  await writeFile(from, foods);
  await update('iptoasn', { from });
  expect(readdirSync(folder).sort()).toEqual([
    '.iptoasn.mmdb.1.2.part',
    'iptoasn.json',
    'iptoasn.mmdb',
    'notes.txt',
    'some.tsv',
  ]);
  expect(await readOrigin(path.join(folder, 'iptoasn.mmdb'))).toMatchObject({ from, fetchedAt: now });
});

test('while a file is replaced no look-up fails: each gives the old answer or the new one', async () => {
  const from = path.join(folder, 'next.tsv');
  const write = (name: string) =>
    writeFile(from, table(['198.51.100.0', '198.51.100.255', 64500, 'DE', `${name} Insurance AG`]));
  const file = path.join(folder, sources.iptoasn.file);
  await write('Oldham');
  await update('iptoasn', { from });
  const resolver = await openReveal({ databases: [], fetched: [file], log: () => undefined, watch: false });
  const seen = new Set<string | undefined>();
  let isDone = false;
  let asked = 0;
  const look = async () => {
    while (!isDone) {
      for (let at = 0; at < 50; at++) seen.add(resolver.resolve(`198.51.100.${at}`).company?.name);
      asked += 50;
      await new Promise(setImmediate);
    }
  };
  const looking = look();
  for (const name of ['Newham', 'Oldham', 'Newham']) {
    await write(name);
    await update('iptoasn', { from });
    await resolver.refresh();
  }
  isDone = true;
  await looking;
  expect([...seen].sort()).toEqual(['Newham Insurance', 'Oldham Insurance']);
  expect(asked).toBeGreaterThan(200);
  expect(resolver.resolve('198.51.100.1').company?.name).toBe('Newham Insurance');
  resolver.close();
});
