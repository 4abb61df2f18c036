/**
 * How long an event waits while the dashboard's heaviest reports are asked for again and again: read on the writer's
 * thread, and in threads beside it. Two servers on copies of one store take turns, each alone and under reports.
 */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type MeasuredServer, startMeasured } from './measured-server.ts';
import type { Years } from './year.ts';

export interface ReadersResult {
  name: string;
  /** Milliseconds from the moment at which the batch was due until its answer. */
  p50Ms: number;
  p99Ms: number;
  worstMs: number;
  /** Reports answered meanwhile, a second, and how long the middle one took. */
  reportsPerSecond: number;
  reportMs: number;
}

const rounds = 5;
const secondsPerRound = 6;
/** Batches of a busy site; they come when they are due, whether or not those before are answered. */
const batchesPerSecond = 25;
const eventsPerBatch = 20;
const year = 'period=custom&from=2026-06-01&to=2027-04-30';
/** The one that walks the most. */
const heaviest = [`/accounts?sort=people&${year}`];
/** People who look at reports at the same time, each asking again as soon as an answer is there. */
const four = [
  ...heaviest,
  `/accounts?view=unknown&${year}`,
  `/accounts?sort=pages&${year}`,
  `/accounts.csv?${year}`,
];

export async function benchReaders(years: Years, events = 1_000_000): Promise<ReadersResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-readers-'));
  const folders = ['here', 'threads'].map((name) => path.join(folder, name));
  const servers: MeasuredServer[] = [];
  try {
    const year = await years.of(events);
    for (const one of folders) {
      await mkdir(one);
      await copyFile(path.join(year.folder, 'footlight.db'), path.join(one, 'footlight.db'));
    }
    const here = await startMeasured('footlight', [folders[0] ?? '', 'full', '', 'read-here']);
    servers.push(here);
    const threads = await startMeasured('footlight', [folders[1] ?? '']);
    servers.push(threads);
    const cases = [
      { name: 'one thread, no reports', server: here, reports: [] },
      { name: 'one thread, the heaviest report', server: here, reports: heaviest },
      { name: 'one thread, four reports at once', server: here, reports: four },
      { name: 'readers beside it, no reports', server: threads, reports: [] },
      { name: 'readers beside it, the heaviest report', server: threads, reports: heaviest },
      { name: 'readers beside it, four reports at once', server: threads, reports: four },
    ];
    const measured = cases.map(() => [] as Omit<ReadersResult, 'name'>[]);
    // The first round is not measured: compiled code, warm caches.
    for (let round = 0; round <= rounds; round += 1)
      for (const [index, { server, reports }] of cases.entries()) {
        const found = await measure(server, reports, `${round}-${index}`);
        if (round > 0) measured[index]?.push(found);
      }
    return cases.map(({ name }, index) => ({ name, ...medians(measured[index] ?? []) }));
  } finally {
    for (const server of servers) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  server: MeasuredServer,
  reports: readonly string[],
  unique: string,
): Promise<Omit<ReadersResult, 'name'>> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const read: number[] = [];
  const waits: number[] = [];
  let isOver = false;
  const readers = reports.map(async (report) => {
    while (!isOver) {
      const start = performance.now();
      const status = await ask(agent, server, report, null);
      // A server that is asked for too much says so; that is an answer too, but no report.
      if (status === 200) read.push(performance.now() - start);
      else if (status === 503) await setTimeout(100);
      else throw new Error(`${report} was answered with ${status}`);
    }
  });
  const start = performance.now();
  const sent: Promise<void>[] = [];
  for (let number = 0; number < batchesPerSecond * secondsPerRound; number += 1) {
    const due = start + (number * 1000) / batchesPerSecond;
    await setTimeout(Math.max(0, due - performance.now()));
    const body = batchOf(server.key, `${unique}-${number}`, number);
    sent.push(
      ask(agent, server, '/e', body).then((status) => {
        if (status !== 204) throw new Error(`a batch was answered with ${status}`);
        waits.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(sent);
  isOver = true;
  await Promise.all(readers);
  agent.destroy();
  return {
    p50Ms: part(waits, 0.5),
    p99Ms: part(waits, 0.99),
    worstMs: part(waits, 1),
    reportsPerSecond: (read.length * 1000) / (performance.now() - start),
    reportMs: part(read, 0.5),
  };
}

/** @returns the status, once the whole answer is here */
function ask(agent: http.Agent, server: MeasuredServer, at: string, body: string | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${server.url}${at}`,
      {
        agent,
        method: body === null ? 'GET' : 'POST',
        headers: {
          'user-agent':
            'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
          'x-forwarded-for': '198.51.100.7',
          ...(body === null
            ? { cookie: server.cookie }
            : { 'content-type': 'text/plain', 'content-length': Buffer.byteLength(body) }),
        },
      },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
        response.once('error', reject);
      },
    );
    request.once('error', reject);
    request.end(body ?? undefined);
  });
}

function batchOf(key: string, unique: string, number: number): string {
  return JSON.stringify({
    v: 1,
    site: key,
    visitor: `visitor-${number % 2_000}-${unique.split('-')[0]}`,
    events: Array.from({ length: eventsPerBatch }, (_, index) => ({
      id: `event-${unique}-${index}`,
      type: 'page',
      url: `https://www.lumen.example/page-${(number + index) % 300}?utm_source=news&utm_medium=email`,
      title: `Page number ${(number + index) % 300} of a site with titles of a usual length`,
      referrer: 'https://www.google.com/',
    })),
  });
}

/** The value below which a share of them lies. */
function part(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Of each figure the middle round's: a slow minute of the machine is nobody's fault. */
function medians(all: readonly Omit<ReadersResult, 'name'>[]): Omit<ReadersResult, 'name'> {
  const middle = (of: (one: Omit<ReadersResult, 'name'>) => number) => part(all.map(of), 0.5);
  return {
    p50Ms: middle((one) => one.p50Ms),
    p99Ms: middle((one) => one.p99Ms),
    worstMs: middle((one) => one.worstMs),
    reportsPerSecond: middle((one) => one.reportsPerSecond),
    reportMs: middle((one) => one.reportMs),
  };
}
