/** A file that an earlier version left is brought up to date, with all that is in it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { packageRoot } from '../../package-root.ts';
import { usualTag } from '../../tag-settings.ts';
import { openSqliteStore } from './index.ts';

test('a site of the first version has the usual tag, under the key it had', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-migrations-'));
  const file = path.join(folder, 'footlight.db');
  const first = path.join(packageRoot, 'collector/store/sqlite/migrations/0001_init.sql');
  const old = new Sqlite(file);
  old.exec(await readFile(first, 'utf8'));
  old.pragma('user_version = 1');
  old.exec(
    `insert into site (key, domain, hosts, created_at) values ('abc', 'lumen.example', '["lumen.test"]', 5)`,
  );
  old.close();

  const { store } = await openSqliteStore({ path: file });
  expect(await store.sites()).toEqual([
    { id: 1, key: 'abc', domain: 'lumen.example', hosts: ['lumen.test'], createdAt: 5, tag: usualTag },
  ]);
  await store.close();
  await rm(folder, { recursive: true });
});
