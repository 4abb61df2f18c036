/**
 * Who copies the write-ahead log into the file. SQLite lets the commit do it that finds the log long enough, and
 * everybody behind that commit waits for thousands of pages and two flushes of the disk. Beside a server a thread does.
 * @see https://sqlite.org/wal.html#ckpt
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { packageRoot } from '../../package-root.ts';

/** As many as SQLite itself waits for. */
export const checkpointPages = 1_000;

/**
 * From here on a commit does it after all: the log begins anew only if nothing was written between the copy and the
 * next commit, and where one commit follows the other there is no such moment but this.
 */
const commitsOwnPages = 8_000;

/** How often, at most, the thread is told to look. */
const lookMs = 100;

const script = path.join(packageRoot, 'dist/collector/store/sqlite/checkpointer.js');

export interface Checkpoints {
  /** Something was committed. */
  committed(): void;
  close(): Promise<void>;
}

/**
 * @param file the writer's connection to it; the thread opens one of its own
 * @param onLost told when the thread ended that should not have; commits then do it themselves, as they did without
 * @throws Error if the thread's script is not built
 */
export function checkpointsInThread(file: Database, onLost: (error: Error) => void): Checkpoints {
  if (!existsSync(script)) throw new Error(`the checkpointer is not built (${script}); run: npm run build`);
  // It makes two objects a look.
  const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };
  const worker = new Worker(script, { workerData: { path: file.name }, resourceLimits });
  let isLooking = false;
  let isClosing = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  file.pragma(`wal_autocheckpoint = ${commitsOwnPages}`);
  worker.on('message', () => {
    isLooking = false;
  });
  worker.once('error', (cause) =>
    onLost(
      new Error('the thread that copies the log into the file stopped; commits do it from now on', { cause }),
    ),
  );
  worker.once('exit', () => {
    isLooking = true;
    if (!isClosing && file.open) file.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  });
  worker.unref();
  return {
    committed() {
      const now = performance.now();
      if (isLooking || now - lookedAt < lookMs) return;
      isLooking = true;
      lookedAt = now;
      worker.postMessage('look');
    },
    async close() {
      isClosing = true;
      await worker.terminate();
    },
  };
}
