/** Reports and events at the same time, through the real server on a file: neither waits for the other. */
import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ReadGivenUp } from '../../collector/store/store.ts';
import { dayMs } from '../../collector/time.ts';
import { multiplySessions } from '../support/many-sessions.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

let folder: string;
let server: TestServer;
let cookie: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-readers-'));
  const file = path.join(folder, 'footlight.db');
  server = await startTestServer(
    { FOOTLIGHT_DATA: folder, FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.0/8' },
    'lumen.example',
    file,
  );
  const link = await server.auth.inviteUser('kim@lumen.example', 'owner');
  const outcome = await server.auth.acceptInvite(new URL(link, server.url).searchParams.get('token') ?? '');
  if ('refused' in outcome) throw new Error(outcome.refused);
  cookie = outcome.cookies.map((one) => one.split(';')[0]).join('; ');
  for (let number = 0; number < 10; number += 1) await comes(`many-${number}`, null, `198.51.100.${number}`);
  const other = new Sqlite(file);
  multiplySessions(other, 200_000);
  other.close();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function comes(visitor: string, email: string | null, address = '203.0.113.77'): Promise<void> {
  const events =
    email === null
      ? [pageView()]
      : [pageView(), pageView({ type: 'identify', title: undefined, traits: { email } })];
  const answer = await server.send(batch(server.site.key, events, { visitor: `visitor-${visitor}` }), {
    'x-forwarded-for': address,
  });
  expect(answer.status).toBe(204);
}

const page = async (at: string) => (await fetch(server.url + at, { headers: { cookie } })).text();
/** An account's own line; the domain alone may also be in the reason of another's. */
const listed = (domain: string) => `<span class="claim-domain">${domain}</span>`;
const period = () => ({ from: 0, to: Date.now() + dayMs });

const post = (at: string, fields: Record<string, string>) =>
  fetch(server.url + at, {
    method: 'POST',
    headers: { cookie, origin: server.url },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });

test('events are taken in while reports are read, and reports that nobody waits for are not read', async () => {
  const { store } = server.rooms;
  const leave = new AbortController();
  // One request reads a handful of things, and not forty.
  setMaxListeners(0, leave.signal);
  let answered = 0;
  let unread = 0;
  const reports = Array.from({ length: 40 }, () =>
    store.whileWanted(leave.signal, () =>
      store.accounts({
        siteId: null,
        period: period(),
        search: '',
        sort: 'people',
        descending: true,
        offset: 0,
        limit: 50,
      }),
    ),
  ).map((report) =>
    report.then(
      () => {
        answered += 1;
      },
      (error: unknown) => {
        expect(error).toBeInstanceOf(ReadGivenUp);
        unread += 1;
      },
    ),
  );
  for (let number = 0; number < 5; number += 1) await comes(`meanwhile-${number}`, null);
  // On one thread, every report would have come before the first of these answers.
  expect(answered).toBeLessThan(40);
  leave.abort();
  await Promise.all(reports);
  expect(unread).toBeGreaterThan(0);
  expect(answered + unread).toBe(40);
  // And the readers are there for who comes next.
  expect(await page('/accounts')).toContain('Companies');
});

test('what was stored and decided is on the very next page', async () => {
  await comes('kim', 'kim@harbour-tools.com');
  expect(await page('/accounts')).toContain(listed('harbour-tools.com'));
  await comes('lee', 'lee@northern-mills.com', '203.0.113.90');
  expect(await page('/accounts')).toContain(listed('northern-mills.com'));

  const { store } = server.rooms;
  const idOf = async (domain: string) => (await store.findAccounts(domain, 1))[0]?.id ?? 0;
  const [harbour, mills] = [await idOf('harbour-tools.com'), await idOf('northern-mills.com')];
  const merged = await store.decide(
    { kind: 'merge', accountId: mills, targetId: harbour, note: '' },
    'kim@lumen.example',
    Date.now(),
  );
  expect(await page('/accounts')).not.toContain(listed('northern-mills.com'));
  expect(await store.accountHome(mills)).toBe(harbour);
  expect(await page(`/accounts/${harbour}`)).toContain('northern-mills.com');

  expect((await post(`/decisions/${merged.id}/undo`, { account: String(harbour) })).status).toBeLessThan(400);
  expect(await page('/accounts')).toContain(listed('northern-mills.com'));
  expect(await store.accountHome(mills)).toBe(mills);
});

test('what is learned of an address is told by the page at once, with why', async () => {
  const office = '192.0.2.40';
  await comes('office-1', 'pat@copper-lane.com', office);
  await comes('office-2', 'max@copper-lane.com', office);
  await comes('office-3', null, office);
  const { rows } = await server.rooms.store.accounts({
    siteId: null,
    period: period(),
    search: 'copper-lane',
    sort: 'last',
    descending: true,
    offset: 0,
    limit: 1,
  });
  expect(rows).toMatchObject([{ domain: 'copper-lane.com', visits: 3 }]);
  expect(rows[0]?.evidence[0]?.says).toMatch(/2 people/);
  expect(await page('/learned')).toContain('192.0.2.0/24');
});
