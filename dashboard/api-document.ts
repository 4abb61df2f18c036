/** The API's OpenAPI document, read into what its pages show. Pure; how the document is made is none of its business. */
import { z } from 'zod';

interface Schema {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  format?: string | undefined;
  enum?: (string | number | boolean | null)[] | undefined;
  description?: string | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
  items?: Schema | undefined;
  oneOf?: Schema[] | undefined;
  anyOf?: Schema[] | undefined;
  allOf?: Schema[] | undefined;
}

const schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    format: z.string().optional(),
    enum: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), schema).optional(),
    required: z.array(z.string()).optional(),
    items: schema.optional(),
    oneOf: z.array(schema).optional(),
    anyOf: z.array(schema).optional(),
    allOf: z.array(schema).optional(),
  }),
);
const content = z.record(z.string(), z.object({ schema, example: z.unknown().optional() }));
const documented = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  description: z.string(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().default(false),
        description: z.string(),
        schema: schema.and(z.object({ example: z.unknown().optional() })),
      }),
    )
    .default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
});
const document = z.object({
  info: z.object({ version: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), documented)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});
type Document = z.infer<typeof document>;

/** One field of a body, nested ones with their path: `data[].name`. */
export interface DocumentedField {
  name: string;
  type: string;
  says: string;
  isRequired: boolean;
}

export interface DocumentedOperation {
  id: string;
  method: string;
  path: string;
  summary: string;
  /** Paragraphs. */
  says: string[];
  parameters: (DocumentedField & { place: 'path' | 'query' | 'header'; example: string | null })[];
  /** One list of fields each kind that there is; one, where there are no kinds. */
  body: { type: string; kinds: DocumentedField[][]; example: string } | null;
  answer: { status: string; says: string; type: string; fields: DocumentedField[]; example: string };
  problems: { status: string; title: string; kind: string }[];
}

export interface DocumentedResource {
  slug: string;
  name: string;
  says: string;
  operations: DocumentedOperation[];
}

export interface ApiDocumentation {
  version: string;
  says: string;
  resources: DocumentedResource[];
  /** Every problem that any operation may answer. */
  problems: { status: string; title: string; kind: string }[];
}

/**
 * Reads a document of ours.
 * @throws z.ZodError if it is none
 */
export function readApiDocument(given: unknown): ApiDocumentation {
  const read = document.parse(given);
  const all = Object.entries(read.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      resource: one.tags[0],
      operation: operationOf(read, path, method, one),
    })),
  );
  const problems = new Map(
    all.flatMap(({ operation }) => operation.problems.map((problem) => [problem.kind, problem] as const)),
  );
  return {
    version: read.info.version,
    says: read.info.description,
    resources: read.tags.map(({ name, description }) => ({
      slug: name.toLowerCase().replace(/\W+/g, '-'),
      name,
      says: description,
      operations: all.filter(({ resource }) => resource === name).map(({ operation }) => operation),
    })),
    problems: [...problems.values()].sort((a, b) => Number(a.status) - Number(b.status)),
  };
}

function operationOf(
  read: Document,
  path: string,
  method: string,
  one: z.infer<typeof documented>,
): DocumentedOperation {
  const [[bodyType, body] = []] = Object.entries(one.requestBody?.content ?? {});
  const [status = '', success] = Object.entries(one.responses).find(([code]) => code.startsWith('2')) ?? [];
  const [[type, answer] = []] = Object.entries(success?.content ?? {});
  return {
    id: one.operationId,
    method: method.toUpperCase(),
    path,
    summary: one.summary,
    says: one.description.split('\n\n'),
    parameters: one.parameters.map((parameter) => ({
      name: parameter.name,
      place: parameter.in,
      type: typeWords(read, parameter.schema),
      says: parameter.description,
      isRequired: parameter.required,
      example: parameter.schema.example === undefined ? null : String(parameter.schema.example),
    })),
    body:
      bodyType === undefined || body === undefined
        ? null
        : { type: bodyType, kinds: kindsOf(read, body.schema), example: exampleText(body.example) },
    answer: {
      status,
      says: success?.description ?? '',
      type: type ?? '',
      fields: answer === undefined ? [] : fieldsOf(read, answer.schema),
      example: exampleText(answer?.example),
    },
    problems: Object.entries(one.responses)
      .filter(([code]) => !code.startsWith('2'))
      .map(([code, { description, content: said }]) => {
        const example = z.object({ type: z.string() }).parse(Object.values(said)[0]?.example);
        return { status: code, title: description, kind: example.type.split('#')[1] ?? '' };
      }),
  };
}

const exampleText = (example: unknown) =>
  typeof example === 'string' ? example : JSON.stringify(example, null, 2);

const componentStart = '#/components/schemas/';

/** A schema without its reference, and without the null that it may be. */
function resolved(read: Document, given: Schema): Schema {
  if (given.$ref !== undefined) {
    const found = read.components.schemas[given.$ref.slice(componentStart.length)];
    return found === undefined
      ? {}
      : { ...resolved(read, found), ...(given.description && { description: given.description }) };
  }
  const [some, ...others] = (given.anyOf ?? given.allOf ?? []).filter((one) => one.type !== 'null');
  if (some !== undefined && others.length === 0)
    return { ...resolved(read, some), ...(given.description && { description: given.description }) };
  return given;
}

function mayBeNull(given: Schema): boolean {
  return (
    (Array.isArray(given.type) && given.type.includes('null')) ||
    (given.anyOf ?? []).some((one) => one.type === 'null') ||
    (given.enum ?? []).includes(null)
  );
}

/** `whole number`, `one of company, never, own`, `list of objects`. */
function typeWords(read: Document, given: Schema): string {
  const found = resolved(read, given);
  const types = (Array.isArray(found.type) ? found.type : [found.type ?? '']).filter(
    (type) => type !== 'null',
  );
  const orNull = mayBeNull(given) || mayBeNull(found) ? ' or null' : '';
  if (found.enum !== undefined) {
    const values = found.enum.filter((value) => value !== null);
    return values.length === 1 ? `“${values[0]}”${orNull}` : `one of ${values.join(', ')}${orNull}`;
  }
  if (found.items !== undefined) return `list of ${typeWords(read, found.items)}${orNull}`;
  const named: Record<string, string> = { integer: 'whole number', boolean: 'true or false', string: 'text' };
  const formats: Record<string, string> = { 'date-time': 'time', date: 'day', email: 'e-mail' };
  const [type = ''] = types;
  return `${formats[found.format ?? ''] ?? named[type] ?? (type || 'anything')}${orNull}`;
}

function kindsOf(read: Document, given: Schema): DocumentedField[][] {
  const found = resolved(read, given);
  return (found.oneOf ?? [found]).map((kind) => fieldsOf(read, kind));
}

/** How deep fields are listed; what lies below is seen in the example. */
const maxDepth = 3;

function fieldsOf(read: Document, given: Schema, before = '', depth = 0): DocumentedField[] {
  const found = resolved(read, given);
  if (found.items !== undefined) return fieldsOf(read, found.items, `${before}[]`, depth);
  if (depth > maxDepth) return [];
  return Object.entries(found.properties ?? {}).flatMap(([name, property]) => {
    const path = before === '' ? name : `${before}.${name}`;
    return [
      {
        name: path,
        type: typeWords(read, property),
        says: property.description ?? resolved(read, property).description ?? '',
        isRequired: (found.required ?? []).includes(name),
      },
      ...fieldsOf(read, property, path, depth + 1),
    ];
  });
}

/** How it is called from a shell. */
export function curlOf(operation: DocumentedOperation, origin: string): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => exampleOf(operation, name));
  const needed = operation.parameters.filter(
    ({ place, isRequired, example }) => place === 'query' && isRequired && example !== null,
  );
  const query = new URLSearchParams(
    needed.map(({ name, example }): [string, string] => [name, example ?? '']),
  ).toString();
  const lines = [
    `curl ${operation.method === 'GET' ? '' : `-X ${operation.method} `}'${origin}${path}${query && `?${query}`}'`,
    "-H 'Authorization: Bearer fl_…'",
  ];
  if (operation.body !== null) {
    const { type, example } = operation.body;
    lines.push(`-H 'Content-Type: ${type}'`);
    lines.push(
      type === 'text/csv'
        ? '--data-binary @companies.csv'
        : `-d '${compact(example).replaceAll("'", "'\\''")}'`,
    );
  }
  return lines.join(' \\\n  ');
}

function exampleOf(operation: DocumentedOperation, name: string): string {
  return operation.parameters.find((parameter) => parameter.name === name)?.example ?? `{${name}}`;
}

const compact = (text: string) => JSON.stringify(JSON.parse(text));
