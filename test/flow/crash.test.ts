import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { crash } from '../support/crash.ts';

test('a server killed under load has every event it acknowledged, and none twice', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'footlight-crash-'));
  try {
    let rounds = 0;
    const options = { dataDir, rounds: 2, killAfter: 300, connections: 64, eventsPerRequest: 20 };
    for await (const round of crash(options)) {
      rounds += 1;
      expect(round.acknowledged).toBeGreaterThanOrEqual(300 * 20);
      expect(round).toMatchObject({ missing: 0, doubled: 0, verify: true });
    }
    expect(rounds).toBe(2);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
