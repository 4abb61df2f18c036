/** The engines that the contract's sentences are run against. A second engine is one line here. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type OpenStore, openSqliteStore } from '../../collector/store/sqlite/index.ts';

export const engines: {
  name: string;
  /** Opens in a moment: what is tried with made-up events is tried often. */
  isSwift: boolean;
  open(now?: () => number): Promise<OpenStore>;
}[] = [
  {
    name: 'SQLite',
    isSwift: true,
    open: (now) => openSqliteStore({ path: ':memory:', ...(now ? { now } : {}) }),
  },
  { name: 'SQLite, read in threads', isSwift: false, open: (now) => openOnDisk(now ? { now } : {}) },
];

/** A store in a file of its own that is read as a server reads it; closing takes the file away. */
export async function openOnDisk(
  options: Partial<Parameters<typeof openSqliteStore>[0]> = {},
): Promise<OpenStore & { path: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-store-'));
  const file = path.join(folder, 'footlight.db');
  const lost = (error: Error) => {
    throw error;
  };
  const { store, database } = await openSqliteStore({ path: file, readers: { onLost: lost }, ...options });
  return {
    database,
    path: file,
    store: {
      ...store,
      async close() {
        await store.close();
        await rm(folder, { recursive: true, force: true });
      },
    },
  };
}
