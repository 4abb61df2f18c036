/** One company database in memory: read whole, checked before it is trusted, never thrown from afterwards. */
import { readFile } from 'node:fs/promises';
import { Reader, type Response } from 'maxmind';
import { isoDay } from '../time.ts';
import type { Address } from './address.ts';
import { type Facts, noFacts } from './facts.ts';
import { probe } from './probe.ts';
import { factsOf } from './record.ts';

export interface Database {
  databaseType: string;
  /** Day of the build, ISO date; null if the file does not say a plausible one. */
  dataOf: string | null;
  /** @throws never: a record that cannot be read has no facts */
  facts(address: Address): Facts;
}

/** Records kept decoded: neighbours share them, and decoding costs more than finding. */
const maxDecoded = 16_384;

/**
 * Reads, parses and probes a file.
 * @throws Error that says in words why the file cannot be used
 */
export async function openDatabase(path: string): Promise<Database> {
  const file = await read(path);
  // Probed without a cache, which would hide a slow answer the second time.
  probe(parse(file, null));
  const reader = parse(file, boundedMap(maxDecoded));
  const { databaseType, buildEpoch } = reader.metadata;
  const built = buildEpoch.getTime();
  const origin = { databaseType, dataOf: built > 0 && built < 8.64e15 ? isoDay(built) : null };
  const decoded = new WeakMap<object, Facts>();
  return {
    ...origin,
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

/** @returns the message without the reader's own stack and line ends */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').slice(0, 200);
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
