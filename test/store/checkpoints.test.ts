/** Who copies the write-ahead log into the file. */
import { statSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { checkpointPages, checkpointsInThread } from '../../collector/store/sqlite/checkpoints.ts';
import { draft, monday } from '../support/drafts.ts';
import { openOnDisk } from '../support/stores.ts';

const pageBytes = 4_096;

test('events that are stored come into the file while the server runs, and the log does not grow with them', async () => {
  const { store, path: file } = await openOnDisk();
  try {
    await store.addSite('lumen.example', [], monday);
    const before = statSync(file).size;
    let visit = 0;
    await vi.waitFor(
      async () => {
        visit += 1;
        await store.append(
          Array.from({ length: 500 }, (_, number) =>
            draft({ visitor: `visitor-${visit}-${number}`, company: `Company ${number}` }, number),
          ),
        );
        // So many pages that no commit would have copied them by itself yet.
        expect(statSync(file).size - before).toBeGreaterThan(500 * pageBytes);
      },
      { timeout: 20_000, interval: 20 },
    );
    expect(statSync(`${file}-wal`).size).toBeLessThan(20_000 * pageBytes);
  } finally {
    await store.close();
  }
});

test('where the thread is lost, commits do it again, and it is told', async () => {
  const { store, path: file } = await openOnDisk();
  const other = path.join(path.dirname(file), 'other.db');
  const db = new Sqlite(other);
  try {
    await unlink(other);
    const lost = new Promise<Error>((resolve) => {
      const checkpoints = checkpointsInThread(db, resolve);
      expect(db.pragma('wal_autocheckpoint', { simple: true })).toBeGreaterThan(checkpointPages);
      checkpoints.committed();
    });
    expect((await lost).message).toContain('commits do it from now on');
    await vi.waitFor(() => expect(db.pragma('wal_autocheckpoint', { simple: true })).toBe(checkpointPages));
  } finally {
    db.close();
    await store.close();
  }
});
