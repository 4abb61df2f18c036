/** The thread that reads: one connection that cannot write, one call at a time, each on one state of the file. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Answered, Asked, ThreadData } from '../thread-pool.ts';
import { openReadOnly } from './open.ts';
import { openReads, type ReadName } from './reads.ts';
import { answerWanted } from './wanted.ts';

const { file: path, unwanted } = workerData as ThreadData & { file: string };

// On Linux this is the calling thread's own: where processors are few, visitors' events go before a report.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

let current = 0;
const file = openReadOnly(path);
answerWanted(file, () => {
  if (Atomics.load(unwanted, 0) === current) throw new Error('nobody waits for this any more');
});
const reads = openReads(file);

async function read(name: ReadName, given: readonly unknown[]): Promise<unknown> {
  // What is rebuilt to compare lies in temporary tables; the file itself was opened so that none can write it.
  file.pragma(`query_only = ${name === 'verify' ? 'off' : 'on'}`);
  file.exec('begin');
  try {
    return await (reads[name] as (...given: readonly unknown[]) => Promise<unknown>)(...given);
  } finally {
    file.exec('rollback');
  }
}

parentPort?.on('message', ({ number, name, given }: Asked) => {
  current = number;
  read(name as ReadName, given).then(
    (value) => parentPort?.postMessage({ number, value } satisfies Answered),
    (error: unknown) => parentPort?.postMessage({ number, error } satisfies Answered),
  );
});
