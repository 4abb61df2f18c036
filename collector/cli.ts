#!/usr/bin/env node
/**
 * The command line: words in, rooms opened, one answer out. Progress and words go to stderr, answers to stdout. What only
 * some commands need they load when they run: reading all of a server's code takes a second.
 */
import { Command, Option } from 'commander';
import { pino } from 'pino';
import { dataCommands } from './commands/data.ts';
import { doctorCommand } from './commands/doctor.ts';
import { importCommands } from './commands/import.ts';
import { keyCommands } from './commands/key.ts';
import { revealCommands } from './commands/reveal.ts';
import { setupCommands } from './commands/setup.ts';
import { storeCommands } from './commands/store.ts';
import type { CommandTools } from './commands/tools.ts';
import { type Config, readConfig } from './config.ts';
import { packageVersion } from './package-root.ts';
import type { Log, Rooms } from './rooms.ts';

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
  FOOTLIGHT_SMTP_URL         the mail server for alerts and digests, like smtps://user:password@mail.example.com
  FOOTLIGHT_MAIL_FROM        who they come from, like Footlight <footlight@example.com>
  FOOTLIGHT_SLACK_HOSTS      hosts beside hooks.slack.com that may take messages for Slack, comma-separated
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
    const { startServer } = await import('./main.ts');
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
    const { runDemo } = await import('./demo/run.ts');
    const demo = await runDemo({ config, seed: options.seed, log: logger(config), say });
    closeOnSignal(() => demo.close());
  });

const tools: CommandTools = { withRooms, answer, say };
for (const commands of [
  setupCommands,
  keyCommands,
  revealCommands,
  importCommands,
  storeCommands,
  dataCommands,
  doctorCommand,
])
  commands(program, tools);

/** Settings for this run: the environment, and the options given. */
function settings(options: ServeOptions = {}, dataDir = './data'): Config {
  return readConfig({ ...program.opts<{ data?: string; store?: string }>(), ...options }, dataDir);
}

async function withRooms(run: (rooms: Rooms, config: Config) => Promise<void>): Promise<void> {
  const config = settings();
  const { openRooms } = await import('./rooms.ts');
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
