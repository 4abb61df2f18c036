/** `footlight doctor`: whether all is well, and what to do where it is not. */
import type { Command } from 'commander';
import { type Check, runChecks } from '../doctor/checks.ts';
import { sources } from '../ip-data/sources.ts';
import { parseTrusted } from '../receive/client-ip.ts';
import type { CommandTools } from './tools.ts';

const marks: { [State in Check['state']]: string } = { ok: 'ok   ', warning: 'look ', wrong: 'WRONG' };

export function doctorCommand(program: Command, { withRooms, answer }: CommandTools): void {
  program
    .command('doctor')
    .description('look whether all is well; exits 1 and says what to do where it is not')
    .option('--json', 'the answer as JSON')
    .action((options: { json?: boolean }) =>
      withRooms(async ({ store, data, doctor }, config) => {
        const states = await data.sources();
        const checks = await runChecks({
          store,
          dataDir: config.dataDir,
          files: await data.files(),
          // What was tried once, and not chosen to be kept, is no fault of the installation.
          failures: states.flatMap(({ source, schedule, last }) =>
            schedule !== 'off' && last?.problem
              ? [`${sources[source].title} could not be fetched: ${last.problem}`]
              : [],
          ),
          trusted: config.trustedProxies,
          parseTrusted,
          diagnosis: await doctor.look(),
          now: Date.now(),
        });
        const isWell = checks.every(({ state }) => state !== 'wrong');
        answer(options, { ok: isWell, checks }, checks.map(checkWords).join('\n'));
        if (!isWell) process.exitCode = 1;
      }),
    );
}

function checkWords({ name, state, says, advice }: Check): string {
  return `${marks[state]}  ${name.padEnd(15)}  ${says}${advice === '' ? '' : `\n${' '.repeat(24)}→ ${advice}`}`;
}
