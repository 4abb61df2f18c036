/**
 * What one event costs the server, in CPU of its process, beside a bare server that takes the same bytes in the same
 * run. The two take turns, so that a slow minute of the machine slows both.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sendLoad } from '../support/load.ts';
import { type MeasuredServer, startMeasured } from './measured-server.ts';
import { visitorKey, type Years, yearsEnd } from './year.ts';

export interface IngestResult {
  name: string;
  requestsPerSecond: number;
  cpuUsPerRequest: number;
  eventsPerRequest: number;
  p99Ms: number;
  /** Memory of the server after its last round. */
  rssBytes: number;
}

const rounds = 5;
const requestsPerRound = 6_000;
const connections = 64;

export async function benchIngest(): Promise<IngestResult[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footlight-bench-'));
  const bare = await startMeasured('bare');
  const ours = await startMeasured('footlight', [path.join(dataDir, 'full'), 'full']);
  const normal = await startMeasured('footlight', [path.join(dataDir, 'normal'), 'normal']);
  try {
    const cases = [
      { name: 'bare node:http, one event', server: bare, events: 1, ...wire },
      { name: 'POST /e, one event', server: ours, events: 1, ...wire },
      { name: 'the same at NORMAL, which can lose events', server: normal, events: 1, ...wire },
      { name: 'bare node:http, 20 events', server: bare, events: 20, ...wire },
      { name: 'POST /e, 20 events', server: ours, events: 20, ...wire },
      { name: 'the same 20 at NORMAL', server: normal, events: 20, ...wire },
      { name: 'bare node:http, 20 calls of Segment’s API', server: bare, events: 20, ...calls },
      { name: 'POST /v1/batch, 20 calls', server: ours, events: 20, ...calls },
    ];
    // Once unmeasured: compiled code, warm caches, on both sides.
    for (const one of cases) await load(one, 0);
    const samples = new Map(cases.map((one) => [one.name, [] as Omit<IngestResult, 'name'>[]]));
    for (let round = 1; round <= rounds; round += 1)
      for (const one of cases) samples.get(one.name)?.push(await load(one, round));
    return cases.map(({ name }) => ({ name, ...medians(samples.get(name) ?? []) }));
  } finally {
    await bare.stop();
    await ours.stop();
    await normal.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/**
 * The same batches where more is stored already, sent by browsers that have been there before: what an event costs
 * must not grow with what is stored.
 */
export async function benchIngestGrowth(years: Years, sizes: readonly number[]): Promise<IngestResult[]> {
  const results: IngestResult[] = [];
  const bare = await startMeasured('bare');
  try {
    for (const events of sizes) {
      const { folder } = await years.of(events);
      const ours = await startMeasured('footlight', [folder, 'full', String(yearsEnd)]);
      try {
        const returning = { ...wire, body: returningBody };
        const cases = [
          {
            name: `bare beside ${events.toLocaleString('en')} stored`,
            server: bare,
            events: 20,
            ...returning,
          },
          {
            name: `POST /e, 20 events, ${events.toLocaleString('en')} stored`,
            server: ours,
            events: 20,
            ...returning,
          },
        ];
        for (const one of cases) await load(one, 0);
        const samples = cases.map(() => [] as Omit<IngestResult, 'name'>[]);
        for (let round = 1; round <= rounds; round += 1)
          for (const [index, one] of cases.entries()) samples[index]?.push(await load(one, round));
        results.push(...cases.map(({ name }, index) => ({ name, ...medians(samples[index] ?? []) })));
      } finally {
        await ours.stop();
      }
    }
    return results;
  } finally {
    await bare.stop();
  }
}

interface Case {
  server: MeasuredServer;
  events: number;
  path: string;
  body(key: string, unique: string, number: number, events: number): string;
  headers(key: string, number: number): Record<string, string>;
}

async function load(one: Case, round: number): Promise<Omit<IngestResult, 'name'>> {
  const { server, events: eventsPerRequest } = one;
  const { key } = server;
  const requests = Math.ceil(requestsPerRound / Math.sqrt(eventsPerRequest));
  const before = await server.usage();
  const result = await sendLoad({
    url: `${server.url}${one.path}`,
    connections,
    requests,
    body: (number) => one.body(key, `${round}-${eventsPerRequest}-${number}`, number, eventsPerRequest),
    headers: (number) => one.headers(key, number),
  });
  const after = await server.usage();
  if (result.acknowledged !== requests)
    throw new Error(`${requests - result.acknowledged} of ${requests} requests were not stored`);
  return {
    eventsPerRequest,
    requestsPerSecond: requests / result.seconds,
    cpuUsPerRequest: (after.cpuUs - before.cpuUs) / requests,
    rssBytes: after.rssBytes,
    p99Ms: result.latencies[Math.floor(result.latencies.length * 0.99)] ?? 0,
  };
}

const wire = {
  path: '/e',
  body,
  headers: (_key: string, number: number) => ({ 'x-forwarded-for': `198.51.100.${number % 250}` }),
};

const calls = {
  path: '/v1/batch',
  body: (_key: string, unique: string, number: number, events: number) =>
    JSON.stringify({
      batch: Array.from({ length: events }, (_, index) => ({
        type: 'page',
        messageId: `node-next-${unique}-${index}`,
        anonymousId: `visitor-${number % 2_000}`,
        timestamp: new Date().toISOString(),
        properties: {
          url: `https://www.lumen.example/page-${(number + index) % 300}`,
          title: `Page number ${(number + index) % 300} of a site with titles of a usual length`,
        },
        context: { library: { name: '@segment/analytics-node', version: '2.3.0' } },
      })),
      sentAt: new Date().toISOString(),
    }),
  headers: (key: string) => ({
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
  }),
};

/** Visitors of the year, in an order that no index likes. */
function returningBody(key: string, unique: string, number: number, events: number): string {
  return body(key, unique, number, events).replace(`visitor-${number % 2_000}`, visitorKey(number * 31 + 7));
}

function body(key: string, unique: string, number: number, events: number): string {
  return JSON.stringify({
    v: 1,
    site: key,
    visitor: `visitor-${number % 2_000}`,
    events: Array.from({ length: events }, (_, index) => ({
      id: `event-${unique}-${index}`,
      type: 'page',
      url: `https://www.lumen.example/page-${(number + index) % 300}?utm_source=news&utm_medium=email`,
      title: `Page number ${(number + index) % 300} of a site with titles of a usual length`,
      referrer: 'https://www.google.com/',
    })),
  });
}

function medians(samples: readonly Omit<IngestResult, 'name'>[]): Omit<IngestResult, 'name'> {
  const median = (of: (sample: Omit<IngestResult, 'name'>) => number) => {
    const sorted = samples.map(of).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {
    eventsPerRequest: median((sample) => sample.eventsPerRequest),
    requestsPerSecond: median((sample) => sample.requestsPerSecond),
    cpuUsPerRequest: median((sample) => sample.cpuUsPerRequest),
    p99Ms: median((sample) => sample.p99Ms),
    rssBytes: samples.at(-1)?.rssBytes ?? 0,
  };
}
