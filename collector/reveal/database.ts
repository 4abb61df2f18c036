/** One company database in memory: read whole, checked before it is trusted, never thrown from afterwards. */
import { readFile } from 'node:fs/promises';
import { Reader, type Response } from 'maxmind';
import { isoDay } from '../time.ts';
import type { Address } from './address.ts';
import { type Facts, noFacts } from './facts.ts';
import { checkMmdb } from './mmdb-check.ts';
import { probe } from './probe.ts';
import { reasonOf } from './reason.ts';
import { factsOf } from './record.ts';
import { inSlices, withinBudget } from './slices.ts';

export interface Database {
  databaseType: string;
  /** Day of the build, ISO date; null if the file does not say a plausible one. */
  dataOf: string | null;
  /** Networks that its tree tells of; null where a large file was not counted to its end. */
  networks: number | null;
  /** @throws never: a record that cannot be read has no facts */
  facts(address: Address): Facts;
}

/** Records kept decoded: neighbours share them, and decoding costs more than finding. */
const maxDecoded = 16_384;
/** How long a file may be looked through before it is used; a server waits for it at its start. */
const checkBudgetMs = 120;
const probeBudgetMs = 60;

/**
 * Reads, checks and probes a file, a few milliseconds at a time.
 * @param isThorough looks the file through to its end, whatever its size: for a file that is new here
 * @throws Error that says in words why the file cannot be used
 */
export async function openDatabase(
  path: string,
  { isThorough = false }: { isThorough?: boolean } = {},
): Promise<Database> {
  const file = await read(path);
  // Probed without a cache, which would hide a slow answer the second time.
  const uncached = parse(file, null);
  const networks = await check(file, uncached, isThorough ? null : checkBudgetMs);
  await withinBudget(probe(uncached), probeBudgetMs);
  const reader = parse(file, boundedMap(maxDecoded));
  const { databaseType, buildEpoch } = reader.metadata;
  const built = buildEpoch.getTime();
  const origin = { databaseType, dataOf: built > 0 && built < 8.64e15 ? isoDay(built) : null };
  const decoded = new WeakMap<object, Facts>();
  return {
    ...origin,
    networks,
    facts(address) {
      try {
        const record = reader.get(address.text);
        if (typeof record !== 'object' || record === null) return noFacts;
        const known = decoded.get(record);
        if (known !== undefined) return known;
        const facts = factsOf(record, origin);
        decoded.set(record, facts);
        return facts;
      } catch {
        return noFacts;
      }
    },
  };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : '';
    const what =
      code === 'ENOENT'
        ? 'there is no such file'
        : code === 'EISDIR'
          ? 'it is a folder'
          : `it cannot be read (${code})`;
    throw new Error(`${what}; correct the path or put the file there`, { cause });
  }
}

function parse(file: Buffer, cache: Decoded | null): Reader<Response> {
  if (file.length === 0) throw new Error('the file is empty; fetch it again');
  try {
    const reader = new Reader<Response>(file, cache === null ? {} : { cache });
    const { nodeCount, nodeByteSize, searchTreeSize, ipVersion, databaseType } = reader.metadata;
    if (typeof databaseType !== 'string' || !(nodeCount > 0 && nodeByteSize > 0))
      throw new Error('no tree in it');
    if (ipVersion !== 4 && ipVersion !== 6) throw new Error(`it is for IP version ${ipVersion}`);
    if (searchTreeSize + 16 > file.length) throw new Error('its tree is longer than the file');
    return reader;
  } catch (cause) {
    throw new Error(`it is no MaxMind-format file, or a broken one (${reasonOf(cause)}); fetch it again`, {
      cause,
    });
  }
}

async function check(
  file: Buffer,
  { metadata }: Reader<Response>,
  budgetMs: number | null,
): Promise<number | null> {
  try {
    const steps = checkMmdb(file, metadata);
    return await (budgetMs === null ? inSlices(steps) : withinBudget(steps, budgetMs));
  } catch (cause) {
    throw new Error(`it is broken: ${reasonOf(cause)}; fetch it again`, { cause });
  }
}

/** What the reader keeps decoded values in, by their place in the file. */
interface Decoded {
  get(key: string | number): unknown;
  set(key: string | number, value: unknown): void;
}

/** Forgets everything when full, which is cheaper than keeping order. */
function boundedMap(maxEntries: number): Decoded {
  const entries = new Map<string | number, unknown>();
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      if (entries.size >= maxEntries) entries.clear();
      entries.set(key, value);
    },
  };
}
