/** Runs the benchmarks and writes their table to `docs/benchmarks.md`. Arguments: names of those to run. */
import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../collector/package-root.ts';
import { benchCrash } from './crash.ts';
import { benchIngest, type IngestResult } from './ingest.ts';
import { benchPageCost } from './page-cost.ts';
import { benchReaders, type ReadersResult } from './readers.ts';
import { benchStorage } from './storage.ts';
import { benchTracker } from './tracker.ts';

const sections: { name: string; run(): Promise<string> }[] = [
  {
    name: 'tracker',
    async run() {
      const builds = await benchTracker();
      return table(
        'Tracker',
        ['bytes', 'raw', 'gzip-9', 'brotli-11'],
        builds.map(({ name, raw, gzip, brotli }) => [`\`${name}\``, raw, gzip, brotli]),
      );
    },
  },
  {
    name: 'page',
    async run() {
      const cost = await benchPageCost();
      const ms = (value: number) => value.toFixed(2);
      return table(
        'What the tag costs its page (Chromium, processor slowed down four times)',
        ['what', 'figure'],
        [
          ['running the script, new visitor, median of 15 loads', `${ms(cost.installMs.tag)} ms`],
          ['the same, the worst of them', `${ms(cost.installMs.tagWorst)} ms`],
          ['the same, visitor known', `${ms(cost.returnMs)} ms`],
          ['running a script that does nothing', `${ms(cost.installMs.nothing)} ms`],
          ['what follows until the view is stored', `${ms(cost.afterwardsMs)} ms`],
          ['longest single run of its code', `${ms(cost.longestMs)} ms`],
          ['one `input` event in a form', `${cost.inputMs.toFixed(3)} ms`],
          ['layouts that it forced, in all of this and a scroll', cost.forcedLayouts],
          [
            "page's heap after 1,000 and 10,000 route changes",
            cost.heapKb.map((kb) => `${kb.toFixed(0)} KB`).join(', '),
          ],
        ],
      );
    },
  },
  { name: 'ingest', run: async () => ingestTable(await benchIngest()) },
  { name: 'readers', run: async () => readersTable(await benchReaders()) },
  {
    name: 'storage',
    async run() {
      const { events, bytesPerEvent, secondsToStore } = await benchStorage();
      return table(
        'Storage',
        ['events', 'bytes an event, all in', 'stored a second'],
        [[events.toLocaleString('en'), bytesPerEvent.toFixed(0), Math.round(events / secondsToStore)]],
      );
    },
  },
  {
    name: 'crash',
    async run() {
      const rounds = await benchCrash();
      return table(
        'Killed under load',
        ['round', 'acknowledged', 'a second', 'missing', 'doubled', 'verify'],
        rounds.map((round, index) => [
          index + 1,
          round.acknowledged,
          round.perSecond,
          round.missing,
          round.doubled,
          round.verify ? 'ok' : 'differs',
        ]),
      );
    },
  },
];

function ingestTable(results: readonly IngestResult[]): string {
  const bareCpu = results[0]?.cpuUsPerRequest ?? 0;
  return table(
    'Ingest',
    [
      'server',
      'requests/s',
      'CPU µs a request',
      'CPU µs an event',
      'events for the CPU of one bare request',
      'p99 ms',
    ],
    results.map((one) => [
      one.name,
      Math.round(one.requestsPerSecond),
      one.cpuUsPerRequest.toFixed(1),
      (one.cpuUsPerRequest / one.eventsPerRequest).toFixed(1),
      ((bareCpu / one.cpuUsPerRequest) * one.eventsPerRequest).toFixed(2),
      one.p99Ms.toFixed(1),
    ]),
  );
}

function readersTable(results: readonly ReadersResult[]): string {
  return table(
    'Events under reports (25 batches of 20 a second, 300,000 events stored before, four readers of the heaviest lists)',
    ['server', 'p50 ms', 'p99 ms', 'worst ms', 'reports a second', 'median report ms'],
    results.map((one) => [
      one.name,
      one.p50Ms.toFixed(1),
      one.p99Ms.toFixed(1),
      one.worstMs.toFixed(0),
      one.reportsPerSecond.toFixed(1),
      one.reportMs.toFixed(0),
    ]),
  );
}

function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0)
  throw new Error(
    `no benchmark "${unknown.join('", "')}"; there are ${sections.map(({ name }) => name).join(', ')}`,
  );

const parts: string[] = [];
for (const section of sections.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  process.stderr.write(`${section.name} …\n`);
  const text = await section.run();
  process.stdout.write(`${text}\n`);
  parts.push(text);
}

if (asked.length === 0) {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`;
  const intro = [
    '# Benchmarks',
    '',
    'Written by `npm run bench`. Each figure is a median; each server is beside a bare one that takes the same bytes in the same run, in turns.',
    '',
    `Machine: ${machine}.`,
    '',
  ].join('\n');
  await writeFile(path.join(packageRoot, 'docs/benchmarks.md'), `${intro}\n${parts.join('\n')}`);
}
