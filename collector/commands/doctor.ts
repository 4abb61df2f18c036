/** `footlight doctor`: whether all is well, and what to do where it is not. */
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { type Check, runChecks } from '../doctor/checks.ts';
import { sources } from '../ip-data/sources.ts';
import { parseTrusted } from '../receive/client-ip.ts';
import { reasonOf } from '../reveal/reason.ts';
import type { Rooms } from '../rooms.ts';
import type { CommandTools } from './tools.ts';

const marks: { [State in Check['state']]: string } = { ok: 'ok   ', warning: 'look ', wrong: 'WRONG' };

export function doctorCommand(program: Command, { withRooms, answer }: CommandTools): void {
  program
    .command('doctor')
    .description('look whether all is well; exits 1 and says what to do where it is not')
    .option('--json', 'the answer as JSON')
    .action(async (options: { json?: boolean }) => {
      const checks: Check[] = [];
      try {
        await withRooms(async (rooms, config) => {
          checks.push(...(await checksOf(rooms, config)));
        });
      } catch (error) {
        // Nothing else can be looked at without it.
        checks.push({
          name: 'store',
          state: 'wrong',
          says: reasonOf(error),
          advice: 'mend or move that file',
        });
      }
      const isWell = checks.every(({ state }) => state !== 'wrong');
      answer(options, { ok: isWell, checks }, checks.map(checkWords).join('\n'));
      if (!isWell) process.exitCode = 1;
    });
}

async function checksOf({ store, data, doctor }: Rooms, config: Config): Promise<Check[]> {
  const states = await data.sources();
  return runChecks({
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
}

function checkWords({ name, state, says, advice }: Check): string {
  const further = advice === '' ? '' : `\n${' '.repeat(24)}→ ${advice}`;
  return `${marks[state]}  ${name.padEnd(15)}  ${says}${further}`;
}
