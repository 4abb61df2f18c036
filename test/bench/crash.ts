/** Ten rounds of a server killed under load; the test suite runs two. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CrashRound, crash } from '../support/crash.ts';

export async function benchCrash(rounds = 10): Promise<CrashRound[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footlight-crash-'));
  try {
    const results: CrashRound[] = [];
    for await (const round of crash({ dataDir, rounds, killAfter: 5_000, connections: 64 }))
      results.push(round);
    return results;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
