/** What an event takes on the disk, with its indexes, its session and every sum. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { storeYear } from './year.ts';

export interface StorageResult {
  events: number;
  bytesPerEvent: number;
  perSecond: number;
}

export async function benchStorage(sizes: readonly number[]): Promise<StorageResult[]> {
  const results: StorageResult[] = [];
  for (const events of sizes) {
    const folder = await mkdtemp(path.join(tmpdir(), 'footlight-bytes-'));
    const file = path.join(folder, 'footlight.db');
    try {
      const seconds = await storeYear(file, events);
      const { size } = await stat(file);
      results.push({ events, bytesPerEvent: size / events, perSecond: events / seconds });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return results;
}
