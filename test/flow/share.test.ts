/** A read-only link through the real server: what a browser elsewhere is answered. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;

beforeAll(async () => {
  server = await startTestServer();
  const identify = {
    type: 'identify',
    url: 'https://www.lumen.example/login',
    traits: { email: 'kim@harbour-tools.com' },
  };
  const sent = await server.send(batch(server.site.key, [pageView(), { ...pageView(), ...identify }]));
  expect(sent.status).toBe(204);
  const invite = await server.auth.inviteUser('owner@example.com', 'owner');
  const answer = await fetch(`${server.url}/invite`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: new URL(invite, server.url).searchParams.get('token') ?? '' }),
  });
  cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(path.startsWith('http') ? path : `${server.url}${path}`, { redirect: 'manual', headers });
const post = (path: string, fields: Record<string, string>, headers: Record<string, string>) =>
  fetch(path.startsWith('http') ? path : `${server.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields),
  });

test('a help desk’s link leads to the company, and who is not signed in signs in first and arrives there', async () => {
  const asked = '/accounts/by?email=kim%40harbour-tools.com';
  const stranger = await get(asked);
  expect([stranger.status, stranger.headers.get('location')]).toEqual([
    303,
    `/sign-in?next=${encodeURIComponent(asked)}`,
  ]);
  const known = await get(asked, { cookie });
  expect(known.status).toBe(303);
  expect(await (await get(known.headers.get('location') ?? '', { cookie })).text()).toContain(
    'Harbour Tools',
  );
  expect((await get('/accounts/by?domain=nobody-knows.com', { cookie })).status).toBe(404);
  expect((await get('/accounts/by', { cookie })).status).toBe(400);
});

test('a link opens in a browser that has never been here, from the moment it is made to the moment it is ended', async () => {
  const account =
    (await get('/accounts/by?domain=harbour-tools.com', { cookie })).headers.get('location') ?? '';
  const made = await post(
    `${account}/share`,
    { days: '1', password: 'correct horse' },
    { cookie, origin: server.url },
  );
  const link = /http:\/\/[^\s"<]+\/shared\/[\w-]{43}/.exec(await made.text())?.[0] ?? '';
  expect(link.startsWith(server.url)).toBe(true);
  const asked = await get(link);
  expect([asked.status, asked.headers.get('referrer-policy'), asked.headers.get('cache-control')]).toEqual([
    200,
    'no-referrer',
    'no-store',
  ]);
  expect(await asked.text()).not.toMatch(/harbour/i);
  const given = await post(link, { password: 'correct horse' }, { origin: 'null' });
  const kept = given.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const journey = await (await get(link, { cookie: kept })).text();
  expect(journey).toContain('Harbour Tools');
  expect(journey).toContain('/pricing');
  expect(journey).not.toContain('kim');
  const [share] = await server.rooms.store.shares(Number(account.split('/')[2]), 9);
  expect(share).toMatchObject({
    madeBy: 'owner@example.com',
    hasPassword: true,
    openedAt: expect.any(Number),
  });
  await post(`/shares/${share?.id}/revoke`, {}, { cookie, origin: server.url });
  expect((await get(link, { cookie: kept })).status).toBe(404);
});

test('another site can make no link in somebody’s name', async () => {
  const answer = await post('/accounts/1/share', { days: '1' }, { cookie, origin: 'https://evil.example' });
  expect(answer.status).toBe(403);
});
