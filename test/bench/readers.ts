/**
 * How long an event waits while the dashboard's heaviest reports are asked for again and again: read on the writer's
 * thread, and in threads beside it. Two servers on copies of one store take turns, each alone and under reports.
 * Whoever sends goes first where processors are short, and whoever asks for reports last: they stand for other machines.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { constants, getPriority, setPriority, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Answers, Asked } from './ask-again.ts';
import { type MeasuredServer, startMeasured } from './measured-server.ts';
import type { Years } from './year.ts';

export interface ReadersResult {
  name: string;
  /** Milliseconds from the moment at which the batch was sent, whether or not those before were answered. */
  p50Ms: number;
  p99Ms: number;
  worstMs: number;
  /** By how much the sender itself was late: the 99th of a hundred. */
  lateMs: number;
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
  const priority = getPriority();
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
    goFirst();
    const measured = cases.map(() => [] as Omit<ReadersResult, 'name'>[]);
    // The first round is not measured: compiled code, warm caches.
    for (let round = 0; round <= rounds; round += 1)
      for (const [index, { server, reports }] of cases.entries()) {
        const found = await measure(server, reports, `${round}-${index}`);
        if (round > 0) measured[index]?.push(found);
      }
    return cases.map(({ name }, index) => ({ name, ...medians(measured[index] ?? []) }));
  } finally {
    setPriority(priority);
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
  const asker = fork(fileURLToPath(new URL('./ask-again.js', import.meta.url)));
  asker.send({ url: server.url, cookie: server.cookie, reports } satisfies Asked);
  const waits: number[] = [];
  const late: number[] = [];
  const start = performance.now();
  const sent: Promise<void>[] = [];
  for (let number = 0; number < batchesPerSecond * secondsPerRound; number += 1) {
    const due = start + (number * 1000) / batchesPerSecond;
    const body = batchOf(server.key, `${unique}-${number}`, number);
    await setTimeout(Math.max(0, due - performance.now()));
    const begun = performance.now();
    late.push(begun - due);
    sent.push(
      send(agent, server, body).then((status) => {
        if (status !== 204) throw new Error(`a batch was answered with ${status}`);
        waits.push(performance.now() - begun);
      }),
    );
  }
  await Promise.all(sent);
  const seconds = (performance.now() - start) / 1000;
  const answered = once(asker, 'message');
  asker.send('over');
  const [read] = (await answered) as [Answers];
  agent.destroy();
  return {
    p50Ms: part(waits, 0.5),
    p99Ms: part(waits, 0.99),
    worstMs: part(waits, 1),
    lateMs: part(late, 0.99),
    reportsPerSecond: read.length / seconds,
    reportMs: part(read, 0.5),
  };
}

/** @returns the status, once the whole answer is here */
function send(agent: http.Agent, server: MeasuredServer, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${server.url}/e`,
      {
        agent,
        method: 'POST',
        headers: {
          'user-agent':
            'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
          'x-forwarded-for': '198.51.100.7',
          'content-type': 'text/plain',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
        response.once('error', reject);
      },
    );
    request.once('error', reject);
    request.end(body);
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

function goFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGH);
  } catch {
    // Only the administrator may; the table says how late the sender was.
  }
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
    lateMs: middle((one) => one.lateMs),
    reportsPerSecond: middle((one) => one.reportsPerSecond),
    reportMs: middle((one) => one.reportMs),
  };
}
