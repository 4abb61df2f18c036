#!/usr/bin/env node
/** The command line: words in, rooms opened, one answer out. Progress and words go to stderr, answers to stdout. */
import { createInterface } from 'node:readline';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { pino } from 'pino';
import { createAuth } from '../dashboard/auth.ts';
import { roles } from '../dashboard/roles.ts';
import { dataCommands } from './commands/data.ts';
import { doctorCommand } from './commands/doctor.ts';
import { addRevealCommand } from './commands/reveal.ts';
import { type Config, readConfig } from './config.ts';
import { exportAccounts } from './deliver/export-accounts.ts';
import { type FormatName, formats } from './deliver/formats/index.ts';
import { runDemo } from './demo/run.ts';
import { importWords } from './import-words.ts';
import { startServer } from './main.ts';
import { packageVersion } from './package-root.ts';
import { createProgress } from './progress.ts';
import { importAccessLog } from './receive/import-log.ts';
import { importProfiles } from './receive/import-profiles.ts';
import { type ProfileRefusal, profileRefusals } from './receive/profiles.ts';
import { type DropReason, dropReasons } from './receive/reasons.ts';
import { lookupLine } from './reveal/lookup.ts';
import { type Log, openRooms, type Rooms } from './rooms.ts';
import { siteDomain } from './site-domain.ts';

/** Lines of a log told one by one, where they cannot be read. */
const maxBadLines = 20;

const program = new Command('footlight')
  .description('See which companies visit your site, and read each one’s journey.')
  .version(packageVersion())
  .addOption(
    new Option(
      '--data <dir>',
      'folder for everything that is kept (FOOTLIGHT_DATA, default ./data; the demo: ./data/demo)',
    ),
  )
  .addOption(
    new Option('--store <url>', 'path of a SQLite file (FOOTLIGHT_STORE, default in the data folder)'),
  )
  .addHelpText(
    'after',
    `
More settings, by environment variable only:
  FOOTLIGHT_IP_DATABASES     company databases, MaxMind format, in order of trust, comma-separated
  FOOTLIGHT_REVERSE_DNS      on: ask this machine’s DNS server for host names of visitors’ addresses (default off)
  FOOTLIGHT_VPN_LISTS        lists of VPN exits (ranges or AS numbers, one a line), comma-separated
  FOOTLIGHT_HOSTING_LISTS    the same for hosts
  FOOTLIGHT_TRUSTED_PROXIES  your own proxies as CIDR ranges, comma-separated; only they are believed about addresses
  FOOTLIGHT_PUBLIC_URL       where people and browsers reach this server
  FOOTLIGHT_SECRET           32 characters or more; made on the first start if not given
  FOOTLIGHT_IPINFO_TOKEN, FOOTLIGHT_MAXMIND_ACCOUNT, FOOTLIGHT_MAXMIND_KEY
                             accounts of yours with sources of company data; see: footlight data --help
  FOOTLIGHT_METRICS_TOKEN    16 characters or more; whoever sends it as a bearer token may read /metrics
  FOOTLIGHT_LOG_LEVEL        debug, info, warn, error or silent`,
  );

interface ServeOptions {
  port?: string;
  host?: string;
}

function serveOptions(command: Command): Command {
  return command
    .addOption(new Option('--port <number>', 'port to listen on (PORT, default 8080)'))
    .addOption(new Option('--host <address>', 'address to listen on (HOST, default 0.0.0.0)'));
}

serveOptions(program.command('serve').description('take in events and show the dashboard')).action(
  async (options: ServeOptions) => {
    const config = settings(options);
    const server = await startServer({ config, log: logger(config) });
    say(`Footlight listens on ${server.publicUrl}`);
    if (server.rooms.resolver.databases().length === 0)
      say(
        'No company data is loaded: companies are named by your rules and by e-mail only. Fetch some, public domain and without an account, on the health page or with: footlight data update',
      );
    const link = await server.auth.setupLink();
    if (link !== null)
      say(`\nOpen this link to make the owner’s account (it works once):\n  ${server.publicUrl}${link}\n`);
    closeOnSignal(() => server.close());
  },
);

serveOptions(
  program.command('demo').description('the same with ninety days of sample traffic and a demo web site'),
)
  .addOption(new Option('--seed <text>', 'another seed, another story').default('footlight'))
  .action(async (options: ServeOptions & { seed: string }) => {
    const config = settings(options, './data/demo');
    const demo = await runDemo({ config, seed: options.seed, log: logger(config), say });
    closeOnSignal(() => demo.close());
  });

const site = program.command('site').description('the sites that may send events');
site
  .command('add')
  .description('add a site; prints its key')
  .argument('<domain...>', 'its domain, then further hosts that carry the tag')
  .option('--json', 'the answer as JSON')
  .action((domains: string[], options: { json?: boolean }) =>
    withRooms(async ({ store }) => {
      const [domain = '', ...hosts] = domains.map(siteDomain);
      const added = await store.addSite(domain, hosts, Date.now());
      answer(options, { domain: added.domain, key: added.key }, `${added.domain}  key ${added.key}`);
    }),
  );
site
  .command('list')
  .description('list the sites and their keys')
  .option('--json', 'the answer as JSON')
  .action((options: { json?: boolean }) =>
    withRooms(async ({ store }) => {
      for (const { domain, key } of await store.sites())
        answer(options, { domain, key }, `${domain}  key ${key}`);
    }),
  );

program
  .command('user')
  .description('the people who may sign in')
  .command('add')
  .description('add somebody, or make them a new link; prints a one-time sign-in link')
  .argument('<email>')
  .addOption(
    new Option('--role <role>', 'what they may do; somebody new is in sales if not told').choices([...roles]),
  )
  .option('--json', 'the answer as JSON')
  .action((email: string, options: { role?: (typeof roles)[number]; json?: boolean }) =>
    withRooms(async (rooms, config) => {
      const auth = await createAuth({
        database: rooms.database,
        secret: rooms.secret,
        baseUrl: config.publicUrl,
      });
      const link = `${config.publicUrl ?? `http://localhost:${config.port}`}${await auth.inviteUser(email, options.role)}`;
      answer(options, { email, link }, `${email} may sign in once with\n  ${link}`);
    }),
  );

program
  .command('lookup')
  .description('say who is behind an address, with the evidence; one line of JSON each')
  .argument('[ip...]', 'addresses; none: one a line on stdin')
  .option('--json', 'always so; kept for scripts that say it')
  .action((ips: string[]) =>
    withRooms(async ({ resolver, store }) => {
      // All of them: here nothing is stored that they could be applied to later.
      resolver.setRules(await store.ownerRules());
      const lines = ips.length > 0 ? ips : createInterface({ input: process.stdin, crlfDelay: Infinity });
      for await (const line of lines) process.stdout.write(`${JSON.stringify(lookupLine(resolver, line))}\n`);
    }),
  );

addRevealCommand(program, { withResolver: (run) => withRooms(({ resolver }) => run(resolver)), answer, say });

const importing = program.command('import').description('take in what happened before, or is known already');
importing
  .command('accounts')
  .description(
    'company profiles (CSV with a heading line: name, domain, industry, size, country, owner, anything else)',
  )
  .argument('<file>')
  .option('--json', 'the answer as JSON')
  .action((file: string, options: { json?: boolean }) =>
    withRooms(async ({ store }) => {
      let bad = 0;
      const result = await importProfiles({
        path: file,
        store,
        by: 'the command line',
        now: Date.now,
        onBadRow: (line, says) => {
          bad += 1;
          if (bad <= maxBadLines) say(`line ${line}: ${JSON.stringify(says)}`);
          if (bad === maxBadLines) say('further rows that cannot be taken in are only counted');
        },
      });
      answer(
        options,
        result,
        importWords(result, 'rows', (reason) => profileRefusals[reason as ProfileRefusal]),
      );
    }),
  );
importing
  .command('log')
  .description(
    'a web server’s access log (combined, common, JSON; .gz); the same lines twice are stored once',
  )
  .argument('<file>')
  .requiredOption('--site <key>', 'key of the site it belongs to')
  .option('--json', 'the answer as JSON')
  .action((file: string, options: { site: string; json?: boolean }) =>
    withRooms(async ({ store, sites, enricher, keyed }) => {
      const target = await sites.byKey(options.site);
      if (target === null)
        throw new Error(`site key "${options.site}" is not known; see: footlight site list`);
      const progress = createProgress(`import ${file}`);
      let bad = 0;
      const result = await importAccessLog({
        path: file,
        site: target,
        store,
        enricher,
        now: Date.now,
        visitorKeyOf: (address, userAgent) => keyed.visitorOfLog(target.id, address, userAgent),
        onProgress: ({ bytes, totalBytes, read }) => progress.update(bytes, totalBytes, `${read} lines`),
        onBadLine: (number, problem) => {
          bad += 1;
          // A log holds what strangers sent, also what a terminal would obey.
          if (bad <= maxBadLines) say(`line ${number}: ${JSON.stringify(problem)}`);
          if (bad === maxBadLines) say('further lines that cannot be read are only counted');
        },
      });
      progress.end();
      answer(
        options,
        result,
        importWords(result, 'lines', (reason) => dropReasons[reason as DropReason].says),
      );
    }),
  );

program
  .command('export')
  .description('write a list to a file')
  .addArgument(new Argument('<name>', 'which list').choices(['accounts']))
  .addOption(
    new Option('--format <format>', 'how').choices(Object.keys(formats)).default('csv' satisfies FormatName),
  )
  .requiredOption('--out <file>', 'where to; - for stdout')
  .option('--days <number>', 'how far back; all if not given', wholeNumber)
  .action((_name: string, options: { format: FormatName; out: string; days?: number }) =>
    withRooms(async ({ store }) => {
      const { format, out, days = null } = options;
      const rows = await exportAccounts({ store, format, out, days, now: Date.now() });
      say(`${rows} rows written to ${out}`);
    }),
  );

program
  .command('rebuild')
  .description('make sessions and sums anew from the events')
  .action(() =>
    withRooms(async ({ store }) => {
      await store.rebuild();
      say('rebuilt');
    }),
  );

program
  .command('verify')
  .description('compare sessions and sums with the events; exits 1 and says what differs')
  .option('--json', 'the answer as JSON')
  .action((options: { json?: boolean }) =>
    withRooms(async ({ store }) => {
      const differences = await store.verify();
      const words = differences.map(
        (one) => `${one.table} ${one.row}\n  kept    ${one.kept}\n  rebuilt ${one.rebuilt}`,
      );
      answer(
        options,
        { ok: differences.length === 0, differences },
        differences.length === 0 ? 'all read models equal the events' : words.join('\n'),
      );
      if (differences.length > 0) process.exitCode = 1;
    }),
  );

dataCommands(program, { withRooms, answer, say });
doctorCommand(program, { withRooms, answer, say });

/** Settings for this run: the environment, and the options given. */
function settings(options: ServeOptions = {}, dataDir = './data'): Config {
  return readConfig({ ...program.opts<{ data?: string; store?: string }>(), ...options }, dataDir);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give a whole number above 0.');
  return Number(text);
}

async function withRooms(run: (rooms: Rooms, config: Config) => Promise<void>): Promise<void> {
  const config = settings();
  const rooms = await openRooms({ config, now: Date.now, log: logger(config), as: 'command' });
  try {
    await run(rooms, config);
  } finally {
    await rooms.close();
  }
}

function logger(config: Config): Log {
  const log = pino(
    { level: config.logLevel, redact: ['*.authorization', '*.cookie', '*.email'] },
    pino.destination({ dest: 2, sync: true }),
  );
  return (line, detail = {}) =>
    'error' in detail
      ? log.error({ ...detail, err: detail.error, error: undefined }, line)
      : log.info(detail, line);
}

function answer(options: { json?: boolean }, value: object, words: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(value) : words}\n`);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function closeOnSignal(close: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          say(`closing failed: ${error instanceof Error ? error.message : error}`);
          process.exit(1);
        },
      );
    });
}

// `footlight lookup | head`: who reads no further wants no more.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  say(`footlight: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
