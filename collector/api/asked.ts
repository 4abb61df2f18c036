/** Reads what a call asks: its parameters and its body, within bounds, against what the operation says it takes. */
import type { Context } from 'hono';
import { z } from 'zod';
import { depthOf, readText } from '../receive/body.ts';
import type { Operation } from './operation.ts';
import { Problem, type Wrong } from './problem.ts';

/** Deeper than any body that we take; a few thousand levels would overflow the stack of whatever checks them. */
const maxDepth = 12;
const maxWrong = 20;
const maxUrlLength = 4_000;

/** @throws Problem that says what is wrong, and where */
export async function readAsked(
  c: Context,
  operation: Operation,
): Promise<{ path: Record<string, unknown>; query: Record<string, unknown>; body: unknown }> {
  const url = new URL(c.req.url);
  if (url.search.length > maxUrlLength)
    throw new Problem(
      'bad-request',
      `the query has ${url.search.length} characters; at most ${maxUrlLength}`,
    );
  const path = checked('path', operation.params, c.req.param(), 'bad-request');
  const query = checked('query', operation.query, queryOf(url), 'bad-request');
  return {
    path: path as Record<string, unknown>,
    query: query as Record<string, unknown>,
    body: operation.body ? await readBody(c, operation.body) : undefined,
  };
}

/** A parameter said twice is a slip that would be believed half. */
function queryOf(url: URL): Record<string, string> {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of url.searchParams) {
    if (name in query)
      throw new Problem('bad-request', `the query says "${name.slice(0, 60)}" twice; say it once`);
    query[name] = value;
  }
  return { ...query };
}

const nothing = z.strictObject({});

function checked(
  where: string,
  schema: z.ZodType | undefined,
  value: unknown,
  kind: 'bad-request' | 'refused',
): unknown {
  const read = (schema ?? nothing).safeParse(value, { error: inWords });
  if (read.success) return read.data;
  const wrong = read.error.issues.slice(0, maxWrong).map((issue) => wrongOf(where, issue));
  const [first] = wrong;
  throw new Problem(kind, first ? `${first.where}: ${first.says}` : `the ${where} is not as it should be`, {
    wrong,
  });
}

const maxShown = 60;

/** What is wrong in words that say what to do; where a schema has none of its own. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `"${issue.keys.join('", "').slice(0, maxShown)}" is not known here; /docs lists what is`;
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `is no ${issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? `is missing; ${oneOf(issue.values)}` : oneOf(issue.values);
    case 'invalid_union':
      return 'is none of the kinds that there are; /docs lists them';
    case 'too_big':
      return `has more than ${issue.maximum}`;
    case 'too_small':
      return `has less than ${issue.minimum}`;
    default:
      return undefined;
  }
}

const oneOf = (values: readonly unknown[]) => `is one of ${values.map(String).join(', ')}`;

function wrongOf(where: string, issue: z.core.$ZodIssue): Wrong {
  const place = [where, ...issue.path.map(String)].join('.').slice(0, 200);
  return { where: place, says: issue.message.slice(0, 300) };
}

async function readBody(
  c: Context,
  { schema, type, maxBytes }: NonNullable<Operation['body']>,
): Promise<unknown> {
  const given = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (given !== type)
    throw new Problem('wrong-type', `the body is "${given?.slice(0, 60)}"; send it as content-type: ${type}`);
  const text = await readText(c.req.raw, maxBytes);
  if (text === null) throw new Problem('too-large', `the body may have ${maxBytes} bytes; send less at once`);
  if (type === 'text/csv') return checked('body', schema, text, 'refused');
  if (depthOf(text, maxDepth) > maxDepth)
    throw new Problem('bad-request', `the body nests deeper than ${maxDepth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('bad-request', 'the body is no JSON; check quotes, commas and brackets');
  }
  return checked('body', schema, value, 'refused');
}
