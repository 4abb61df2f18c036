/**
 * Runs the benchmarks and writes their tables to `docs/benchmarks.md`, each in its own section. Arguments: names of
 * those to run; `--events N` adds a size to those at which storage and pages are measured.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, totalmem } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../collector/package-root.ts';
import { benchCrash } from './crash.ts';
import { benchImport } from './import.ts';
import { benchIngest, benchIngestGrowth, type IngestResult } from './ingest.ts';
import { benchPageCost } from './page-cost.ts';
import { benchPages, type PagesResult } from './pages.ts';
import { benchReaders, type ReadersResult } from './readers.ts';
import { benchRebuild } from './rebuild.ts';
import { benchStorage } from './storage.ts';
import { benchTracker } from './tracker.ts';
import { openYears } from './year.ts';

const { values, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', multiple: true } },
});
const sizes = [100_000, 1_000_000, ...(values.events ?? []).map(Number)].sort((a, b) => a - b);
if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 1_000))
  throw new Error(
    `--events ${values.events?.join(' ')}: give a number of 1,000 or more, e.g. --events 10000000`,
  );

const years = openYears();
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
  { name: 'ingest', run: async () => ingestTable('Ingest', await benchIngest()) },
  { name: 'readers', run: async () => readersTable(await benchReaders(years)) },
  {
    name: 'storage',
    async run() {
      const results = await benchStorage(years, sizes);
      return table(
        'Storage',
        ['events', 'bytes an event, all in', 'stored a second'],
        results.map(({ events, bytesPerEvent, perSecond }) => [
          whole(events),
          bytesPerEvent.toFixed(0),
          whole(perSecond),
        ]),
      );
    },
  },
  {
    name: 'import',
    async run() {
      const results = await benchImport();
      return table(
        'Access log',
        ['what', 'rows', 'rows for a second of CPU', 'rows a second'],
        results.map((one) => [
          one.name,
          whole(one.rows),
          whole(one.rowsPerCpuSecond),
          whole(one.rowsPerSecond),
        ]),
      );
    },
  },
  {
    name: 'rebuild',
    async run() {
      const one = await benchRebuild(1_000_000);
      return table(
        'Kept as it comes, and made anew',
        [
          'events sent',
          'of them stored',
          'decisions',
          'visits that they moved',
          'seconds to take in',
          'seconds to make anew',
          'rows that differ',
        ],
        [
          [
            whole(one.events),
            whole(one.stored),
            whole(one.decisions),
            whole(one.moved),
            one.seconds.toFixed(0),
            one.rebuildSeconds.toFixed(0),
            one.differences,
          ],
        ],
      );
    },
  },
  { name: 'pages', run: async () => pagesTable(await benchPages(years, sizes)) },
  {
    name: 'growth',
    run: async () => ingestTable('Ingest, by how much is stored', await benchIngestGrowth(years, sizes)),
  },
  {
    name: 'crash',
    async run() {
      const rounds = await benchCrash();
      return table(
        'Killed under load, 20 events a request',
        ['round', 'events acknowledged', 'a second', 'missing', 'doubled', 'verify'],
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

function ingestTable(title: string, results: readonly IngestResult[]): string {
  /** Each server's baseline is the bare one before it that took the same bytes. */
  let bareCpu = 0;
  return table(
    title,
    [
      'server',
      'requests/s',
      'CPU µs a request',
      'CPU µs an event',
      'events for the CPU of one bare request',
      'p99 ms',
      'memory after it, MB',
    ],
    results.map((one) => {
      if (one.name.startsWith('bare')) bareCpu = one.cpuUsPerRequest;
      return [
        one.name,
        Math.round(one.requestsPerSecond),
        one.cpuUsPerRequest.toFixed(1),
        (one.cpuUsPerRequest / one.eventsPerRequest).toFixed(1),
        ((bareCpu / one.cpuUsPerRequest) * one.eventsPerRequest).toFixed(2),
        one.p99Ms.toFixed(1),
        megabytes(one.rssBytes),
      ];
    }),
  );
}

function readersTable(results: readonly ReadersResult[]): string {
  return table(
    'Events under reports (25 batches of 20 a second, a million events stored before; each report is asked for again as soon as it is there, by a process that goes last)',
    ['server', 'p50 ms', 'p99 ms', 'worst ms', 'sender’s own p99', 'reports a second', 'median report ms'],
    results.map((one) => [
      one.name,
      one.p50Ms.toFixed(1),
      one.p99Ms.toFixed(1),
      one.worstMs.toFixed(0),
      one.lateMs.toFixed(1),
      one.reportsPerSecond.toFixed(1),
      one.reportMs.toFixed(0),
    ]),
  );
}

function pagesTable({ sizes: measured, pages, rssBytes }: PagesResult): string {
  const growth = (of: readonly number[]) => ((of.at(-1) ?? 0) / (of.at(-2) ?? of.at(-1) ?? 1)).toFixed(2);
  const largest = measured.slice(-2).map(whole).join(' to ');
  const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(0);
  return table(
    'Pages',
    [
      'page, median (worst) ms',
      ...measured.flatMap((size) => [`${whole(size)} events`, 'KB']),
      `growth, ${largest}`,
    ],
    [
      ...pages.map(({ page, ms, bytes }) => [
        `\`${page}\``,
        ...ms.flatMap(({ median, worst }, size) => [
          `${median.toFixed(1)} (${worst.toFixed(1)})`,
          kilobytes(bytes[size] ?? 0),
        ]),
        growth(ms.map(({ median }) => median)),
      ]),
      [
        'memory of the server afterwards, MB',
        ...rssBytes.flatMap((bytes) => [megabytes(bytes), '']),
        growth(rssBytes),
      ],
    ],
  );
}

const whole = (value: number) => Math.round(value).toLocaleString('en');
const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);

function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}

const unknown = asked.filter((name) => !sections.some((section) => section.name === name));
if (unknown.length > 0)
  throw new Error(
    `no benchmark "${unknown.join('", "')}"; there are ${sections.map(({ name }) => name).join(', ')}`,
  );

const file = path.join(packageRoot, 'docs/benchmarks.md');
try {
  for (const section of sections.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    process.stderr.write(`${section.name} …\n`);
    const text = await section.run();
    process.stdout.write(`${text}\n`);
    await writeFile(file, withSection(await readFile(file, 'utf8'), `${text}\n${machine()}\n`));
  }
} finally {
  await years.remove();
}

/** Told with each section: they need not all be of one machine and one day. */
function machine(): string {
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, load ${loadavg()[0]?.toFixed(1)}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}.`;
}

/** The document with this section in the place of the one with its heading, or at the end. */
function withSection(document: string, text: string): string {
  const heading = text.slice(0, text.indexOf('\n'));
  const [intro = '', ...parts] = document.split(/^(?=## )/m);
  const at = parts.findIndex((part) => part.startsWith(`${heading}\n`));
  const all = at < 0 ? [...parts, text] : parts.with(at, text);
  return `${[intro, ...all].map((part) => part.trimEnd()).join('\n\n')}\n`;
}
