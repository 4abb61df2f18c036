/**
 * What one event costs the server, in CPU of its process, beside a bare server that takes the same bytes in the same
 * run. The two take turns, so that a slow minute of the machine slows both.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sendLoad } from '../support/load.ts';
import { type MeasuredServer, startMeasured } from './measured-server.ts';

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
      { name: 'bare node:http, one event', server: bare, events: 1 },
      { name: 'POST /e, one event', server: ours, events: 1 },
      { name: 'the same at NORMAL, which can lose events', server: normal, events: 1 },
      { name: 'bare node:http, 20 events', server: bare, events: 20 },
      { name: 'POST /e, 20 events', server: ours, events: 20 },
      { name: 'the same 20 at NORMAL', server: normal, events: 20 },
    ];
    // Once unmeasured: compiled code, warm caches, on both sides.
    for (const one of cases) await load(one.server, one.server.key, one.events, 0);
    const samples = new Map(cases.map((one) => [one.name, [] as Omit<IngestResult, 'name'>[]]));
    for (let round = 1; round <= rounds; round += 1)
      for (const one of cases)
        samples.get(one.name)?.push(await load(one.server, one.server.key, one.events, round));
    return cases.map(({ name }) => ({ name, ...medians(samples.get(name) ?? []) }));
  } finally {
    await bare.stop();
    await ours.stop();
    await normal.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function load(
  server: MeasuredServer,
  key: string,
  eventsPerRequest: number,
  round: number,
): Promise<Omit<IngestResult, 'name'>> {
  const requests = Math.ceil(requestsPerRound / Math.sqrt(eventsPerRequest));
  const before = await server.usage();
  const result = await sendLoad({
    url: `${server.url}/e`,
    connections,
    requests,
    body: (number) => body(key, `${round}-${eventsPerRequest}-${number}`, number, eventsPerRequest),
    headers: (number) => ({ 'x-forwarded-for': `198.51.100.${number % 250}` }),
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
