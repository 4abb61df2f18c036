/** Rounds of a server killed under a load of batches; the test suite runs two. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CrashRound, crash } from '../support/crash.ts';

export async function benchCrash(rounds = 20): Promise<CrashRound[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footlight-crash-'));
  try {
    const results: CrashRound[] = [];
    const options = { dataDir, rounds, killAfter: 1_000, connections: 64, eventsPerRequest: 20 };
    for await (const round of crash(options)) results.push(round);
    return results;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
