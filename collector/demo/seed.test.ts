import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { WireBatch } from '../../tracker/wire.ts';
import { sendTraffic } from './seed.ts';
import { type PlannedRequest, planTraffic } from './traffic.ts';

const until = Date.UTC(2026, 6, 15, 14, 30);

interface Received {
  clock: number;
  headers: http.IncomingHttpHeaders;
  body: WireBatch;
}

let server: http.Server | undefined;
afterEach(() => server?.close());

/** An endpoint that notes what it gets and answers as it is told. */
async function startEndpoint(
  answer: (body: WireBatch) => { status: number; dropped?: string },
): Promise<{ endpoint: string; received: Received[]; setClock(ms: number): void }> {
  const received: Received[] = [];
  let clock = 0;
  server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as WireBatch;
    received.push({ clock, headers: request.headers, body });
    const { status, dropped } = answer(body);
    response.writeHead(status, dropped === undefined ? {} : { 'x-footlight-dropped': dropped }).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const setClock = (ms: number): void => {
    clock = ms;
  };
  return { endpoint: `http://127.0.0.1:${port}`, received, setClock };
}

const some = (count: number): PlannedRequest[] => planTraffic('a seed', until, 'site-key').slice(0, count);

describe('sending the demo’s traffic', () => {
  it('sends each event once, with its planned time, from its planned address', async () => {
    const requests = some(700);
    const { endpoint, received, setClock } = await startEndpoint(() => ({ status: 204 }));
    const result = await sendTraffic({ requests, endpoint, setClock, concurrency: 8, onProgress: () => {} });

    const told = (at: number, address: unknown, body: WireBatch): string[] =>
      body.events.map((event) => `${event.id} ${at - (event.ago ?? 0)} ${address}`);
    expect(
      received.flatMap((one) => told(one.clock, one.headers['x-forwarded-for'], one.body)).sort(),
    ).toEqual(requests.flatMap((one) => told(one.at, one.address, one.body)).sort());
    const events = requests.flatMap(({ body }) => body.events).length;
    expect(result).toEqual({ sent: events, stored: events, refused: {} });
    expect(received[0]?.headers['content-type']).toContain('text/plain');
  });

  it('sends one visitor’s requests in their order', async () => {
    const requests = some(700);
    const { endpoint, received, setClock } = await startEndpoint(() => ({ status: 204 }));
    await sendTraffic({ requests, endpoint, setClock, concurrency: 16, onProgress: () => {} });
    const idsOf = (bodies: WireBatch[], visitor: string | undefined): string[] =>
      bodies.filter((body) => body.visitor === visitor).flatMap(({ events }) => events.map(({ id }) => id));
    const visitors = new Set(requests.map(({ body }) => body.visitor));
    visitors.delete(undefined);
    for (const visitor of visitors) {
      const planned = requests.map(({ body }) => body);
      const arrived = received.map(({ body }) => body);
      expect(idsOf(arrived, visitor)).toEqual(idsOf(planned, visitor));
    }
  });

  it('counts what was refused by its reason', async () => {
    const requests = some(50);
    const { endpoint, setClock } = await startEndpoint(({ events }) => ({
      status: 403,
      dropped: `bot=${events.length}`,
    }));
    const result = await sendTraffic({ requests, endpoint, setClock, concurrency: 4, onProgress: () => {} });
    expect(result).toEqual({ sent: result.sent, stored: 0, refused: { bot: result.sent } });
  });

  it('reports its progress up to the last request', async () => {
    const requests = some(600);
    const { endpoint, setClock } = await startEndpoint(() => ({ status: 204 }));
    const steps: string[] = [];
    const onProgress = (done: number, total: number): void => {
      steps.push(`${done}/${total}`);
    };
    await sendTraffic({ requests, endpoint, setClock, concurrency: 4, onProgress });
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.at(-1)).toBe('600/600');
  });

  it('stops with the status when the collector fails', async () => {
    const { endpoint, setClock } = await startEndpoint(() => ({ status: 500 }));
    const sending = sendTraffic({
      requests: some(20),
      endpoint,
      setClock,
      concurrency: 4,
      onProgress: () => {},
    });
    await expect(sending).rejects.toThrow(/answered 500/);
  });

  it('says which collector it cannot reach', async () => {
    const { endpoint, setClock } = await startEndpoint(() => ({ status: 204 }));
    await new Promise((resolve) => server?.close(resolve));
    const sending = sendTraffic({
      requests: some(20),
      endpoint,
      setClock,
      concurrency: 4,
      onProgress: () => {},
    });
    await expect(sending).rejects.toThrow(`${endpoint}/e cannot be reached`);
  });
});
