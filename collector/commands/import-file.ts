/** `footlight import events|contacts|accounts FILE`: what was elsewhere, or is known already; and taking it back. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Command, Option } from 'commander';
import { type ImportCounts, importWords } from '../import-words.ts';
import { createProgress } from '../progress.ts';
import { sampleOf } from '../receive/import/check.ts';
import { type Encoding, encodings } from '../receive/import/content.ts';
import { guessMapping, withChoices } from '../receive/import/mapping.ts';
import { isTimeZone } from '../receive/import/moment.ts';
import { type RowRefusal, rowRefusals } from '../receive/import/refusals.ts';
import { startImport } from '../receive/import/run.ts';
import type { Settings } from '../receive/import/subject.ts';
import { subjects } from '../receive/import/subjects.ts';
import { openTable } from '../receive/import/table.ts';
import type { Rooms } from '../rooms.ts';
import { atCommandLine } from '../store/audit.ts';
import type { ImportKind } from '../store/imports.ts';
import type { Site } from '../store/store.ts';
import type { CommandTools } from './tools.ts';

/** Rows of a file told one by one, where they are left out. */
const maxBadRows = 20;

interface Options {
  json?: boolean;
  map: [string, string][];
  timeZone: string;
  dateOrder?: 'dmy' | 'mdy';
  encoding?: Encoding;
  site?: string;
  kind: string;
  source: string;
}

const about: { command: string; kind: ImportKind; says: string }[] = [
  {
    command: 'events',
    kind: 'touchpoints',
    says: 'touchpoints: calls, meetings, webinars, tickets, payments… (CSV, or a JSON object a line)',
  },
  { command: 'accounts', kind: 'profiles', says: 'company profiles (CSV, or a JSON object a line)' },
  {
    command: 'contacts',
    kind: 'contacts',
    says: 'people and where they work (CSV, or a JSON object a line)',
  },
];

export function importFileCommands(importing: Command, tools: CommandTools): void {
  for (const { command, kind, says } of about) {
    const one = importing
      .command(command)
      .description(`${says}; .gz allowed; the same rows twice are stored once`)
      .argument('<file>')
      .option(
        '--map <column=field>',
        `take a column for: ${subjects[kind].fields.map(({ name }) => name).join(', ')}, attribute or skip (repeatable)`,
        pair,
        [],
      )
      .addOption(
        new Option('--encoding <name>', 'how the file is written, where it does not show').choices(encodings),
      )
      .option('--json', 'the answer as JSON')
      .action((file: string, options: Options) =>
        tools.withRooms((rooms) => importFile(rooms, kind, file, options, tools)),
      );
    if (kind !== 'touchpoints') continue;
    one
      .option('--site <key>', 'key of the site they belong to; may be left out where there is one')
      .option('--time-zone <name>', 'of times that say none, e.g. Europe/Berlin', 'UTC')
      .addOption(new Option('--date-order <order>', 'of dates like 03/04/2026').choices(['dmy', 'mdy']))
      .option('--kind <word>', 'what they are, where no column says so, e.g. call', '')
      .option('--source <name>', 'the CRM or tool they are from, where no column says so', '');
  }
  importing
    .command('list')
    .description('imports, newest first')
    .option('--json', 'an import a line as JSON')
    .action((options: { json?: boolean }) => tools.withRooms((rooms) => list(rooms, options, tools)));
  importing
    .command('undo')
    .description('take a whole import back, as if it had never been')
    .argument('<number>')
    .option('--json', 'the answer as JSON')
    .action((number: string, options: { json?: boolean }) =>
      tools.withRooms(async ({ store }) => {
        const undone = await store.undoImport(Number(number), atCommandLine, Date.now());
        tools.answer(
          options,
          { id: undone.id, undone: true },
          `import ${undone.id} (${undone.fileName}) is undone`,
        );
      }),
    );
}

async function importFile(
  rooms: Rooms,
  kind: ImportKind,
  file: string,
  options: Options,
  { answer, say }: CommandTools,
): Promise<void> {
  const settings: Settings = {
    timeZone: options.timeZone ?? 'UTC',
    order: options.dateOrder ?? null,
    kind: options.kind ?? '',
    source: options.source ?? '',
    encoding: options.encoding ?? null,
  };
  if (!isTimeZone(settings.timeZone))
    throw new Error(`"${settings.timeZone}" is no time zone; name one like Europe/Berlin`);
  const site = kind === 'touchpoints' ? await siteOf(rooms, options.site) : null;
  const table = await openTable(file, settings.encoding);
  const samples = await sampleOf(table);
  const guessed = guessMapping(subjects[kind], table.columns, samples.of);
  const mapping = withChoices(subjects[kind], guessed, options.map);
  for (const [column, field] of mapping) say(`column ${JSON.stringify(column)} is ${field}`);
  const { size } = await stat(file);
  const progress = createProgress(`import ${file}`);
  let bad = 0;
  const { id, ended } = await startImport(
    { ...rooms, now: Date.now },
    {
      kind,
      fileName: path.basename(file),
      table,
      mapping,
      settings,
      site,
      by: atCommandLine,
      onRefused: ({ line, says }) => {
        bad += 1;
        if (bad <= maxBadRows) say(`line ${line}: ${JSON.stringify(says)}`);
        if (bad === maxBadRows) say('further rows that cannot be taken in are only counted');
      },
      onProgress: ({ read }, bytes) => progress.update(bytes, size, `${read} rows`),
    },
  );
  const counts = await ended;
  progress.end();
  say(`this was import ${id}; to take it back: footlight import undo ${id}`);
  answer(
    options,
    ordered(counts),
    importWords(counts, 'rows', (reason) => rowRefusals[reason as RowRefusal]),
  );
}

/** In the order in which the answer is documented. */
function ordered({ read, stored, duplicates, dropped }: ImportCounts): ImportCounts {
  return { read, stored, duplicates, dropped };
}

async function siteOf({ store, sites }: Rooms, key: string | undefined): Promise<Site> {
  if (key !== undefined) {
    const found = await sites.byKey(key);
    if (found === null) throw new Error(`site key "${key}" is not known; see: footlight site list`);
    return found;
  }
  const [only, another] = await store.sites();
  if (only === undefined)
    throw new Error('touchpoints belong to a site; add one first: footlight site add DOMAIN');
  if (another !== undefined) throw new Error('there is more than one site; say which with --site KEY');
  return only;
}

async function list({ store }: Rooms, options: { json?: boolean }, { answer }: CommandTools): Promise<void> {
  const { rows } = await store.imports({ offset: 0, limit: 200 });
  for (const { id, kind, fileName, read, stored, duplicates, dropped, by, at, undoneAt } of rows) {
    const when = new Date(at).toISOString();
    answer(
      options,
      { id, kind, fileName, read, stored, duplicates, dropped, by, at: when, undone: undoneAt !== null },
      `${String(id).padStart(4)}  ${when}  ${kind}  ${JSON.stringify(fileName)}  ${stored} of ${read} rows${
        undoneAt === null ? '' : ', undone'
      }`,
    );
  }
}

function pair(text: string, before: [string, string][]): [string, string][] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new Error(`--map ${text}: write COLUMN=FIELD, e.g. --map "Due date=at"`);
  return [...before, [text.slice(0, at), text.slice(at + 1)]];
}
