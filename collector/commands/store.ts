/** `footlight export`, `rebuild` and `verify`: what is kept, written out, made anew and held to its events. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { exportAccounts } from '../deliver/export-accounts.ts';
import { type FormatName, formats } from '../deliver/formats/index.ts';
import { atCommandLine } from '../store/audit.ts';
import type { CommandTools } from './tools.ts';

export function storeCommands(program: Command, { withRooms, answer, say }: CommandTools): void {
  program
    .command('export')
    .description('write a list to a file')
    .addArgument(new Argument('<name>', 'which list').choices(['accounts']))
    .addOption(
      new Option('--format <format>', 'how')
        .choices(Object.keys(formats))
        .default('csv' satisfies FormatName),
    )
    .requiredOption('--out <file>', 'where to; - for stdout')
    .option('--days <number>', 'how far back; all if not given', wholeNumber)
    .action((_name: string, options: { format: FormatName; out: string; days?: number }) =>
      withRooms(async ({ store }) => {
        const { format, out, days = null } = options;
        const rows = await exportAccounts({ store, format, out, days, now: Date.now() });
        await store.record(
          { who: atCommandLine, what: 'export', subject: 'companies', detail: { rows, whole: true, days } },
          Date.now(),
        );
        say(`${rows} rows written to ${out}`);
      }),
    );

  program
    .command('rebuild')
    .description('make sessions, sums and scores anew from the events')
    .action(() =>
      withRooms(async ({ store }) => {
        const { refreshScores } = await import('../score/keep.ts');
        await store.rebuild();
        await refreshScores(store, Date.now());
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
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give a whole number above 0.');
  return Number(text);
}
