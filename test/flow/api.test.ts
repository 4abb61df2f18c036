/** What a script sees of the API: paging, exports that go on where they broke off, corrections, and its limits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeApiKey } from '../../collector/access/api-key.ts';
import { capabilityNames } from '../../collector/access/capability.ts';
import { resources } from '../../collector/api/resources/index.ts';
import { droppedHeader } from '../../tracker/wire.ts';
import { type ApiServer, startApiServer } from '../support/api.ts';
import { sampleNow } from '../support/sample-traffic.ts';
import { batch } from '../support/server.ts';

let server: ApiServer;
let owner: string;

beforeAll(async () => {
  server = await startApiServer();
  owner = await server.key('owner');
});
afterAll(() => server?.close());

interface Row {
  id: number;
  name: string;
  cursor: string;
  [field: string]: unknown;
}
interface List {
  data: Row[];
  next: string | null;
  total: number;
}

async function get<Body = List>(path: string, secret = owner): Promise<Body> {
  const response = await server.call(secret, `/api/v1${path}`);
  expect([path, response.status]).toEqual([path, 200]);
  return (await response.json()) as Body;
}
async function problem(path: string, init: Parameters<ApiServer['call']>[2] = {}, secret = owner) {
  const response = await server.call(secret, `/api/v1${path}`, init);
  const body = (await response.json()) as { status: number; detail: string; errors?: { where: string }[] };
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return { ...body, headers: response.headers };
}

async function everyPage(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page: List = await get(next === '' ? path : `${path}&cursor=${next}`);
    rows.push(...page.data);
    next = page.next;
  }
  return rows;
}

describe('a list', () => {
  test.each([
    '/accounts?period=all&sort=name',
    '/networks?period=all&group=providers',
    '/accounts/1/visits?site=1',
    '/audit?who=owner%40millrace.example',
    '/learned?',
  ])('%s read in small pages is the list, each row once', async (path) => {
    const whole = await get(`${path}&limit=200`);
    const size = Math.max(1, Math.ceil(whole.data.length / 7));
    const paged = await everyPage(`${path}&limit=${size}`);
    expect(paged).toEqual(whole.next === null ? whole.data : expect.arrayContaining(whole.data));
    expect(paged.length).toBeGreaterThan(0);
  });

  test('is the one of the dashboard', async () => {
    const { rows, total } = await server.rooms.store.accounts({
      siteId: null,
      period: { from: Date.UTC(2026, 9, 22), to: Date.UTC(2026, 10, 21) },
      search: '',
      sort: 'last',
      descending: true,
      offset: 0,
      limit: 50,
    });
    const list = await get('/accounts');
    expect(list.data.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(list).toMatchObject({
      total,
      period: { from: '2026-10-22T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
    });
  });

  test('refuses a cursor that was not given out for it', async () => {
    const { next } = await get('/accounts?period=all&limit=2');
    expect(next).not.toBeNull();
    for (const path of [
      `/accounts?period=all&limit=2&search=a&cursor=${next}`,
      `/networks?group=own&cursor=${next}`,
      `/events?cursor=${next}`,
      '/accounts?period=all&cursor=2.AAAAAAAAAAAA',
      '/accounts?period=all&cursor=50',
    ])
      expect(await problem(path)).toMatchObject({
        status: 400,
        detail: expect.stringContaining('was not given out'),
      });
  });

  test('says what is wrong with its filter', async () => {
    expect(await problem('/accounts?perod=7d')).toMatchObject({
      status: 400,
      detail: 'query: "perod" is not known here; /docs lists what is',
    });
    expect((await problem('/accounts?limit=201&sort=colour')).errors).toEqual([
      { where: 'query.sort', says: 'is one of last, name, visits, people, pages, change, score' },
      { where: 'query.limit', says: 'is at most 200' },
    ]);
    expect((await problem('/accounts?from=2026-11-02&to=2026-11-01')).detail).toContain('lies after');
    expect((await problem('/accounts?period=7d&from=2026-11-02&to=2026-11-03')).detail).toContain('not both');
    expect((await problem('/accounts?from=2026-11-02')).detail).toContain('"to" is missing');
    expect((await problem('/accounts?site=99')).detail).toBe(
      'there is no site 99; GET /api/v1/sites lists them',
    );
    expect((await problem('/accounts?limit=2&limit=3')).detail).toContain('twice');
  });
});

describe('events', () => {
  const lines = async (path: string) => {
    const response = await server.call(owner, `/api/v1${path}`);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const text = await response.text();
    return text === ''
      ? []
      : text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Row);
  };

  test('all come, each once, and a download that broke off goes on where it was', async () => {
    const { events } = await server.rooms.store.health();
    const whole = await lines('/events');
    expect(whole).toHaveLength(events);
    expect(new Set(whole.map(({ id }) => id)).size).toBe(events);
    const first = await lines('/events?limit=1234');
    const rest = await lines(`/events?cursor=${first.at(-1)?.cursor}`);
    expect([...first, ...rest]).toEqual(whole);
    expect(await lines(`/events?cursor=${whole.at(-1)?.cursor}`)).toEqual([]);
  });

  test('of a period are those that happened in it', async () => {
    const some = await lines('/events?from=2026-11-02T00:00:00Z&to=2026-11-03T00:00:00%2B01:00');
    expect(some.length).toBeGreaterThan(0);
    for (const { at } of some) expect(String(at).slice(0, 10)).toBe('2026-11-02');
    expect(await lines('/events?from=2031-01-01T00:00:00Z')).toEqual([]);
  });

  test('hold no client address and no hash of one', async () => {
    const text = JSON.stringify(await lines('/events?limit=3000'));
    expect(text).not.toMatch(/198\.51\.100\.1\b|192\.0\.2\.1\b|addressKey/);
  });

  test('that are taken away are logged, with how many, and whether that was all', async () => {
    const secret = await server.key('marketer');
    await (await server.call(secret, '/api/v1/events?limit=17')).text();
    const [entry] = await server.rooms.store.audited({ what: 'export', who: null, before: null, limit: 1 });
    expect(entry).toMatchObject({ subject: 'events', detail: { rows: 17, whole: true, limit: 17 } });
    expect(entry?.who).toMatch(/^key test \d+$/);
  });
});

describe('a decision', () => {
  const post = (secret: string, body: object) =>
    server.call(secret, '/api/v1/decisions', { method: 'POST', body });

  test('moves visits, is logged with the key’s name, and is taken back', async () => {
    const secret = await server.key('marketer');
    const [one, other] = (await get('/accounts?period=all&sort=name&search=e')).data;
    const made = await post(secret, { kind: 'merge', account: one?.id, target: other?.id });
    expect(made.status).toBe(201);
    const decision = (await made.json()) as { id: number; madeBy: string; moved: { visits: number } };
    expect(decision.madeBy).toMatch(/^key test/);
    expect(decision.moved.visits).toBeGreaterThan(0);
    expect(await get<Row>(`/accounts/${one?.id}`)).toMatchObject({
      id: other?.id,
      merged: [{ id: one?.id }],
    });
    expect((await get(`/decisions?account=${other?.id}`)).data[0]).toMatchObject({ id: decision.id });
    const undone = await server.call(secret, `/api/v1/decisions/${decision.id}/undo`, { method: 'POST' });
    expect(await undone.json()).toMatchObject({ undoneBy: decision.madeBy });
    expect(await get<Row>(`/accounts/${one?.id}`)).toMatchObject({ id: one?.id, merged: [] });
    const again = await problem(`/decisions/${decision.id}/undo`, { method: 'POST' });
    expect(again).toMatchObject({ status: 422, detail: 'this has been undone already' });
    expect(await server.rooms.store.verify()).toEqual([]);
  });

  test('of a salesperson’s key reaches as far as the salesperson’s own', async () => {
    const sales = await server.key('sales');
    const account = (await get('/accounts?period=all')).data[0]?.id;
    const [network] = (
      await get<{ data: { about: Record<'range', string> }[] }>(`/accounts/${account}/networks`)
    ).data;
    const status = async (body: object) => (await post(sales, body)).status;
    expect(await status({ kind: 'merge', account, target: 1 })).toBe(403);
    expect(await status({ kind: 'rule', match: 'AS64500', says: 'never' })).toBe(403);
    expect(await status({ kind: 'forget', address: '424242' })).toBe(403);
    expect(await status({ kind: 'correction', account, about: 'account', says: 'never' })).toBe(422);
    expect(await status({ kind: 'correction', account, about: 'range:10.0.0.0/8', says: 'never' })).toBe(422);
    const correction = { kind: 'correction', account, about: network?.about.range };
    expect(await status({ ...correction, says: 'company', name: 'Mine' })).toBe(422);
    const made = await post(sales, { ...correction, says: 'never', note: 'a café' });
    const { id } = (await made.json()) as { id: number };
    expect(made.status).toBe(201);
    const undo = (secret: string) => server.call(secret, `/api/v1/decisions/${id}/undo`, { method: 'POST' });
    expect((await undo(await server.key('sales'))).status).toBe(403);
    expect((await undo(sales)).status).toBe(200);
  });

  test('of each other kind is made as the page makes it', async () => {
    const rule = await post(owner, {
      kind: 'rule',
      match: '203.0.113.7',
      says: 'company',
      name: 'Harbour Tools',
    });
    expect(await rule.json()).toMatchObject({ kind: 'network', match: '203.0.113.7', says: 'company' });
    const twice = await problem('/decisions', {
      method: 'POST',
      body: { kind: 'rule', match: '203.0.113.7', says: 'never' },
    });
    expect(twice).toMatchObject({
      status: 422,
      detail: expect.stringContaining('There is a rule for 203.0.113.7'),
    });
    const alias = await post(owner, { kind: 'alias', account: 1, domain: 'www.nordwind-energy.com' });
    expect(await alias.json()).toMatchObject({ kind: 'merge', target: { id: 1 } });
    const parent = await post(owner, { kind: 'parent', account: 2, target: 1 });
    expect(await parent.json()).toMatchObject({ kind: 'parent', target: { id: 1 } });
    const taught = (await get<{ data: { address: string; forgottenBy: number | null }[] }>('/learned'))
      .data[0];
    const forgotten = await post(owner, { kind: 'forget', address: taught?.address });
    const { id } = (await forgotten.json()) as { id: number };
    const after = (
      await get<{ data: { address: string; forgottenBy: number | null }[] }>('/learned?limit=200')
    ).data;
    expect(after.find(({ address }) => address === taught?.address)?.forgottenBy).toBe(id);
    expect(JSON.stringify(await (await post(owner, { kind: 'forget', address: '1' })).json())).toContain(
      'nobody taught',
    );
    const unknown = await problem('/decisions', {
      method: 'POST',
      body: { kind: 'merge', account: 99_999, target: 1 },
    });
    expect(unknown).toMatchObject({
      status: 422,
      detail: 'there is no account 99999; it may have been mistyped',
    });
  });
});

const ownersAlone = [
  'add-site',
  'set-site-settings',
  'fetch-data-source',
  'schedule-data-source',
  'dismiss-finding',
  'watch-again',
  'preview-score',
  'publish-score',
  'restore-score',
  'list-deliveries',
  'list-dead-letters',
  'retry-delivery',
  'set-slack',
  'remove-slack',
  'test-slack',
  'list-users',
  'invite-user',
  'set-user-role',
  'remove-user',
  'list-keys',
  'revoke-key',
  'list-audit',
];

/** What each role's key is refused, whatever its scopes. */
const refusedTo = {
  marketer: ownersAlone,
  sales: [
    'import-profiles',
    'list-imports',
    'check-import',
    'start-import',
    'get-import',
    'undo-import',
    'export-events',
    ...ownersAlone,
  ],
  owner: [],
} satisfies Record<string, string[]>;

describe('a key', () => {
  test.each(Object.entries(refusedTo))(
    'of the role %s is refused what is for others, and nothing else',
    async (role, refused) => {
      const secret = await server.key(role as keyof typeof refusedTo, capabilityNames);
      const answered = [];
      for (const { id, method, path } of resources.flatMap(({ operations }) => operations)) {
        const address = `/api/v1${path.replace('{id}', '999999')}`;
        const { status } = await server.call(secret, address, {
          method: method.toUpperCase(),
          body: method === 'get' ? undefined : {},
        });
        if (status === 403) answered.push(id);
      }
      expect(answered.sort()).toEqual([...refused].sort());
    },
  );

  test('never does more than its role, whatever its scopes say', async () => {
    const { secret, kept } = makeApiKey({
      name: 'tampered',
      role: 'sales',
      scopes: ['keys:write', 'sites:read'],
    });
    await server.rooms.store.makeKey(kept, 'kim@example.com', sampleNow);
    expect((await server.call(secret, '/api/v1/keys/1/revoke', { method: 'POST' })).status).toBe(403);
    expect((await server.call(secret, '/api/v1/sites')).status).toBe(200);
  });

  test('that is revoked is nobody’s from the next call on', async () => {
    const secret = await server.key('marketer');
    expect((await server.call(secret, '/api/v1/sites')).status).toBe(200);
    const { data } = await get('/keys');
    await server.call(owner, `/api/v1/keys/${data[0]?.id}/revoke`, { method: 'POST' });
    expect((await problem('/sites', {}, secret)).status).toBe(401);
  });

  test('in a cookie, in the query or by basic auth is none; and who is signed in is nobody here', async () => {
    const path = await server.auth.inviteUser('kim@example.com', 'owner');
    const signedIn = await server.auth.acceptInvite(
      new URL(path, server.url).searchParams.get('token') ?? '',
    );
    const cookie = 'cookies' in signedIn ? signedIn.cookies.map((one) => one.split(';')[0]).join('; ') : '';
    expect(cookie).not.toBe('');
    for (const headers of [
      { cookie },
      { cookie: `key=${owner}` },
      { authorization: `Basic ${Buffer.from(`${owner}:`).toString('base64')}` },
      { authorization: owner },
    ]) {
      const response = await fetch(`${server.url}/api/v1/accounts`, {
        headers: headers as Record<string, string>,
      });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="footlight"');
    }
    expect((await fetch(`${server.url}/api/v1/accounts?key=${owner}`)).status).toBe(401);
  });

  test('that calls too often is told when to come again', async () => {
    const secret = await server.key('owner');
    const statuses = await Promise.all(
      Array.from({ length: 300 }, async () => {
        const response = await server.call(secret, '/api/v1/overview');
        await response.text();
        return [response.status, response.headers.get('retry-after')] as const;
      }),
    );
    const held = statuses.filter(([status]) => status === 429);
    expect(held.length).toBeGreaterThan(10);
    for (const [, retryAfter] of held) expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(statuses.filter(([status]) => status === 200).length).toBeGreaterThanOrEqual(240);
    expect((await server.call(owner, '/api/v1/overview')).status).toBe(200);
  });
});

describe('the address', () => {
  test.each([
    ['GET', '/nowhere', 404],
    ['DELETE', '/accounts', 405],
    ['POST', '/accounts/1', 405],
    ['OPTIONS', '/accounts', 405],
    ['GET', '/Accounts', 404],
    ['GET', '//accounts', 404],
    ['GET', '/accounts/', 404],
    ['GET', '/accounts/1%2fvisits', 400],
  ])('%s %s is answered %i with a key, and 401 without', async (method, path, status) => {
    const response = await server.call(owner, `/api/v1${path}`, { method });
    expect(response.status).toBe(status);
    if (status === 405) expect(response.headers.get('allow')).toMatch(/GET/);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect((await server.call(null, `/api/v1${path}`, { method })).status).toBe(401);
  });

  test('of the road of events is as it was', async () => {
    const sent = await server.send(batch(server.site.key));
    expect([sent.status, sent.headers.get(droppedHeader)]).toEqual([403, 'wrong_host=1']);
  });
});

test('profiles are taken in from CSV, the same again changes nothing, and bad rows are told by their line', async () => {
  const body = 'name,domain,country\nCobalt Works,cobalt-works.com,DE\nNowhere,,Germany\n';
  const send = async () =>
    (
      await server.call(owner, '/api/v1/profiles', { method: 'POST', body, type: 'text/csv; charset=utf-8' })
    ).json();
  expect(await send()).toMatchObject({
    read: 2,
    stored: 1,
    duplicates: 0,
    dropped: { bad_country: 1 },
    errors: [{ line: 3, says: expect.stringContaining('is no country') }],
  });
  expect(await send()).toMatchObject({ read: 2, stored: 0, duplicates: 1 });
  const [entry] = await server.rooms.store.audited({ what: 'import', who: null, before: null, limit: 1 });
  expect(entry).toMatchObject({ subject: 'company profiles', detail: { rows: 2, stored: 0 } });
});

test('a site’s settings are refused with what is wrong, and its tag follows those that are taken', async () => {
  const settings = (await get<{ settings: object }>('/sites/1')).settings;
  const put = (body: object) => server.call(owner, '/api/v1/sites/1/settings', { method: 'PUT', body });
  expect((await put({ ...settings, domain: 'elsewhere.example' })).status).toBe(422);
  expect((await put({ ...settings, measures: 'pages', debug: true })).status).toBe(422);
  expect((await put({ ...settings, debug: true })).status).toBe(200);
  const tag = await (await fetch(`${server.url}/t.js?site=${server.site.key}`)).text();
  expect(tag).toContain('debug');
});
