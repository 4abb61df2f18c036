/** Another process writes to the store (a rebuild, an import) while the server takes in events. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseTrusted } from '../../collector/receive/client-ip.ts';
import type { Collect } from '../../collector/receive/collect.ts';
import { receiveRoutes } from '../../collector/receive/routes.ts';
import { openScript } from '../../collector/receive/script.ts';
import { droppedHeader } from '../../tracker/wire.ts';
import { batch, startTestServer, type TestServer } from '../support/server.ts';

let folder: string;
let server: TestServer;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-locked-'));
  server = await startTestServer(
    { FOOTLIGHT_DATA: folder },
    'lumen.example',
    path.join(folder, 'footlight.db'),
  );
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test('an event waits for the other process and is then stored; everything else is answered meanwhile', async () => {
  const other = new Sqlite(path.join(folder, 'footlight.db'));
  other.exec('begin immediate');
  const answers = [server.send(batch(server.site.key)), server.send(batch(server.site.key))];
  await expect.poll(() => server.rooms.store.pending(), { timeout: 5_000 }).toBe(2);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/t.js`)).status).toBe(200);
  expect(server.rooms.store.pending()).toBe(2);
  other.exec('commit');
  other.close();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([204, 204]);
  expect((await server.rooms.store.health()).events).toBe(2);
});

test('a batch of which something could not be taken for now is asked for again, whatever else was wrong with it', async () => {
  const collect: Pick<Collect, 'body'> = {
    body: async () => ({ stored: 1, refused: new Map([['schema', 1] as const, ['busy', 2] as const]) }),
  };
  const app = receiveRoutes({
    collect: collect as Collect,
    scripts: [openScript('t.js', Buffer.from(''))],
    siteTag: { answer: () => new Response() },
    sites: server.rooms.sites,
    trusted: parseTrusted([]),
  });
  const response = await app.request('/e', { method: 'POST', body: '{}' });
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(response.headers.get(droppedHeader)).toBe('schema=1, busy=2');
});

test('a sender who stops half-way does not keep the server from stopping', async () => {
  const half = fetch(`${server.url}/e`, {
    method: 'POST',
    body: new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"v":1,')),
    }),
    duplex: 'half',
  } as RequestInit).catch((error: unknown) => error);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await server.close();
  expect(await half).toBeInstanceOf(Error);
  server = await startTestServer(
    { FOOTLIGHT_DATA: folder },
    'lumen.example',
    path.join(folder, 'footlight.db'),
  );
});
