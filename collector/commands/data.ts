/** `footlight data …`: company data, by the owner's choice. */
import { Argument, type Command, Option } from 'commander';
import { type Schedule, schedules } from '../ip-data/schedule.ts';
import { type SourceName, sourceNames, sources } from '../ip-data/sources.ts';
import type { DataFile } from '../ip-data/status.ts';
import type { Updated } from '../ip-data/update.ts';
import { createProgress } from '../progress.ts';
import type { CommandTools } from './tools.ts';

const sourceList = sourceNames
  .map(
    (name) => `  ${name.padEnd(8)}  ${sources[name].title}: ${sources[name].says} (${sources[name].licence})`,
  )
  .join('\n');

const credentialHelp = `
Sources:
${sourceList}

Accounts, by environment variable only:
  FOOTLIGHT_IPINFO_TOKEN     token of ipinfo.io
  FOOTLIGHT_MAXMIND_ACCOUNT  account id of maxmind.com
  FOOTLIGHT_MAXMIND_KEY      and its licence key

Files lie in the folder ip of the data folder. A running server takes a new one up by itself.`;

const sourceOption = (says: string) => new Option('--source <name>', says).choices([...sourceNames]);

export function dataCommands(program: Command, { withRooms, answer, say }: CommandTools): void {
  const data = program
    .command('data')
    .description('data about who has which addresses: fetch it, and see what is loaded')
    .addHelpText('after', credentialHelp);

  data
    .command('update')
    .description('fetch the newest file of a source, check it and put it in use; a bad one changes nothing')
    .addOption(sourceOption('which one; left out: those that are there, else iptoasn'))
    .option('--from <file>', 'take this file instead of fetching (tsv, mmdb, txt, csv; .gz, .tar.gz)')
    .option('--json', 'the answer as JSON')
    .addHelpText('after', credentialHelp)
    .action((options: { source?: SourceName; from?: string; json?: boolean }) =>
      withRooms(async ({ data: room }) => {
        const { source, from = null } = options;
        const chosen = source === undefined && from === null ? await room.present() : [source ?? 'iptoasn'];
        const updated: Updated[] = [];
        const failed: string[] = [];
        for (const name of chosen.length === 0 ? (['iptoasn'] as const) : chosen) {
          const progress = createProgress(sources[name].title);
          try {
            updated.push(
              await room.update(name, from, (bytes, total) =>
                progress.update(bytes, total ?? 0, `${(bytes / 1_048_576).toFixed(1)} MB`),
              ),
            );
          } catch (error) {
            // The others may be had all the same.
            failed.push(`${name}: ${error instanceof Error ? error.message : error}`);
          } finally {
            progress.end();
          }
        }
        if (updated.length > 0 || options.json)
          answer(options, { updated: updated.map(machineWords) }, updated.map(updatedWords).join('\n'));
        if (failed.length > 0) throw new Error(failed.join('\n'));
      }),
    );

  data
    .command('status')
    .description('what is loaded: from where, how old, how much, under which licence')
    .option('--json', 'the answer as JSON')
    .action((options: { json?: boolean }) =>
      withRooms(async ({ data: room }) => {
        const files = await room.files();
        const states = (await room.sources()).filter(
          ({ schedule, last }) => schedule !== 'off' || last !== null,
        );
        const words = [
          ...files.map(fileWords),
          ...(files.length === 0 ? ['nothing is loaded; see: footlight data update --help'] : []),
          ...states.map(({ source, schedule, last, nextAt }) =>
            [
              `${source}: ${schedule === 'monthly' ? `fetched monthly, next ${nextAt === null ? '' : day(nextAt)}` : 'fetched when asked'}`,
              ...(last?.problem ? [`  failed on ${day(last.at)}: ${last.problem}`] : []),
            ].join('\n'),
          ),
        ];
        answer(
          options,
          {
            files: files.map(({ networks, fetchedAt, ...file }) => ({
              ...file,
              rows: networks,
              fetchedAt: fetchedAt === null ? null : new Date(fetchedAt).toISOString(),
            })),
            sources: states.map(({ last, nextAt, missing: _, ...state }) => ({
              ...state,
              lastAt: last === null ? null : new Date(last.at).toISOString(),
              problem: last?.problem ?? null,
              nextAt: nextAt === null ? null : new Date(nextAt).toISOString(),
            })),
          },
          words.join('\n'),
        );
      }),
    );

  data
    .command('schedule')
    .description('let the server fetch a source every month, or no more')
    .addArgument(new Argument('<when>', 'how often').choices([...schedules]))
    .addOption(sourceOption('which one').makeOptionMandatory())
    .action((when: Schedule, { source }: { source: SourceName }) =>
      withRooms(async ({ data: room }, config) => {
        const missing = when === 'off' ? [] : sources[source].missing(config.dataCredentials);
        await room.setSchedule(source, when);
        say(
          when === 'off'
            ? `${sources[source].title} is no longer fetched by itself`
            : `${sources[source].title} is fetched every 30 days while the server runs`,
        );
        if (missing.length > 0) say(`the server needs ${missing.join(' and ')} for it`);
      }),
    );
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);

function machineWords({ networks, ...rest }: Updated): object {
  return { ...rest, rows: networks };
}

function updatedWords({ source, file, networks, dataOf }: Updated): string {
  return `${sources[source].title}: ${networks} rows, data of ${dataOf ?? 'an unknown day'}, in use at ${file}`;
}

function fileWords(file: DataFile): string {
  const facts = [
    file.state,
    file.dataOf && `data of ${file.dataOf}`,
    file.networks !== null && `${file.networks} rows`,
    file.licence,
  ];
  return [
    `${file.title}  ${facts.filter(Boolean).join(', ')}`,
    `  ${file.path}`,
    ...(file.from === null
      ? []
      : [`  from ${file.from}${file.fetchedAt === null ? '' : `, ${day(file.fetchedAt)}`}`]),
    ...(file.problem === null ? [] : [`  ${file.problem}`]),
  ].join('\n');
}
