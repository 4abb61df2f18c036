/** A visit has its company's score without anybody asking for it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draft } from '../support/drafts.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

test('a running server works scores out by itself, and anew after another visit', async () => {
  const { store } = server.rooms;
  const scoreOf = async () => {
    const [acme] = await store.findAccounts('Acme', 1);
    return (await store.scoresOf([acme?.id ?? 0]))[0]?.score;
  };
  const visit = (visitor: string, key: string) =>
    draft({ site: server.site.id, visitor, key, company: 'Acme', at: Date.now(), path: '/pricing' });
  await store.append([visit('a', 'one')]);
  // One look at prices, as the score has it that comes with the program.
  await expect.poll(scoreOf, { timeout: 15_000, interval: 200 }).toBe(8);
  await store.append([visit('b', 'two')]);
  // Two looks, two visits, two people.
  await expect.poll(scoreOf, { timeout: 15_000, interval: 200 }).toBe(16 + 8 + 12);
  expect(await store.verify()).toEqual([]);
}, 40_000);
