/**
 * Segment's HTTP API, so that every client that exists for it can be pointed here: the calls, and what the snippet
 * loads before it calls.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/
 */
import { type Context, Hono } from 'hono';
import type { Sender } from '../collect.ts';
import type { SiteDirectory } from '../sites.ts';
import { callBody, callHeaders, callStatus } from './answer.ts';
import { type CallType, callTypes } from './call.ts';
import { type CallCollect, maxBatchBytes } from './collect.ts';
import { readPacked } from './inflate.ts';
import type { SegmentTag } from './tag.ts';

/** Each address and what it takes; the browser library uses the first letters. */
const routes: readonly { path: string; type: CallType | 'batch' }[] = [
  ...callTypes.flatMap((type) => [
    { path: `/v1/${type}`, type },
    { path: `/v1/${type.charAt(0)}`, type },
  ]),
  { path: '/v1/batch', type: 'batch' },
  { path: '/v1/b', type: 'batch' },
  { path: '/v1/import', type: 'batch' },
];

/** Metrics of the client about itself are small. */
const maxMetricsBytes = 64 * 1_024;

export interface CallRouteOptions<Env extends object> {
  takeCalls: CallCollect;
  sites: Pick<SiteDirectory, 'byKey'>;
  tag: SegmentTag | null;
  sender(c: Context<{ Bindings: Env }>): Sender;
  /** Where browsers reach us: `https://collect.example.com`. */
  origin(c: Context<{ Bindings: Env }>): string;
}

export function callRoutes<Env extends object>(options: CallRouteOptions<Env>): Hono<{ Bindings: Env }> {
  const { takeCalls, sites, tag, sender, origin } = options;
  const app = new Hono<{ Bindings: Env }>();
  const open = { 'access-control-allow-origin': '*' };

  for (const path of ['/v1/*', '/analytics.js/v1/*'])
    app.options(path, (c) =>
      c.body(null, 204, {
        ...open,
        'access-control-allow-methods': 'GET, POST',
        // The browser library numbers its retries in a header of its own.
        'access-control-allow-headers': 'authorization, content-type, content-encoding, x-retry-count',
        'access-control-max-age': '86400',
      }),
    );

  for (const { path, type } of routes)
    app.post(path, async (c) => {
      const answer = await takeCalls({
        type,
        // Whatever its content type says: browsers send JSON as text/plain, some libraries as a form.
        body: await readPacked(c.req.raw, maxBatchBytes),
        key: writeKeyOf(c.req.header('authorization')),
        sender: sender(c),
        // A browser names the page's origin with every POST, and no server does. A page of nowhere says `null`.
        isBrowser: c.req.header('origin') !== undefined,
      });
      return c.json(callBody(answer), callStatus(answer), callHeaders(answer));
    });

  // The browser library's measurements of itself: read to the end, so that the connection lives on, and dropped.
  app.post('/v1/m', async (c) => {
    await readPacked(c.req.raw, maxMetricsBytes);
    return c.json({ success: true }, 200, open);
  });

  app.get('/v1/projects/:writeKey/settings', async (c) => {
    const site = await sites.byKey(c.req.param('writeKey'));
    if (site === null) return c.json({ error: 'the write key is none of this server’s' }, 404, open);
    const { host, pathname, protocol } = new URL(origin(c));
    return c.json(
      {
        integrations: {
          'Segment.io': {
            apiKey: site.key,
            apiHost: `${host}${pathname.replace(/\/$/, '')}/v1`,
            protocol: protocol.replace(':', ''),
          },
        },
        plan: {},
        edgeFunction: {},
        metrics: { sampleRate: 0 },
      },
      200,
      { ...open, 'cache-control': 'public, max-age=60' },
    );
  });

  app.get('/analytics.js/v1/:writeKey/:file{analytics(?:\\.min)?\\.js}', async (c) => {
    if (tag === null) return c.notFound();
    // No trouble of ours may become an error on somebody's page.
    const site = await sites.byKey(c.req.param('writeKey')).catch(() => null);
    return tag.answer(c.req.raw, site);
  });

  app.all('/v1/*', (c) =>
    c.json(
      { success: false, error: `${c.req.method} ${c.req.path}: calls go to POST /v1/batch, /v1/track …` },
      404,
      open,
    ),
  );
  return app;
}

/** The user name of basic authorization. */
function writeKeyOf(header: string | undefined): string | null {
  const packed = /^basic\s+([\w+/=-]{1,200})\s*$/i.exec(header ?? '')?.[1];
  if (packed === undefined) return null;
  return Buffer.from(packed, 'base64').toString('utf8').split(':')[0] || null;
}
