/** A store of the first version is brought up to date when it is opened, with all that it holds. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../collector/package-root.ts';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import { companyVerdict, day, monday } from '../support/drafts.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-upgrade-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Two visits as the first version stored them: one of a company's network, one of a network with a rule. */
async function firstVersion(file: string): Promise<void> {
  const db = new Sqlite(file);
  db.exec(await readFile(path.join(packageRoot, 'collector/store/sqlite/migrations/0001_init.sql'), 'utf8'));
  db.pragma('user_version = 1');
  const acme = companyVerdict('Acme');
  const evidence = [
    { source: 'as-name', says: 'AS 64500 “ACME” names a trade', confidence: 0.8, dataOf: null },
  ];
  db.exec(`
    insert into site values (1, 'abcdefghjk', 'lumen.example', '[]', ${monday});
    insert into page values (1, 'www.lumen.example', '/');
    insert into agent values (1, 'Firefox', 'Linux', 'desktop');
    insert into account values (1, 'acme.example', 'Acme', 'acme.example', null, 'business', 2, ${monday});
    insert into verdict values (1, '${JSON.stringify({ ...acme, evidence })}', 'business', 'account', 0.8, 'Acme', 'acme.example');
    insert into network values (1, 11, 1, 1, '198.51.100.0/24', 'DE'), (2, 12, 1, 1, '203.0.113.0/24', 'DE');
    insert into visitor values (1, 1, 'visitor-1', 'tag'), (2, 1, 'visitor-2', 'tag');
    insert into event (site_id, visitor_id, message, at, received_at, type, page_id, agent_id, network_id)
      values (1, 1, 1, ${monday}, ${monday}, 1, 1, 1, 1), (1, 2, 2, ${monday}, ${monday}, 1, 1, 1, 2);
    insert into owner_rule values (7, '203.0.113.0/24', 'Harbour Tools', 'harbour-tools.com', 'their office', ${monday});
    insert into owner_rule values (8, 'AS64501', null, null, '', ${monday});
  `);
  db.close();
}

test('visits, accounts and rules are kept, rules reach the past, and everything can be verified', async () => {
  const file = path.join(folder, 'footlight.db');
  await firstVersion(file);
  const { store } = await openSqliteStore({ path: file });
  expect(await store.verify()).toEqual([]);
  const period = { from: 0, to: monday + day };
  const query = {
    siteId: null,
    period,
    search: '',
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 9,
  } as const;
  expect((await store.accounts(query)).rows).toMatchObject([
    { name: 'Acme', visits: 1 },
    { name: 'Harbour Tools', visits: 1 },
  ]);
  expect(await store.ownerRules()).toMatchObject([
    { id: 7, match: '203.0.113.0/24', company: { name: 'Harbour Tools', domain: 'harbour-tools.com' } },
    { id: 8, match: 'AS64501', company: null },
  ]);
  // The autonomous system was told in words only.
  const made = await store.decide(
    { kind: 'network', match: 'AS64500', addressKey: null, says: 'never', accountId: 1, note: '' },
    'kim@lumen.example',
    monday,
  );
  expect(made.moved.visits).toBe(1);
  await store.undo(7, 'kim@lumen.example', monday);
  await store.undo(made.id, 'kim@lumen.example', monday);
  expect((await store.accounts(query)).rows).toMatchObject([{ name: 'Acme', visits: 2 }]);
  expect(await store.verify()).toEqual([]);
  await store.close();
  // It is made anew once, not at every start.
  const again = await openSqliteStore({ path: file });
  expect(await again.store.setting('rebuild')).toBeNull();
  await again.store.close();
});
