import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ReadGivenUp } from '../collector/store/store.ts';
import { openDashboard, origin, type TestDashboard } from '../test/support/dashboard.ts';

let dashboard: TestDashboard;
let cookie: string;

beforeAll(async () => {
  dashboard = await openDashboard({ traffic: true });
  cookie = await dashboard.signIn('sales');
});
afterEach(() => vi.restoreAllMocks());

const get = (path: string) => dashboard.app.request(origin + path, { headers: { cookie } });

test('a list that took too long is a page that says what to do, inside the usual frame', async () => {
  vi.spyOn(dashboard.store, 'accounts').mockRejectedValue(
    new ReadGivenUp('too-long', 'accounts took more than 15000 ms'),
  );
  const answer = await get('/accounts');
  expect(answer.status).toBe(503);
  const page = await answer.text();
  expect(page).toContain('That took too long');
  expect(page).toContain('Choose a shorter period');
  expect(page).toContain('sales@millrace.example');
  expect(page).not.toContain('15000');
});

test('where too many ask at once, a page says when to come again', async () => {
  vi.spyOn(dashboard.store, 'overview').mockRejectedValue(new ReadGivenUp('busy', '64 reads wait already'));
  const answer = await get('/accounts');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('5');
  const page = await answer.text();
  expect(page).toContain('Try again in a few seconds');
  expect(page).not.toContain('64 reads');
});

test('an export that cannot begin is told as a page and not as half a file', async () => {
  vi.spyOn(dashboard.store, 'eachAccount').mockReturnValue({
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.reject(new ReadGivenUp('too-long', 'accountOrder took more than 15000 ms')),
    }),
  });
  const answer = await get('/accounts.csv');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('content-disposition')).toBeNull();
  expect(await answer.text()).toContain('That took too long');
});

test('any other error is not called slowness, but left to who logs it', async () => {
  vi.spyOn(dashboard.store, 'overview').mockRejectedValue(new Error('the disk is gone'));
  const seen: string[] = [];
  const around = new Hono().route('/', dashboard.app);
  around.onError((error, c) => {
    seen.push(error.message);
    return c.text('Something went wrong on our side', 500);
  });
  const answer = await around.request(`${origin}/accounts`, { headers: { cookie } });
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('too long');
  expect(seen).toEqual(['the disk is gone']);
});

test('whoever closes the page ends its reading', async () => {
  let tell: (signal: AbortSignal) => void = () => undefined;
  const asked = new Promise<AbortSignal>((resolve) => {
    tell = resolve;
  });
  vi.spyOn(dashboard.store, 'whileWanted').mockImplementation((signal, ask) => {
    tell(signal);
    return ask();
  });
  vi.spyOn(dashboard.store, 'overview').mockImplementation(async () => {
    const signal = await asked;
    if (!signal.aborted) await once(signal, 'abort');
    throw new ReadGivenUp('unwanted', 'whoever asked has gone');
  });
  const server = serve({ fetch: dashboard.app.fetch, port: 0, hostname: '127.0.0.1' });
  try {
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const reader = new AbortController();
    const page = fetch(`http://127.0.0.1:${port}/accounts`, { headers: { cookie }, signal: reader.signal });
    const signal = await asked;
    expect(signal.aborted).toBe(false);
    const ended = once(signal, 'abort');
    reader.abort();
    await expect(page).rejects.toThrow('aborted');
    await ended;
  } finally {
    server.close();
  }
});

test('a page is read for as long as its reader is there; what changes something is not', async () => {
  const whileWanted = vi.spyOn(dashboard.store, 'whileWanted');
  await get('/accounts');
  expect(whileWanted).toHaveBeenCalledTimes(1);
  await dashboard.app.request(`${origin}/theme`, {
    method: 'POST',
    body: 'theme=dark&back=/accounts',
    headers: {
      cookie,
      origin,
      'content-length': '25',
      'content-type': 'application/x-www-form-urlencoded',
    },
  });
  expect(whileWanted).toHaveBeenCalledTimes(1);
});
