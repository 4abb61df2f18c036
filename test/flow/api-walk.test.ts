/**
 * Every operation of the OpenAPI document, called on a running server: its success, which must be what the document
 * says; and without a key, with a key for everything else, with nonsense. An operation without its line in `steps` fails.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Capability, capabilityNames } from '../../collector/access/capability.ts';
import { makeDocument } from '../../collector/api/document.ts';
import { resources } from '../../collector/api/resources/index.ts';
import { type ApiServer, startApiServer } from '../support/api.ts';
import { type Step, steps } from '../support/api-steps.ts';
import { type DocumentSchemas, readSchemas } from '../support/document-schemas.ts';

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

/** One key an operation, so that none calls too often; and of those that may all but one thing, one each. */
const keys = new Map<string, Promise<string>>();
function keyFor(name: string, scopes?: readonly Capability[]): Promise<string> {
  const known = keys.get(name) ?? server.key('owner', scopes);
  keys.set(name, known);
  return known;
}

test('every operation has its walk, and every walk its operation', () => {
  expect(Object.keys(steps).sort()).toEqual(operations.map(({ id }) => id).sort());
  expect(operations).toHaveLength(resources.flatMap((resource) => resource.operations).length);
});

describe.each(operations)('$id', (one) => {
  test('succeeds as the document says', async () => {
    const secret = await keyFor(one.id);
    const step = await steps[one.id]?.(server);
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
    const refused = await call(one, await keyFor(`all but ${one.needs}`, others), step);
    expect((await expectProblem(one, refused, [403])).detail).toContain(one.needs);
  });

  test('answers nonsense with what is wrong, and never breaks', async () => {
    const secret = await keyFor(one.id);
    const { parameters = [] } = one.documented;
    const right: Step = one.documented.requestBody
      ? { path: { id: 1 }, ...(await validBody(one)) }
      : ((await steps[one.id]?.(server)) ?? {});
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
      if (place === 'header') continue;
      const isFree = schema.type === 'string' && !schema.enum && !schema.format && name !== 'cursor';
      await Promise.all(
        nonsense.map(async (value) => {
          if (place === 'path' && value === '') return;
          const step =
            place === 'path'
              ? { ...right, path: { ...right.path, [name]: value } }
              : { ...right, query: { ...right.query, [name]: value } };
          const response = await call(one, secret, step);
          if (isFree && response.ok) await response.text();
          else await expectProblem(one, response, [400, 404]);
        }),
      );
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
  return one.documented.requestBody ? { body: (await steps[one.id]?.(server))?.body } : {};
}

async function expectBodiesRefused(one: Walked, secret: string): Promise<void> {
  const step = (await steps[one.id]?.(server)) ?? {};
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
