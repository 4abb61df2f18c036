/** Through the real server: people teach an address, and what was taught is there for the very next event. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs } from '../../collector/time.ts';
import { batch, pageView, startTestServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.0/8' });
});
afterAll(() => server.close());

const office = '203.0.113.77';

async function comes(visitor: string, email?: string, address = office): Promise<void> {
  const events =
    email === undefined
      ? [pageView()]
      : [pageView(), pageView({ type: 'identify', title: undefined, traits: { email } })];
  const response = await server.send(batch(server.site.key, events, { visitor: `visitor-${visitor}` }), {
    'x-forwarded-for': address,
  });
  expect(response.status).toBe(204);
}

async function visits(): Promise<Record<string, number>> {
  const period = { from: 0, to: Date.now() + dayMs };
  const query = {
    siteId: null,
    period,
    search: '',
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 50,
  } as const;
  const { rows } = await server.rooms.store.accounts(query);
  return Object.fromEntries(rows.map((row) => [row.domain ?? row.name, row.visits]));
}

test('two people’s e-mails teach an address, a third anonymous visitor is named, a contradiction un-teaches it', async () => {
  await comes('kim-laptop', 'kim@harbour-tools.com');
  expect(server.rooms.learned.of(server.rooms.keyed.addressKey(`${office}/32`), Date.now())).toMatchObject({
    company: { domain: 'harbour-tools.com' },
    people: 1,
    confidence: 0.5,
  });
  await comes('lee-laptop', 'lee@harbour-tools.com');
  expect(server.rooms.learned.of(server.rooms.keyed.addressKey(`${office}/32`), Date.now())).toMatchObject({
    people: 2,
    confidence: 0.85,
  });
  await comes('third-anonymous');
  await comes('neighbour', undefined, '203.0.113.78');
  expect(await visits()).toEqual({ 'harbour-tools.com': 3 });

  await comes('sam-laptop', 'sam@northern-mills.com');
  expect(await visits()).toEqual({ 'harbour-tools.com': 2, 'northern-mills.com': 1 });
  expect(server.rooms.learned.of(server.rooms.keyed.addressKey(`${office}/32`), Date.now())).toBeNull();
  expect(await server.rooms.store.verify()).toEqual([]);
});
