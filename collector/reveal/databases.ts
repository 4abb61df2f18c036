/** The owner's company databases in order of trust, and their replacement on disk while we run. */
import { dayMs } from '../time.ts';
import type { Address } from './address.ts';
import { type Database, openDatabase } from './database.ts';
import { type Facts, joinFacts, noFacts } from './facts.ts';
import type { DatabaseStatus } from './resolver.ts';
import { watchFiles } from './watched-files.ts';

export interface DatabasesOptions {
  paths: readonly string[];
  /** Trusted less than `paths`, in this order; used only where there is such a file. */
  optional?: readonly string[];
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

/** Ranges move between companies all the time. */
const maxAgeDays = 180;

/** Opens all; a file that cannot be used takes no part and says why in `status()`. */
export async function openDatabases(options: DatabasesOptions): Promise<Databases> {
  const { paths, optional = [], log, now, onChange } = options;
  const watched = await watchFiles<Database>({
    paths,
    optional,
    is: 'company database',
    open: openDatabase,
    log,
    describe: ({ databaseType, dataOf }) => ({ databaseType, dataOf }),
    nameOld: ({ dataOf }) => `the data of ${dataOf ?? 'before'}`,
    onChange,
  });
  return {
    facts(address) {
      let facts = noFacts;
      for (const { value } of watched.files()) {
        if (value !== null) facts = joinFacts(facts, value.facts(address));
      }
      return facts;
    },
    status: () =>
      watched.files().map(({ path, value, problem }) => ({
        path,
        state: value === null ? 'refused' : 'ready',
        problem: problem ?? ageOf(value, now()),
        databaseType: value?.databaseType ?? null,
        dataOf: value?.dataOf ?? null,
        networks: value?.networks ?? null,
      })),
    refresh: watched.refresh,
  };
}

function ageOf(database: Database | null, now: number): string | null {
  if (database === null || database.dataOf === null) return null;
  const days = Math.floor((now - Date.parse(database.dataOf)) / dayMs);
  return days > maxAgeDays ? `the data is ${days} days old; fetch a newer file` : null;
}
