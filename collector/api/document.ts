/** The OpenAPI 3.1 document, made of the operations themselves. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { capabilities } from '../access/capability.ts';
import type { Operation } from './operation.ts';
import { type ProblemKind, problemSchema, problems, typeOf } from './problem.ts';
import { resources } from './resources/index.ts';

export const apiPath = '/api/v1';

const says = `Everything that the dashboard reads or writes. Lists are read page by page: \`next\` of one is \`cursor\` of the following. Times are ISO 8601 in UTC. What cannot be answered is told as \`application/problem+json\`.`;

/** What may be answered in place of what was asked for. */
export function problemsOf(operation: Operation): ProblemKind[] {
  const mayMiss =
    operation.params !== undefined || (operation.query !== undefined && 'site' in operation.query.shape);
  return [
    ...new Set<ProblemKind>([
      'bad-request',
      'no-key',
      'not-allowed',
      ...(mayMiss ? (['not-found'] as const) : []),
      ...(operation.body ? (['too-large', 'wrong-type', 'refused'] as const) : []),
      ...(operation.problems ?? []),
      'too-many-requests',
      'busy',
    ]),
  ];
}

function problemAnswer(kind: ProblemKind) {
  const { status, title } = problems[kind];
  const example = {
    type: typeOf(kind),
    title,
    status,
    detail: 'What happened, with the value, and what to do.',
  };
  return {
    description: title,
    content: { 'application/problem+json': { schema: problemSchema, example } },
    ...(kind === 'too-many-requests' && {
      headers: z.object({
        'Retry-After': z.string().openapi({ description: 'When to come again, s.', example: '3' }),
      }),
    }),
  };
}

const repeatable = z.object({
  'Idempotency-Key': z.string().max(200).optional().openapi({
    description:
      'A name of your own for this call. Sent again under it within a day, it is answered as before and not done again; a restart of the server forgets it.',
    example: '0c5a7e52-8d0e-4c2a-9d39-2f1f3a7f8c11',
  }),
});

/** @param version of the program that answers */
export function makeDocument(version: string) {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key, `fl_…`. Owners make them under Access → API keys.',
  });
  for (const resource of resources)
    for (const operation of resource.operations) {
      const { answer, body } = operation;
      app.openAPIRegistry.registerPath({
        operationId: operation.id,
        method: operation.method,
        path: `${apiPath}${operation.path}`,
        tags: [resource.name],
        summary: operation.summary,
        description: `${operation.description}\n\nNeeds the scope \`${operation.needs}\`: may ${capabilities[operation.needs].says}.`,
        security: [{ key: [operation.needs] }],
        request: {
          ...(operation.params && { params: operation.params }),
          ...(operation.query && { query: operation.query }),
          ...(operation.method === 'post' && { headers: repeatable }),
          ...(body && {
            body: {
              required: true,
              content: { [body.type]: { schema: body.schema, example: body.example } },
            },
          }),
        },
        responses: {
          [answer.status]: {
            description: answer.description,
            content: {
              [answer.type ?? 'application/json']: { schema: answer.schema, example: answer.example },
            },
          },
          ...Object.fromEntries(
            problemsOf(operation).map((kind) => [problems[kind].status, problemAnswer(kind)]),
          ),
        },
      });
    }
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Footlight', version, description: says, license: { name: 'MIT' } },
    servers: [{ url: '/' }],
    tags: resources.map(({ name, says: description }) => ({ name, description })),
  });
}

export type ApiDocument = ReturnType<typeof makeDocument>;
