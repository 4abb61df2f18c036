/** Where reads are run: in this thread, on the writer's own connection, or in threads beside it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { packageRoot } from '../../package-root.ts';
import { type ThreadLimits, ThreadPool } from '../thread-pool.ts';
import type { ReadName, Reads } from './reads.ts';

export interface ReadExecutor {
  run<Name extends ReadName>(name: Name, ...given: Parameters<Reads[Name]>): ReturnType<Reads[Name]>;
  /** Reads that are asked within `ask`, at any depth, are given up when the signal says that nobody waits for them. */
  whileWanted<Value>(signal: AbortSignal, ask: () => Value): Value;
  /** Lets reads under way end, but not for long. */
  close(): Promise<void>;
}

/** For stores in memory, which no other thread can see, and for commands, which do one thing at a time. */
export function inThisThread(reads: Reads): ReadExecutor {
  return {
    run<Name extends ReadName>(name: Name, ...given: Parameters<Reads[Name]>) {
      const read = reads[name] as (...given: Parameters<Reads[Name]>) => ReturnType<Reads[Name]>;
      return read(...given);
    },
    whileWanted: (_signal, ask) => ask(),
    close: async () => undefined,
  };
}

/** A salesperson has given up before; whoever wants the whole of a long time exports it. */
const usual: ThreadLimits = {
  // The second is for what is quickly answered while the first has something heavy; more would only want the same disk.
  threads: availableParallelism() > 1 ? 2 : 1,
  runMs: 15_000,
  // `verify` reads everything there is, and is asked for by an owner who waits for it; for scores nobody waits.
  more: { verify: 10 * 60_000, staleScores: 5 * 60_000 },
  waiting: 64,
  waitMs: 10_000,
  graceMs: 2_000,
  closeMs: 5_000,
};

/** Threads run what the compiler made, wherever this file was loaded from. */
const script = path.join(packageRoot, 'dist/collector/store/sqlite/reader.js');

/**
 * @param file the writer has it open already: migrated, and in WAL mode
 * @throws Error if the reader is not built
 */
export function inThreads(
  file: string,
  onLost: (error: Error) => void,
  limits: Partial<ThreadLimits> = {},
): ReadExecutor {
  if (!existsSync(script)) throw new Error(`the reader is not built (${script}); run: npm run build`);
  const pool = new ThreadPool(script, { file }, { ...usual, ...limits }, onLost);
  const wanted = new AsyncLocalStorage<AbortSignal>();
  return {
    run: <Name extends ReadName>(name: Name, ...given: Parameters<Reads[Name]>) =>
      pool.call(name, given, wanted.getStore()) as ReturnType<Reads[Name]>,
    whileWanted: (signal, ask) => wanted.run(signal, ask),
    close: () => pool.close(),
  };
}
