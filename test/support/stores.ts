/** The engines that the contract's sentences are run against. A second engine is one line here. */
import { type OpenStore, openSqliteStore } from '../../collector/store/sqlite/index.ts';

export const engines: { name: string; open(now?: () => number): Promise<OpenStore> }[] = [
  { name: 'SQLite', open: (now) => openSqliteStore({ path: ':memory:', ...(now ? { now } : {}) }) },
];
