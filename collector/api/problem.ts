/** What is answered where a call cannot be: RFC 9457, from one closed list. */
import { z } from '@hono/zod-openapi';

export const problems = {
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'no-key': { status: 401, title: 'An API key is needed' },
  'not-allowed': { status: 403, title: 'This key may not do that' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'no-such-method': { status: 405, title: 'That cannot be done here' },
  'too-large': { status: 413, title: 'The body is too large' },
  'wrong-type': { status: 415, title: 'The body is of another type' },
  refused: { status: 422, title: 'That makes no sense' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  failed: { status: 500, title: 'Something went wrong on our side' },
  busy: { status: 503, title: 'Too much is being done just now' },
} as const;

export type ProblemKind = keyof typeof problems;

/** One thing that is wrong with a request, and where: `query.limit`, `body.domain`. */
export interface Wrong {
  where: string;
  says: string;
  /** Of an expression: the characters that it is about. */
  offset?: number;
  length?: number;
  /** Of an expression: what was meant, as it would be written. */
  meant?: string;
}

/** Thrown by an operation, answered as it says. Its message is the detail: what happened, with the value, and what to do. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly wrong: readonly Wrong[];
  /** When to come again, s. */
  readonly retryAfterS: number | null;
  /** Methods that there are instead. */
  readonly allow: readonly string[];

  constructor(
    kind: ProblemKind,
    detail: string,
    more: { wrong?: readonly Wrong[]; retryAfterS?: number; allow?: readonly string[] } = {},
  ) {
    super(detail);
    this.kind = kind;
    this.wrong = more.wrong ?? [];
    this.retryAfterS = more.retryAfterS ?? null;
    this.allow = more.allow ?? [];
  }
}

/** Where it is explained; a reference to a page of ours, as RFC 9457 §3.1.1 allows. */
export const typeOf = (kind: ProblemKind) => `/docs#problem-${kind}`;

export function problemResponse(problem: Problem): Response {
  const { status, title } = problems[problem.kind];
  const body = {
    type: typeOf(problem.kind),
    title,
    status,
    detail: problem.message,
    ...(problem.wrong.length > 0 && { errors: problem.wrong }),
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (problem.retryAfterS !== null) headers.set('retry-after', String(problem.retryAfterS));
  if (problem.allow.length > 0) headers.set('allow', problem.allow.join(', '));
  if (problem.kind === 'no-key') headers.set('www-authenticate', 'Bearer realm="footlight"');
  return new Response(JSON.stringify(body), { status, headers });
}

export const problemSchema = z
  .object({
    type: z.string().openapi({ description: 'Where this kind of problem is explained.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().openapi({ description: 'What happened, with the value, and what to do.' }),
    errors: z
      .array(
        z.object({
          where: z.string(),
          says: z.string(),
          offset: z.int().optional(),
          length: z.int().optional(),
          meant: z.string().optional(),
        }),
      )
      .optional()
      .openapi({
        description:
          'Each thing that is wrong with the request, and where it stands; of an expression, also which characters, and what was meant where that can be guessed.',
      }),
  })
  .openapi('Problem');
