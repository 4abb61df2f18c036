/** The live stream through the real server: what was stored is told, and nobody holds the server open. */
import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let cookie: string;

beforeEach(async () => {
  server = await startTestServer();
  const link = await server.auth.inviteUser('kim@lumen.example', 'sales');
  const outcome = await server.auth.acceptInvite(new URL(link, server.url).searchParams.get('token') ?? '');
  if ('refused' in outcome) throw new Error(outcome.refused);
  cookie = outcome.cookies.map((one) => one.split(';')[0]).join('; ');
});
let isClosed = false;
afterEach(async () => {
  if (!isClosed) await server.close();
  isClosed = false;
});

/** Reads a stream until its text holds something. */
async function until(reader: ReadableStreamDefaultReader<Uint8Array>, word: string): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  while (!text.includes(word)) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the stream ended before it said "${word}"`);
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

async function watch() {
  const response = await fetch(`${server.url}/live/events`, { headers: { cookie } });
  expect(response.status).toBe(200);
  if (response.body === null) throw new Error('the answer has no body');
  return response.body.getReader();
}

test('a visit is told within a moment, by nobody’s asking', async () => {
  const reader = await watch();
  await until(reader, 'event: moment');
  expect((await server.send(batch(server.site.key, [pageView()]))).status).toBe(204);
  expect(await until(reader, '1 visit without')).toContain('1 page in the last 30 minutes');
  await reader.cancel();
});

test('the server stops though somebody watches, and ends their stream', async () => {
  const reader = await watch();
  await until(reader, 'event: moment');
  isClosed = true;
  await server.close();
  // Ended, and not torn off as what is left after the grace for requests under way.
  expect((await reader.read()).done).toBe(true);
});

test('a viewer who hangs up leaves room for the next', async () => {
  for (let count = 0; count < 55; count++) {
    const closed = new Promise<void>((resolve, reject) => {
      const asked = request(`${server.url}/live/events`, { headers: { cookie } }, (response) => {
        expect(response.statusCode).toBe(200);
        response.once('data', () => response.destroy());
        response.once('close', resolve);
      });
      asked.once('error', reject);
      asked.end();
    });
    await closed;
  }
  const reader = await watch();
  await until(reader, 'event: moment');
  await reader.cancel();
});
