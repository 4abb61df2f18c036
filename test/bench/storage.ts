/** What an event takes on the disk, with its indexes, its session and every sum. */
import type { Years } from './year.ts';

export interface StorageResult {
  events: number;
  bytesPerEvent: number;
  perSecond: number;
}

export async function benchStorage(years: Years, sizes: readonly number[]): Promise<StorageResult[]> {
  const results: StorageResult[] = [];
  for (const size of sizes) {
    const { events, bytes, seconds } = await years.of(size);
    results.push({ events, bytesPerEvent: bytes / events, perSecond: events / seconds });
  }
  return results;
}
