/** Files that are read whole, and read again when they are replaced on disk while we run. */
import { stat } from 'node:fs/promises';
import { reasonOf } from './reason.ts';

export interface WatchedFile<Value> {
  readonly path: string;
  /** What was read last, also where the file has become unusable since; null: nothing so far. */
  readonly value: Value | null;
  /** Why the file as it is now cannot be used, in words; null if it can. */
  readonly problem: string | null;
}

export interface WatchedFiles<Value> {
  /** In the order given; optional ones only while they are there. The array is made anew with every change. */
  files(): readonly WatchedFile<Value>[];
  /** Looks at every file again. A bad replacement leaves the old value in use. Resolves when all is read. */
  refresh(): Promise<void>;
}

export interface WatchOptions<Value> {
  paths: readonly string[];
  /** Read only where there is such a file; one that goes away is given up. */
  optional?: readonly string[];
  /** What such a file is, for the log. */
  is: string;
  open: (path: string) => Promise<Value>;
  log: (line: string, detail?: object) => void;
  /** What the log is told of a file that was taken in. */
  describe: (value: Value) => object;
  /** What is still in use where a replacement was refused. */
  nameOld: (value: Value) => string;
  /** Called after a file was taken in or given up, so that what was worked out from the old one is forgotten. */
  onChange: () => void;
}

interface Slot<Value> {
  path: string;
  isOptional: boolean;
  /** Size, time and inode when last read; files are put in place by renaming, or written over. */
  stamp: string;
  value: Value | null;
  problem: string | null;
}

const missing = 'there is none';

/** Reads all; a file that cannot be used takes no part and says why. */
export async function watchFiles<Value>(options: WatchOptions<Value>): Promise<WatchedFiles<Value>> {
  const { paths, optional = [], is, open, log, describe, nameOld, onChange } = options;
  const slot = (path: string, isOptional: boolean): Slot<Value> => ({
    path,
    isOptional,
    stamp: 'never read',
    value: null,
    problem: null,
  });
  const slots = [...paths.map((path) => slot(path, false)), ...optional.map((path) => slot(path, true))];
  let shown: readonly Slot<Value>[] = [];
  let running = Promise.resolve();

  async function refreshSlot(slot: Slot<Value>): Promise<void> {
    const stamp = await stampOf(slot.path);
    if (stamp === slot.stamp) return;
    slot.stamp = stamp;
    if (stamp === missing && slot.isOptional) return giveUp(slot);
    try {
      // One assignment: whoever asks sees the old value or the new one, never half of each.
      slot.value = await open(slot.path);
      slot.problem = null;
      show();
      log(`${is} ${slot.path} is in use`, describe(slot.value));
      onChange();
    } catch (error) {
      const keeps = slot.value === null ? '' : `; still using ${nameOld(slot.value)}`;
      slot.problem = `${reasonOf(error)}${keeps}`;
      show();
      log(`${is} ${slot.path} cannot be used: ${slot.problem}`);
    }
  }

  function giveUp(slot: Slot<Value>): void {
    const hadValue = slot.value !== null;
    slot.value = null;
    slot.problem = null;
    show();
    if (!hadValue) return;
    log(`${is} ${slot.path} is gone, and no longer in use`);
    onChange();
  }

  function show(): void {
    shown = slots.filter(
      ({ isOptional, value, problem }) => !isOptional || value !== null || problem !== null,
    );
  }

  async function refreshAll(): Promise<void> {
    for (const slot of slots) await refreshSlot(slot);
  }

  show();
  await refreshAll();
  return {
    files: () => shown,
    // One after the other: who asks for a refresh during another wants what lies there after it.
    refresh: () => {
      const refreshed = running.then(refreshAll);
      running = refreshed.catch(() => undefined);
      return refreshed;
    },
  };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    // The reading says what is wrong with a file that must be there.
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? missing : 'cannot be read';
  }
}
