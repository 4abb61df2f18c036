/** The owner's company databases in order of trust, and their replacement on disk while we run. */
import { stat } from 'node:fs/promises';
import { dayMs } from '../time.ts';
import type { Address } from './address.ts';
import { type Database, openDatabase, reasonOf } from './database.ts';
import { type Facts, joinFacts, noFacts } from './facts.ts';
import type { DatabaseStatus } from './resolver.ts';

export interface DatabasesOptions {
  paths: readonly string[];
  log: (line: string, detail?: object) => void;
  now: () => number;
  /** Called after a file was taken in, so that what was worked out from the old one is forgotten. */
  onChange: () => void;
}

export interface Databases {
  facts(address: Address): Facts;
  status(): DatabaseStatus[];
  /** Reads those files again that have changed on disk. A bad replacement leaves the old data in use. */
  refresh(): Promise<void>;
}

const maxAgeDays = 365;

interface Slot {
  path: string;
  /** Size, time and inode when last read; files are put in place by renaming, or written over. */
  stamp: string;
  database: Database | null;
  problem: string | null;
}

/** Opens all; a file that cannot be used takes no part and says why in `status()`. */
export async function openDatabases({ paths, log, now, onChange }: DatabasesOptions): Promise<Databases> {
  const slots: Slot[] = paths.map((path) => ({ path, stamp: 'never read', database: null, problem: null }));

  async function refreshSlot(slot: Slot): Promise<void> {
    const stamp = await stampOf(slot.path);
    if (stamp === slot.stamp) return;
    slot.stamp = stamp;
    try {
      // One assignment: a look-up sees the old file or the new one, never half of each.
      slot.database = await openDatabase(slot.path);
      slot.problem = null;
      log(`company database ${slot.path} is in use`, describe(slot.database));
      onChange();
    } catch (error) {
      const keeps =
        slot.database === null ? '' : `; still using the data of ${slot.database.dataOf ?? 'before'}`;
      slot.problem = `${reasonOf(error)}${keeps}`;
      log(`company database ${slot.path} cannot be used: ${slot.problem}`);
    }
  }

  async function refresh(): Promise<void> {
    for (const slot of slots) await refreshSlot(slot);
  }

  await refresh();
  return {
    facts(address) {
      let facts = noFacts;
      for (const { database } of slots) {
        if (database !== null) facts = joinFacts(facts, database.facts(address));
      }
      return facts;
    },
    status: () =>
      slots.map(({ path, database, problem }) => ({
        path,
        state: database === null ? 'refused' : 'ready',
        problem: problem ?? ageOf(database, now()),
        databaseType: database?.databaseType ?? null,
        dataOf: database?.dataOf ?? null,
      })),
    refresh,
  };
}

/** Ranges move between companies all the time. */
function ageOf(database: Database | null, now: number): string | null {
  if (database === null || database.dataOf === null) return null;
  const days = Math.floor((now - Date.parse(database.dataOf)) / dayMs);
  return days > maxAgeDays ? `the data is ${days} days old; fetch a newer file` : null;
}

function describe({ databaseType, dataOf }: Database): object {
  return { databaseType, dataOf };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    // The reading says what is wrong.
    return 'cannot be read';
  }
}
