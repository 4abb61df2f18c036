/**
 * `footlight lookup`: who is behind an address. `footlight reveal bench`: how well the company data at hand names those behind addresses, measured on labelled
 * ones.
 */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { type BenchResult, type Half, halfOf, type Label, type Share, scoreLabels } from '../reveal/bench.ts';
import { type LookupAnswer, lookupLine } from '../reveal/lookup.ts';
import type { Resolver } from '../reveal/resolver.ts';
import type { CommandTools } from './tools.ts';

interface BenchOptions {
  own?: boolean;
  json?: boolean;
  databases?: string;
  half?: Half;
}

const labelSchema = z.array(
  z.object({
    ip: z.string(),
    kinds: z.array(z.string()).default([]),
    account: z
      .object({
        name: z.string(),
        aliases: z.array(z.string()).default([]),
        domain: z.string().nullable().default(null),
      })
      .nullable(),
    tier: z.string().optional(),
    db: z.string().optional(),
    asn: z.number().optional(),
    as_name: z.string().optional(),
    why: z.string().optional(),
  }),
);

/** Rows that say so, or say nothing, are for the ordinary databases. */
const ordinary: readonly (string | undefined)[] = [undefined, 'asn', 'any'];

export function revealCommands(program: Command, tools: CommandTools): void {
  program
    .command('lookup')
    .description('say who is behind an address, with the evidence; one line of JSON each')
    .argument('[ip...]', 'addresses; none: one a line on stdin')
    .option('--json', 'always so; kept for scripts that say it')
    .action((ips: string[]) =>
      tools.withRooms(async ({ resolver, store }) => {
        // All of them: here nothing is stored that they could be applied to later.
        resolver.setRules(await store.ownerRules());
        const lines = ips.length > 0 ? ips : createInterface({ input: process.stdin, crlfDelay: Infinity });
        for await (const line of lines)
          process.stdout.write(`${JSON.stringify(lookupLine(resolver, line))}\n`);
      }),
    );

  program
    .command('reveal')
    .description('how addresses are named')
    .command('bench')
    .description(
      'score the company data on labelled addresses: precision, recall, speed, and each row it got wrong',
    )
    .argument('[file]', 'JSON: a list of {ip, kinds, account: {name, aliases, domain} or null, tier?, db?}')
    .option(
      '--own',
      'instead of a file: networks of people whose business e-mail says where they work, and what was said of them',
    )
    .option(
      '--databases <list>',
      'databases to use instead of the configured ones, comma-separated; name=path for rows that say db: name',
    )
    .addOption(
      new Option(
        '--half <half>',
        'only half of the rows, split by organisation: learn on A, check on B',
      ).choices(['A', 'B']),
    )
    .option('--json', 'the answer as JSON')
    .action((file: string | undefined, options: BenchOptions) => {
      if (options.own) return benchOwn(options, tools);
      if (file !== undefined) return bench(file, options, tools);
      throw new Error('give a file of labelled addresses, or --own');
    });
}

/** More networks than this say no more than these. */
const maxOwn = 10_000;

/** Scores what was said of networks at the time against the people who came from them: addresses are not kept. */
async function benchOwn(options: BenchOptions, { withRooms, answer }: CommandTools): Promise<void> {
  await withRooms(async ({ store }) => {
    const answers = new Map<Label, LookupAnswer>();
    for (const { prefix, employer, verdict } of await store.confirmedNetworks(maxOwn)) {
      const label = { ip: prefix, kinds: [verdict.kind], account: { ...employer, aliases: [] } };
      answers.set(label, { ip: prefix, ...verdict, account: verdict.company });
    }
    const result = scoreLabels([...answers.keys()], (label) => answers.get(label) as LookupAnswer);
    answer(options, { ...result, speed: null }, wordsOfResult(result, null));
  });
}

async function bench(file: string, options: BenchOptions, tools: CommandTools): Promise<void> {
  const labels = (await readLabels(file)).filter(
    (label) => options.half === undefined || halfOf(label) === options.half,
  );
  const run = async (resolverFor: (label: Label) => Resolver | undefined, openMs: number | null) => {
    const asked = labels.filter((label) => resolverFor(label) !== undefined);
    if (asked.length < labels.length)
      tools.say(
        `${labels.length - asked.length} rows are for databases that were not given (--databases name=path)`,
      );
    const result = scoreLabels(asked, (label) => {
      const resolver = resolverFor(label);
      if (resolver === undefined) throw new Error(`no database for ${label.ip}`);
      return lookupLine(resolver, label.ip);
    });
    const first = asked[0] === undefined ? undefined : resolverFor(asked[0]);
    const speed = first === undefined ? null : { openMs, ...measure(first) };
    tools.answer(options, { ...result, speed }, wordsOfResult(result, speed));
  };
  if (options.databases === undefined) {
    await tools.withRooms(({ resolver }) =>
      run((label) => (ordinary.includes(label.db) ? resolver : undefined), null),
    );
    return;
  }
  const { openReveal } = await import('../reveal/index.ts');
  const resolvers = new Map<string, Resolver>();
  const before = performance.now();
  for (const [name, databases] of namedDatabases(options.databases)) {
    resolvers.set(name, await openReveal({ databases, log: tools.say, watch: false }));
  }
  const openMs = performance.now() - before;
  await run((label) => resolvers.get(ordinary.includes(label.db) ? '' : (label.db ?? '')), openMs);
  for (const resolver of resolvers.values()) resolver.close();
}

async function readLabels(file: string): Promise<Label[]> {
  const parsed = labelSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${file} is no list of labelled addresses: ${issue?.path.join('.')}: ${issue?.message}`);
}

/** `a.mmdb,b.mmdb,isp=c.mmdb` → the unnamed under the empty name. */
function namedDatabases(list: string): Map<string, string[]> {
  const named = new Map<string, string[]>();
  for (const entry of list.split(',').filter((part) => part.trim() !== '')) {
    const [, name = '', file = ''] = /^(?:([\w-]+)=)?(.*)$/.exec(entry.trim()) ?? [];
    named.set(name, [...(named.get(name) ?? []), file]);
  }
  return named;
}

interface Speed {
  /** Null: opened by the settings, not measured. */
  openMs: number | null;
  medianUs: number;
  p99Us: number;
}

/** As a server that has run for a while: it has read most of the names it will see. */
const warmUp = 50_000;
const lookUps = 50_000;

/** Times single look-ups of addresses all over IPv4, each asked for the first time. */
function measure(resolver: Resolver): { medianUs: number; p99Us: number } {
  const times: number[] = [];
  for (let count = 0; count < warmUp + lookUps; count++) {
    // A full-period step through the address space, the same in each run.
    const value = Math.imul(count, 0x9e3779b1) >>> 0;
    const ip = `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
    const before = process.hrtime.bigint();
    resolver.resolve(ip);
    const after = process.hrtime.bigint();
    if (count >= warmUp) times.push(Number(after - before) / 1000);
  }
  times.sort((a, b) => a - b);
  const at = (quantile: number) => times[Math.floor(times.length * quantile)] ?? 0;
  return { medianUs: at(0.5), p99Us: at(0.99) };
}

function wordsOfResult(result: BenchResult, speed: Speed | null): string {
  const line = (name: string, { part, of }: Share) =>
    `${name.padEnd(44)} ${of === 0 ? '    –' : (part / of).toFixed(3)}  (${part} of ${of})`;
  const wrong = result.wrong.map(
    ({ ip, label, problem }) => `  ${ip.padEnd(16)} ${label.as_name ?? ''}: ${problem}`,
  );
  return [
    `${result.rows} rows`,
    line('precision of accounts', result.precision),
    line('recall at account', result.recall),
    line('recall with the possible', result.recallWithPossible),
    line('false accounts where nobody is', result.falseAccounts),
    line('accounts claimed where nobody can tell', result.claimedOnUnknowable),
    line('kind of network right', result.kindAccuracy),
    line('clean names', result.cleanNames),
    line('names spelt as the label', result.canonicalNames),
    line('reserved, invalid and mapped right', result.special),
    line('natural persons named', result.persons),
    ...(speed === null
      ? []
      : [
          `look-up: median ${speed.medianUs.toFixed(1)} µs, p99 ${speed.p99Us.toFixed(1)} µs${
            speed.openMs === null ? '' : `; opened in ${Math.round(speed.openMs)} ms`
          }`,
        ]),
    ...(wrong.length === 0 ? [] : ['wrong:', ...wrong]),
  ].join('\n');
}
