/** Takes in a file of company profiles. The same file twice is stored once. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ProfileRow, Store } from '../store/store.ts';
import { maxProfileFileBytes, type ProfileRefusal, readProfiles } from './profiles.ts';

/** Rows in one transaction. */
const perBatch = 500;

export interface ProfilesResult {
  read: number;
  stored: number;
  /** Rows that say what is known already. */
  duplicates: number;
  dropped: Partial<Record<ProfileRefusal, number>>;
}

/**
 * @param onBadRow told each row that is refused, by its line in the file
 * @throws Error if the file cannot be read, is too large or has no heading line
 */
export async function importProfiles(options: {
  path: string;
  store: Pick<Store, 'importProfiles'>;
  by: string;
  now(): number;
  onBadRow?(line: number, says: string): void;
}): Promise<ProfilesResult> {
  const { path, store, by, now, onBadRow } = options;
  const { size } = await stat(path);
  if (size > maxProfileFileBytes)
    throw new Error(`${path} has ${size} bytes; at most ${maxProfileFileBytes} can be taken in: split it`);
  const result: ProfilesResult = { read: 0, stored: 0, duplicates: 0, dropped: {} };
  let waiting: ProfileRow[] = [];
  const flush = async () => {
    for (const outcome of await store.importProfiles(waiting, by, now()))
      if (outcome === 'stored') result.stored += 1;
      else result.duplicates += 1;
    waiting = [];
  };
  for await (const read of readProfiles(createReadStream(path, 'utf8') as AsyncIterable<string>)) {
    result.read += 1;
    if ('row' in read) waiting.push(read.row);
    else {
      result.dropped[read.refused] = (result.dropped[read.refused] ?? 0) + 1;
      onBadRow?.(read.line, read.says);
    }
    if (waiting.length >= perBatch) await flush();
  }
  await flush();
  return result;
}
