/**
 * Every operation of the OpenAPI document, called on a running server: its success, which must be what the document
 * says; and without a key, with a key for everything else, with nonsense. An operation without its line in `walk` fails.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capabilityNames } from '../../collector/access/capability.ts';
import { makeDocument } from '../../collector/api/document.ts';
import { resources } from '../../collector/api/resources/index.ts';
import { type ApiServer, startApiServer } from '../support/api.ts';
import { type DocumentSchemas, readSchemas } from '../support/document-schemas.ts';
import { draft } from '../support/drafts.ts';
import { sampleNow } from '../support/sample-traffic.ts';

interface Step {
  path?: Record<string, string | number>;
  query?: Record<string, string>;
  body?: unknown;
}

/** How each operation is called so that it succeeds; what comes back must hold something. */
const walk: Record<string, (server: ApiServer) => Promise<Step> | Step> = {
  'list-accounts': () => ({ query: { period: 'all', search: 'e', sort: 'pages', limit: '3' } }),
  'find-accounts': () => ({ query: { search: 'bright' } }),
  'get-account': () => ({ path: { id: 1 }, query: { site: '1' } }),
  'list-visits': () => ({ path: { id: 1 }, query: { limit: '5' } }),
  'list-visitors': () => ({ path: { id: 1 } }),
  'list-people': async (server) => ({ path: { id: (await somebody(server)).account } }),
  'say-role': async (server) => {
    const { account, person } = await somebody(server);
    return { path: { id: account }, body: { person, role: 'champion' } };
  },
  'list-account-networks': () => ({ path: { id: 1 } }),
  'get-overview': () => ({ query: { from: '2026-01-01', to: '2026-11-20' } }),
  'list-networks': () => ({ query: { group: 'providers', period: '12m' } }),
  'list-decisions': async (server) => {
    await split(server);
    return { query: { limit: '2' } };
  },
  'get-decision': async (server) => ({ path: { id: await split(server) } }),
  'make-decision': () => ({ body: { kind: 'merge', account: 9, target: 1, note: 'the same' } }),
  'undo-decision': async (server) => ({ path: { id: await split(server) } }),
  'list-learned': () => ({ query: { limit: '1' } }),
  'import-profiles': () => ({
    body: 'name,domain,country,tier\nHarbour Tools,harbour-tools.com,DE,A\nx,,Nowhere,B\n',
  }),
  'export-events': () => ({ query: { from: '2026-11-01T00:00:00Z', limit: '700' } }),
  'list-sites': () => ({}),
  'add-site': () => ({ body: { domain: 'https://shop.example/', hosts: ['help.shop.example'] } }),
  'get-site': () => ({ path: { id: 1 } }),
  'set-site-settings': () => ({
    path: { id: 1 },
    body: {
      measures: 'usual',
      hash: true,
      domain: 'millrace.example',
      consent: 'google',
      emailDomain: false,
      fieldTiming: false,
      capture: ['company'],
      link: ['shop.example'],
      calls: false,
      debug: false,
    },
  }),
  'latest-events': () => ({ path: { id: 1 } }),
  'get-health': () => ({}),
  'list-drops': () => ({ query: { days: '30' } }),
  'list-data-sources': () => ({}),
  'fetch-data-source': () => ({ path: { source: 'iptoasn' } }),
  'schedule-data-source': () => ({ path: { source: 'dbip' }, body: { schedule: 'off' } }),
  'get-visitor-addresses': () => ({}),
  'dismiss-finding': async (server) => ({ body: { subject: await behindProxy(server) } }),
  'watch-again': () => ({ body: { subject: 'private' } }),
  'list-keys': () => ({}),
  'revoke-key': async (server) => {
    await server.key('sales');
    const [last] = await server.rooms.store.keys();
    return { path: { id: last?.id ?? 0 } };
  },
  'list-audit': () => ({ query: { what: 'key-made', limit: '2' } }),
};

const document = makeDocument('0.1.0');
const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, DocumentedOperation>).map(([method, documented]) => ({
    id: documented.operationId,
    method: method.toUpperCase(),
    path,
    documented,
    needs: documented.security[0]?.key[0] ?? '',
  })),
);

interface DocumentedOperation {
  operationId: string;
  summary: string;
  description: string;
  security: { key: string[] }[];
  parameters?: {
    name: string;
    in: string;
    description: string;
    schema: { type?: string; enum?: string[]; format?: string };
  }[];
  requestBody?: { content: Record<string, { schema: unknown; example: unknown }> };
  responses: Record<
    string,
    { description: string; content: Record<string, { schema: unknown; example: unknown }> }
  >;
}
type Walked = (typeof operations)[number];

let server: ApiServer;
let schemas: DocumentSchemas;

beforeAll(async () => {
  server = await startApiServer();
  const served = (await (await fetch(`${server.url}/openapi.json`)).json()) as typeof document;
  expect(served).toMatchObject({ openapi: '3.1.0', paths: {} });
  expect(Object.keys(served.paths ?? {})).toEqual(Object.keys(document.paths ?? {}));
  schemas = readSchemas(served);
});
afterAll(() => server?.close());

/** Makes a decision that can be looked at and taken back; each its own. */
async function split({ rooms }: ApiServer): Promise<number> {
  const pairs = (await rooms.store.findAccounts('', 40)).slice(20);
  for (const { id } of pairs) {
    if ((await rooms.store.accountHome(id)) !== id) continue;
    const made = await rooms.store.decide(
      { kind: 'merge', accountId: id, targetId: 1, note: '' },
      'kim@example.com',
      0,
    );
    return made.id;
  }
  throw new Error('no account is left to merge');
}

/** Somebody of whom a role can be said, and where they work. */
async function somebody({ rooms, site }: ApiServer): Promise<{ account: number; person: number }> {
  const email = 'kim@harbour-tools.com';
  await rooms.store.append([draft({ visitor: 'kim', site: site.id, at: sampleNow, email })]);
  const [account] = await rooms.store.findAccounts('harbour-tools', 1);
  const found = (await rooms.store.people(account?.id ?? 0)).find(({ label }) => label === email);
  if (account === undefined || found?.personId == null) throw new Error('nobody is there');
  return { account: account.id, person: found.personId };
}

/** Visits as they look where a proxy says nothing of whom it passes on; what is found of them. */
async function behindProxy({ rooms, site }: ApiServer): Promise<string> {
  await rooms.store.append(
    Array.from({ length: 600 }, (_, number) =>
      draft({
        visitor: `proxied-${number}`,
        site: site.id,
        at: sampleNow - number * 1_000,
        prefix: '10.0.0.0/24',
        address: 10,
      }),
    ),
  );
  for (const { subject } of await rooms.doctor.dismissed()) await rooms.doctor.watchAgain(subject);
  const found = await rooms.doctor.look();
  if (found === null) throw new Error('the doctor found nothing');
  return found.subject;
}

function addressOf({ path }: Walked, step: Step): string {
  const query = new URLSearchParams(step.query).toString();
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(step.path?.[name] ?? 1)),
  );
  return query === '' ? filled : `${filled}?${query}`;
}

const typeOf = ({ documented }: Walked) => Object.keys(documented.requestBody?.content ?? {})[0];
const call = (one: Walked, secret: string | null, step: Step) =>
  server.call(secret, addressOf(one, step), {
    method: one.method,
    ...(step.body !== undefined && { body: step.body }),
    ...(typeOf(one) && { type: typeOf(one) ?? '' }),
  });

/** A problem is one of those that the document has for this operation, and looks as it says. */
async function expectProblem(
  one: Walked,
  response: Response,
  status: number[],
): Promise<Record<string, unknown>> {
  const about = `${one.id}: ${response.url}`;
  expect.soft(status, about).toContain(response.status);
  expect.soft(response.headers.get('content-type'), about).toBe('application/problem+json');
  const body = (await response.json()) as Record<string, unknown>;
  const documented = one.documented.responses[String(response.status)]?.content['application/problem+json'];
  expect.soft(documented, `${about}: ${response.status} is not documented`).toBeDefined();
  expect.soft(schemas.wrong(documented?.schema, body), about).toEqual([]);
  expect.soft(body.status, about).toBe(response.status);
  expect.soft(String(body.detail), about).not.toMatch(/\bat \w+ \(|node_modules|SQLITE|undefined/);
  return body;
}

test('every operation has its walk, and every walk its operation', () => {
  expect(Object.keys(walk).sort()).toEqual(operations.map(({ id }) => id).sort());
  expect(operations).toHaveLength(resources.flatMap((resource) => resource.operations).length);
});

describe.each(operations)('$id', (one) => {
  test('succeeds as the document says', async () => {
    const secret = await server.key('owner');
    const step = await walk[one.id]?.(server);
    if (step === undefined) throw new Error(`${one.id} has no walk`);
    const response = await call(one, secret, step);
    const [success, ...more] = Object.keys(one.documented.responses).filter((status) =>
      status.startsWith('2'),
    );
    expect(more).toEqual([]);
    const text = await response.text();
    expect([response.status, response.status < 300 ? '' : text]).toEqual([Number(success), '']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const content = one.documented.responses[success ?? '']?.content ?? {};
    const type = response.headers.get('content-type') ?? '';
    expect(Object.keys(content)).toEqual([type]);
    const bodies = type === 'application/x-ndjson' ? text.trim().split('\n') : [text];
    for (const body of bodies.map((line) => JSON.parse(line)))
      expect(schemas.wrong(content[type]?.schema, body)).toEqual([]);
    if (type === 'application/json' && 'data' in JSON.parse(text))
      expect(JSON.parse(text).data).not.toEqual([]);
  });

  test('is described, with examples that are right', () => {
    const { summary, description, parameters = [], requestBody, responses } = one.documented;
    expect(summary.length).toBeGreaterThan(8);
    expect(description).toContain(`\`${one.needs}\``);
    for (const parameter of parameters) expect(parameter.description, parameter.name).toMatch(/\w+/);
    const bodies = [requestBody?.content ?? {}, ...Object.values(responses).map(({ content }) => content)];
    for (const content of bodies)
      for (const { schema, example } of Object.values(content)) {
        expect(example).toBeDefined();
        expect(schemas.wrong(schema, example)).toEqual([]);
      }
  });

  test('is closed without a key, and to a key for everything else', async () => {
    const step: Step = { path: { id: 1 } };
    for (const secret of [null, `fl_${'x'.repeat(43)}`, 'x', 'fl_'])
      await expectProblem(one, await call(one, secret, step), [401]);
    const others = capabilityNames.filter((name) => name !== one.needs);
    const refused = await call(one, await server.key('owner', others), step);
    expect((await expectProblem(one, refused, [403])).detail).toContain(one.needs);
  });

  test('answers nonsense with what is wrong, and never breaks', async () => {
    const secret = await server.key('owner');
    const { parameters = [] } = one.documented;
    const right: Step = one.documented.requestBody
      ? { path: { id: 1 } }
      : ((await walk[one.id]?.(server)) ?? {});
    const nonsense = [
      '',
      '-1',
      '1.5',
      'NaN',
      '1e999',
      '0x1',
      '\u0000',
      "' or 1=1 --",
      '../../x',
      '🎈',
      '9'.repeat(40),
      'x'.repeat(3_000),
    ];
    for (const { name, in: place, schema } of parameters) {
      const isFree = schema.type === 'string' && !schema.enum && !schema.format && name !== 'cursor';
      for (const value of nonsense) {
        if (place === 'path' && value === '') continue;
        const step =
          place === 'path'
            ? { ...right, path: { id: value } }
            : { ...right, query: { ...right.query, [name]: value } };
        const response = await call(one, secret, step);
        if (isFree && response.ok) await response.text();
        else await expectProblem(one, response, [400, 404]);
      }
    }
    await expectProblem(
      one,
      await server.call(secret, `${addressOf(one, { path: { id: 1 } })}?nonsense=1`, { method: one.method }),
      [400],
    );
    if (one.path.includes('{id}'))
      await expectProblem(
        one,
        await call(one, secret, { ...(await validBody(one)), path: { id: 999_999 } }),
        [404],
      );
    if (one.documented.requestBody) await expectBodiesRefused(one, secret);
  });
});

async function validBody(one: Walked): Promise<Step> {
  return one.documented.requestBody ? { body: (await walk[one.id]?.(server))?.body } : {};
}

async function expectBodiesRefused(one: Walked, secret: string): Promise<void> {
  const step = (await walk[one.id]?.(server)) ?? {};
  const path = addressOf(one, { path: step.path ?? {} });
  const send = (body: unknown, type: string | undefined = typeOf(one)) =>
    server.call(secret, path, { method: one.method, body, ...(type && { type }) });
  await expectProblem(one, await send('{}', 'text/plain'), [415]);
  await expectProblem(one, await server.call(secret, path, { method: one.method }), [415]);
  await expectProblem(one, await send(endless()), [413]);
  if (typeOf(one) === 'text/csv') {
    await expectProblem(one, await send('a,b\n1,2\n'), [422]);
    return;
  }
  for (const text of ['', '{', '[1', 'nonsense', '['.repeat(60_000 / 4)])
    await expectProblem(one, await send(text), [400, 413]);
  for (const value of [null, 7, 'x', [], {}, { nonsense: 1 }, JSON.parse('{"__proto__":{"domain":"x"}}')])
    await expectProblem(one, await send(JSON.stringify(value)), [422]);
}

/** A body that says nothing of its length, and does not end. */
function endless(): ReadableStream {
  const piece = new Uint8Array(64 * 1_024).fill(0x20);
  return new ReadableStream({ pull: (controller) => controller.enqueue(piece) });
}
