/** `footlight import …`: what happened before, or is known already. */
import type { Command } from 'commander';
import { importWords } from '../import-words.ts';
import { createProgress } from '../progress.ts';
import { importAccessLog } from '../receive/import-log.ts';
import { type DropReason, dropReasons } from '../receive/reasons.ts';
import { atCommandLine } from '../store/audit.ts';
import { importFileCommands } from './import-file.ts';
import type { CommandTools } from './tools.ts';

/** Lines of a file told one by one, where they cannot be read. */
const maxBadLines = 20;

export function importCommands(program: Command, { withRooms, answer, say }: CommandTools): void {
  const importing = program
    .command('import')
    .description('take in what happened before, or is known already');
  importFileCommands(importing, { withRooms, answer, say });
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
        const { read, stored } = result;
        await store.record(
          {
            who: atCommandLine,
            what: 'import',
            subject: `access log of ${target.domain}`,
            detail: { lines: read, stored },
          },
          Date.now(),
        );
        answer(
          options,
          result,
          importWords(result, 'lines', (reason) => dropReasons[reason as DropReason].says),
        );
      }),
    );
}
