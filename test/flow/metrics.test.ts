import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

const token = 'a-token-of-the-owner';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ FOOTLIGHT_METRICS_TOKEN: token });
});
afterAll(() => server.close());

async function metric(line: string): Promise<number> {
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const found = (await response.text()).split('\n').find((one) => one.startsWith(`${line} `));
  return Number(found?.split(' ').at(-1));
}

describe('/metrics', () => {
  test('tells what was stored and what was refused, with its reason', async () => {
    const twice = pageView();
    const before = await metric('footlight_events_stored_total');
    await server.send(batch(server.site.key, [twice, pageView(), { type: 'page' }]));
    await server.send(batch(server.site.key, [twice]));
    expect(await metric('footlight_events_stored_total')).toBe(before + 2);
    expect(await metric('footlight_events_refused_total{reason="schema"}')).toBe(1);
    expect(await metric('footlight_events_refused_total{reason="duplicate"}')).toBe(1);
    // There from the start, so that a rate of it is right.
    expect(await metric('footlight_events_refused_total{reason="busy"}')).toBe(0);
  });

  test('tells of each step, of the commits and of the queue', async () => {
    await server.send(batch(server.site.key, [pageView()]));
    const count = await metric('footlight_step_events_total{step="company"}');
    expect(count).toBeGreaterThan(0);
    expect(await metric('footlight_step_seconds_total{step="company"}')).toBeGreaterThan(0);
    await server.send(batch(server.site.key, [pageView()]));
    expect(await metric('footlight_step_events_total{step="company"}')).toBe(count + 1);
    const commits = await metric('footlight_commit_seconds_count');
    expect(commits).toBeGreaterThan(0);
    expect(await metric('footlight_commit_events_sum')).toBeGreaterThanOrEqual(commits);
    expect(await metric('footlight_queue_events')).toBe(0);
    expect(await metric('footlight_queue_bytes')).toBe(0);
    expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  test('tells of messages: what waits and for how long, what was delivered and what was given up', async () => {
    const { store } = server.rooms;
    const now = Date.now();
    const message = { kind: 'test', askedBy: 'kim@example.com' } as const;
    const letter = { channel: 'slack', recipient: '', message } as const;
    // Due far ahead, so that nobody tries it meanwhile.
    await store.queueMessages([{ ...letter, key: 'later', dueAt: now + 9e9 }], now - 60_000);
    expect(await metric('footlight_messages_waiting{channel="slack"}')).toBe(1);
    expect(await metric('footlight_messages_waiting{channel="mail"}')).toBe(0);
    expect(await metric('footlight_messages_oldest_seconds{channel="slack"}')).toBeGreaterThanOrEqual(60);
    expect(await metric('footlight_messages_oldest_seconds{channel="mail"}')).toBe(0);
    expect(await metric('footlight_messages_total{outcome="dead"}')).toBe(0);
    expect(await metric('footlight_notices_total')).toBe(0);
    await store.queueMessages([{ ...letter, key: 'now', dueAt: now }], now);
    await server.alerts.deliver();
    // There is no webhook, so it is tried again later.
    expect(await metric('footlight_messages_total{outcome="later"}')).toBe(1);
    expect(await metric('footlight_messages_waiting{channel="slack"}')).toBe(2);
  });

  test.each([
    ['without a token', {}],
    ['with another token', { authorization: 'Bearer another-token-altogether' }],
    ['with the token in another scheme', { authorization: `Basic ${token}` }],
  ])('says nothing to whoever comes %s, from this machine or not', async (_, headers) => {
    const response = await fetch(`${server.url}/metrics`, { headers: headers as Record<string, string> });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('footlight_events');
  });

  test('is closed to everybody where the owner set no token', async () => {
    const closed = await startTestServer();
    try {
      for (const authorization of ['Bearer ', 'Bearer null', `Bearer ${token}`])
        expect((await fetch(`${closed.url}/metrics`, { headers: { authorization } })).status).toBe(401);
    } finally {
      await closed.close();
    }
  });

  test('a token that could be guessed is refused at the start, and not shown', async () => {
    const short = startTestServer({ FOOTLIGHT_METRICS_TOKEN: 'short' });
    await expect(short).rejects.toThrow('FOOTLIGHT_METRICS_TOKEN=(not shown): is shorter than 16 characters');
  });
});
