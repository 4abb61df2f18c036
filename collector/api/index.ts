/**
 * The door of the API: `/api/v1/*` by bearer key, and `/openapi.json`, which anybody may read, since it holds no data.
 * No cookie is looked at, so there is nothing that another site could send in somebody's name; no other origin is
 * allowed to read the answers from a browser.
 */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { DeedDetail } from '../store/audit.ts';
import { DecisionRefused, ReadGivenUp, StoreBusy } from '../store/store.ts';
import { readAsked } from './asked.ts';
import { callerOf, demand } from './caller.ts';
import { openCursors } from './cursor.ts';
import { type ApiDocument, apiPath, makeDocument } from './document.ts';
import { idempotencyHeader, openRepeats } from './idempotency.ts';
import type { ApiRooms, Caller, Operation } from './operation.ts';
import { Problem, problemResponse } from './problem.ts';
import { openRateLimit, usualLimit } from './rate-limit.ts';
import { resources } from './resources/index.ts';
import { ndjson } from './stream.ts';

export type { ApiDocument } from './document.ts';

export interface ApiOptions extends ApiRooms {
  /** Signs cursors. */
  secret: string;
  version: string;
  limit?: typeof usualLimit;
  /** Told of failures of ours; the caller learns nothing of them. */
  onError(error: unknown, c: Context): void;
}

export interface Api {
  app: Hono<ApiEnv>;
  document: ApiDocument;
}

interface ApiEnv {
  Variables: { caller: Caller };
}

/** When to come again where the store had too much to do, s. */
const busyRetryS = 5;

export function createApi(options: ApiOptions): Api {
  const { secret, version, limit: limits = usualLimit, onError, ...rooms } = options;
  const cursors = openCursors(secret);
  const limit = openRateLimit(Date.now, limits);
  const repeats = openRepeats(Date.now);
  const document = makeDocument(version);
  const app = new Hono<ApiEnv>();

  app.get('/openapi.json', (c) => c.json(document, 200, { 'cache-control': 'no-cache' }));

  const api = new Hono<ApiEnv>();
  api.onError((error, c) => {
    const problem = problemOf(error);
    if (problem.kind === 'failed') onError(error, c);
    return problemResponse(problem);
  });
  api.use('*', plain, async (c, next) => {
    c.set(
      'caller',
      await callerOf(c.req.header('authorization'), { store: rooms.store, now: rooms.now, limit }),
    );
    return next();
  });
  const all = resources.flatMap(({ operations }) => operations);
  for (const operation of all)
    api.on(operation.method.toUpperCase(), routeOf(operation.path), async (c) => {
      const caller = c.get('caller');
      demand(caller, operation.needs);
      const asked = {
        ...rooms,
        ...(await readAsked(c, operation)),
        caller,
        cursors,
        signal: c.req.raw.signal,
      };
      const isRead = operation.method === 'get';
      const handle = () => operation.handle(asked);
      if (isRead) return answer(operation, await rooms.store.whileWanted(c.req.raw.signal, handle), asked);
      const run = async () => answer(operation, await handle(), asked);
      const name = operation.method === 'post' ? c.req.header(idempotencyHeader) : undefined;
      if (name === undefined) return run();
      const { path, query, body } = asked;
      return repeats.once(caller.key.id, name, [operation.id, path, query, body], run);
    });
  for (const path of new Set(all.map((operation) => operation.path))) {
    const allow = all
      .filter((operation) => operation.path === path)
      .map(({ method }) => method.toUpperCase());
    api.all(routeOf(path), (c) => {
      const says = `${c.req.method} is not for ${c.req.path.slice(0, 200)}; it takes ${allow.join(', ')}`;
      throw new Problem('no-such-method', says, { allow });
    });
  }
  api.all('*', (c) => {
    throw new Problem('not-found', `there is no ${c.req.path.slice(0, 200)}; /docs lists what there is`);
  });
  app.route(apiPath, api);
  return { app, document };
}

/** `/accounts/{id}` as the router has it. */
const routeOf = (path: string) => path.replace(/\{(\w+)\}/g, ':$1');

/** No cache keeps an answer, no browser takes it for a page. */
const plain: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('cache-control', 'no-store');
  c.res.headers.set('x-content-type-options', 'nosniff');
  c.res.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
};

async function answer(
  { answer: { status, type }, path }: Operation,
  answered: unknown,
  { store, now, caller, query }: ApiRooms & { caller: Caller; query: Record<string, unknown> },
): Promise<Response> {
  if (type !== 'application/x-ndjson') return Response.json(answered, { status });
  // What leaves line by line is data taken away, and is logged as such.
  const filter = Object.entries(query).filter(([name, value]) => name !== 'cursor' && value !== undefined);
  return ndjson(answered as AsyncIterable<unknown>, (rows, whole) =>
    store.record(
      {
        who: caller.by,
        what: 'export',
        subject: path.slice(1),
        detail: { rows, whole, ...(Object.fromEntries(filter) as DeedDetail) },
      },
      now(),
    ),
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DecisionRefused) return new Problem('refused', error.message);
  if (error instanceof ReadGivenUp)
    return error.why === 'too-long'
      ? new Problem('busy', 'this took too long and was given up; ask for a shorter period, or a single site')
      : new Problem('busy', error.message, { retryAfterS: busyRetryS });
  if (error instanceof StoreBusy) return new Problem('busy', error.message, { retryAfterS: busyRetryS });
  return new Problem('failed', 'the server’s log says what; nothing was changed that was not answered');
}
