/** The thread that copies the write-ahead log into the file, so that no event waits while it does. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { checkpointPages } from './checkpoints.ts';

// On Linux this is the calling thread's own: events go first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { path } = workerData as { path: string };
const file = new Sqlite(path, { fileMustExist: true });
// What is copied is on the disk before the log may be written over.
file.pragma('synchronous = full');

interface Log {
  /** Pages in the log, and how many of them the file has by now. */
  log: number;
  checkpointed: number;
}

const checkpoint = (mode: 'noop' | 'passive') => (file.pragma(`wal_checkpoint(${mode})`) as Log[])[0];

parentPort?.on('message', () => {
  const { log, checkpointed } = checkpoint('noop') ?? { log: 0, checkpointed: 0 };
  // Passive: waits for nobody, and nobody for it.
  if (log - checkpointed >= checkpointPages) checkpoint('passive');
  parentPort?.postMessage('looked');
});
