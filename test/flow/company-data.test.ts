/** Company data through the running server: offered, fetched by the owner’s click, kept fresh, credited. */
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeMmdb } from '../../collector/reveal/mmdb-writer.ts';
import { answers, type DataServer, sends, startDataServer, table } from '../support/data-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const combined = '/data/ip2asn-combined.tsv.gz';
const foods = gzipSync(table(['198.51.100.0', '198.51.100.255', 64500, 'DE', 'Example Foods AG']));
const dbip = gzipSync(
  writeMmdb(
    [
      {
        network: '198.51.100.0/24',
        record: { autonomous_system_number: 64500, autonomous_system_organization: 'Example Foods AG' },
      },
    ],
    { databaseType: 'DBIP-ASN-Lite', description: 'by a test', buildEpoch: Date.UTC(2026, 7, 1) / 1000 },
  ),
);

let data: string;
let publisher: DataServer;
let server: TestServer;
let clock: number;

beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'footlight-company-data-'));
  publisher = await startDataServer();
  clock = Date.UTC(2026, 7, 3, 9);
  server = await start();
});
afterEach(async () => {
  await server.close();
  await publisher.close();
  await rm(data, { recursive: true });
});

function start(env: Record<string, string> = {}): Promise<TestServer> {
  const { url } = publisher;
  return startTestServer({ FOOTLIGHT_DATA: data, ...env }, undefined, path.join(data, 'footlight.db'), {
    now: () => clock,
    dataBases: { iptoasn: url, dbip: url, ipinfo: url, maxmind: url, vpn: url, hosting: url },
  });
}

async function cookieOf(role: 'owner' | 'sales'): Promise<string> {
  const link = await server.auth.inviteUser(`${role}@lumen.example`, role);
  const token = new URL(link, server.url).searchParams.get('token') ?? '';
  const outcome = await server.auth.acceptInvite(token);
  if ('refused' in outcome) throw new Error(outcome.refused);
  return outcome.cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}

const page = async (cookie: string, at = '/health') =>
  (await fetch(server.url + at, { headers: { cookie } })).text();

const post = (cookie: string, at: string, fields: Record<string, string>, origin = server.url) =>
  fetch(server.url + at, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin },
    body: new URLSearchParams(fields),
  });

/** Awaits what a click began. */
const isIdle = () =>
  expect.poll(() => server.rooms.data.running(), { timeout: 5_000, interval: 10 }).toBeNull();

const nameOf = (ip: string) => server.rooms.resolver.resolve(ip).company?.name;

describe('without any company data', () => {
  test('it is offered to the owner, told to others, and never fetched by itself', async () => {
    const owner = await page(await cookieOf('owner'));
    expect(owner).toContain('Fetch IPtoASN (public domain, no account)');
    const sales = await page(await cookieOf('sales'));
    expect(sales).toContain('An owner can fetch one here');
    expect(sales).not.toContain('/settings/data/fetch');
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toEqual([]);
  });

  test('one click of the owner’s fetches it and puts it in use, while the page says how far it is', async () => {
    const cookie = await cookieOf('owner');
    let finish = () => {};
    publisher.on(combined, (_, response) => {
      response.writeHead(200, { 'content-length': foods.length });
      response.write(foods.subarray(0, 10));
      finish = () => response.end(foods.subarray(10));
    });
    const answer = await post(cookie, '/settings/data/fetch', { source: 'iptoasn' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/health#data']);
    await expect.poll(() => page(cookie), { timeout: 5_000 }).toContain('Fetching IPtoASN, 1 KB of 1 KB');
    expect(JSON.parse(await page(cookie, '/settings/data/state'))).toEqual({ isDone: false });
    // A second click while it runs asks nobody.
    await post(cookie, '/settings/data/fetch', { source: 'iptoasn' });
    finish();
    await isIdle();
    expect(publisher.asked).toEqual([`GET ${combined}`]);
    expect(nameOf('198.51.100.7')).toBe('Example Foods');
    expect(JSON.parse(await page(cookie, '/settings/data/state'))).toEqual({ isDone: true });
    const after = await page(cookie);
    expect(after).toContain('Ready, data of 2026-08-03, 1 network, public domain (PDDL 1.0)');
    expect(after).not.toContain('None is loaded');
  });

  test('what went wrong stands on the page', async () => {
    const cookie = await cookieOf('owner');
    publisher.on(combined, answers(503));
    await post(cookie, '/settings/data/fetch', { source: 'iptoasn' });
    await isIdle();
    const after = await page(cookie);
    expect(after).toContain('answered 503; try again later');
    expect(after).toContain('None is loaded');
  });
});

test('nobody but an owner, from our own page, can have anything fetched', async () => {
  publisher.on(combined, sends(foods));
  const [owner, sales] = [await cookieOf('owner'), await cookieOf('sales')];
  expect((await post(sales, '/settings/data/fetch', { source: 'iptoasn' })).status).toBe(403);
  expect((await post('', '/settings/data/fetch', { source: 'iptoasn' })).status).toBe(401);
  expect(
    (await post(owner, '/settings/data/fetch', { source: 'iptoasn' }, 'https://evil.example')).status,
  ).toBe(403);
  expect((await post(owner, '/settings/data/fetch', { source: '../x' })).status).toBe(400);
  expect(
    (await post(owner, '/settings/data/schedule', { source: 'iptoasn', schedule: 'hourly' })).status,
  ).toBe(400);
  expect(publisher.asked).toEqual([]);
});

describe('a source fetched every month', () => {
  const month = 30 * 86_400_000;

  test('is fetched when it is chosen, then each thirty days, until it is chosen no more', async () => {
    const cookie = await cookieOf('owner');
    publisher.on(combined, sends(foods));
    await post(cookie, '/settings/data/schedule', { source: 'iptoasn', schedule: 'monthly' });
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toHaveLength(1);
    expect(await page(cookie)).toContain('Fetched every 30 days; next 2026-09-02');
    clock += month - 1;
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toHaveLength(1);
    clock += 1;
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toHaveLength(2);
    await post(cookie, '/settings/data/schedule', { source: 'iptoasn', schedule: 'off' });
    clock += 10 * month;
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toHaveLength(2);
  });

  test('that fails is told and tried again the next day; the others are fetched all the same', async () => {
    publisher.on(combined, answers(429, { 'retry-after': '60' }));
    publisher.on('/free/dbip-asn-lite-2026-08.mmdb.gz', sends(dbip));
    for (const source of ['iptoasn', 'dbip'] as const) await server.rooms.data.setSchedule(source, 'monthly');
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toEqual([`GET ${combined}`, 'GET /free/dbip-asn-lite-2026-08.mmdb.gz']);
    const cookie = await cookieOf('owner');
    expect(await page(cookie)).toContain('asked too often (429)');
    clock += 86_400_000 - 1;
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toHaveLength(2);
    publisher.on(combined, sends(foods));
    clock += 1;
    await server.rooms.data.fetchDue();
    expect(publisher.asked).toHaveLength(3);
    expect(await page(cookie)).not.toContain('asked too often');
  });

  test('that is being fetched when the server stops keeps nobody waiting, and is fetched at the next start', async () => {
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    publisher.on(combined, (_, response) => {
      response.writeHead(200).write('half');
      isAsked();
    });
    await server.rooms.data.setSchedule('iptoasn', 'monthly');
    const fetching = server.rooms.data.fetchDue();
    await asked;
    await server.close();
    await fetching;
    publisher.on(combined, sends(foods));
    server = await start();
    await server.rooms.data.fetchDue();
    expect(nameOf('198.51.100.7')).toBe('Example Foods');
  });

  test('is still chosen after a restart', async () => {
    publisher.on(combined, sends(foods));
    await server.rooms.data.setSchedule('iptoasn', 'monthly');
    await server.close();
    server = await start();
    await server.rooms.data.fetchDue();
    expect(nameOf('198.51.100.7')).toBe('Example Foods');
  });
});

test('DB-IP is credited on every page while it is in use, and not a moment longer', async () => {
  publisher.on('/free/dbip-asn-lite-2026-08.mmdb.gz', sends(dbip));
  const cookie = await cookieOf('sales');
  const credit = '<a href="https://db-ip.com" rel="noreferrer">IP Geolocation by DB-IP</a>';
  expect(await page(cookie, '/accounts')).not.toContain('db-ip.com');
  const { file } = await server.rooms.data.update('dbip');
  for (const at of ['/accounts', '/health', '/password']) expect(await page(cookie, at)).toContain(credit);
  expect(await page('', '/sign-in')).not.toContain('db-ip.com');
  await unlink(file);
  await server.rooms.resolver.refresh();
  expect(await page(cookie, '/accounts')).not.toContain('db-ip.com');
});

test('the owner’s own files are trusted more than what was fetched, which is there after a restart', async () => {
  publisher.on(combined, sends(foods));
  await server.rooms.data.update('iptoasn');
  await server.close();
  const own = path.join(data, 'own.mmdb');
  const record = { autonomous_system_number: 64501, autonomous_system_organization: 'Northwind Steel AG' };
  await writeFile(
    own,
    writeMmdb([{ network: '198.51.100.0/25', record }], {
      databaseType: 'Own',
      description: 'by a test',
      buildEpoch: 1_784_000_000,
    }),
  );
  server = await start({ FOOTLIGHT_IP_DATABASES: own });
  expect([nameOf('198.51.100.7'), nameOf('198.51.100.200')]).toEqual(['Northwind Steel', 'Example Foods']);
  expect(await server.rooms.data.files()).toMatchObject([
    { source: null, title: 'Own', path: own, licence: null },
    { source: 'iptoasn', title: 'IPtoASN', from: `${publisher.url}${combined}`, networks: 1 },
  ]);
});
