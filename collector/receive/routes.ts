/** The addresses that browsers call: `POST /e`, `GET /t.js`, `GET /p.gif`. */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { maxBodyBytes } from '../../tracker/wire.ts';
import { cookieOf, headersOf, statusOf } from './answer.ts';
import { type Asked, askedHosts, senderOf, takingEvents } from './asked.ts';
import { readText } from './body.ts';
import { isOwnProxy, type TrustedProxies } from './client-ip.ts';
import type { Collect } from './collect.ts';
import type { Script } from './script.ts';
import type { CallCollect } from './segment/collect.ts';
import { callRoutes } from './segment/routes.ts';
import type { SegmentTag } from './segment/tag.ts';
import type { SiteTag } from './site-tag.ts';
import type { SiteDirectory } from './sites.ts';
import { visitorHere } from './visitor-cookie.ts';

/** What @hono/node-server gives; absent where an app is called without a socket. */
export interface NodeBindings {
  incoming?: { socket?: { remoteAddress?: string } };
}

/** 1 × 1, transparent. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export interface RouteOptions {
  collect: Collect;
  scripts: readonly Script[];
  siteTag: SiteTag;
  sites: Pick<SiteDirectory, 'byKey'>;
  trusted: TrustedProxies;
  /** Segment's API; without it there is none. */
  segment?: {
    takeCalls: CallCollect;
    /** Our tag as its snippet loads it; null: that is not built. */
    tag: SegmentTag | null;
    /** Where people reach us, if the owner said so. */
    publicUrl: string | null;
  };
}

export function receiveRoutes(options: RouteOptions): Hono<{ Bindings: NodeBindings }> {
  const { collect, scripts, siteTag, sites, trusted, segment } = options;
  const app = new Hono<{ Bindings: NodeBindings }>();
  const take = takingEvents(collect, trusted);

  const asked = (c: Context<{ Bindings: NodeBindings }>): Asked => ({
    headers: c.req.raw.headers,
    peer: c.env?.incoming?.socket?.remoteAddress ?? '',
  });

  app.post('/e', async (c) => {
    const { status, headers } = await take(await readText(c.req.raw, maxBodyBytes), asked(c));
    return c.body(null, status, headers);
  });
  // Only a page that sends something other than text/plain asks first; we let it.
  app.options('/e', (c) =>
    c.body(null, 204, {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '86400',
    }),
  );

  app.get('/p.gif', async (c) => {
    // Hono answers HEAD by GET; who only asks for the head saw no page.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'image/gif' });
    const url = c.req.header('referer') ?? '';
    const here = visitorHere(c.req.raw.headers, url, () => askedHosts(asked(c), trusted));
    const visitor = here?.visitor ?? null;
    const sender = senderOf(asked(c), trusted);
    const answer = await collect.pixel(c.req.query('site') ?? '', url, randomUUID(), sender, visitor);
    const status = statusOf(answer);
    return c.body(gif, status === 204 ? 200 : status, {
      ...headersOf(answer),
      ...cookieOf(answer, here),
      'content-type': 'image/gif',
      'cache-control': 'no-store',
    });
  });

  const origin = (c: Context<{ Bindings: NodeBindings }>): string => {
    if (segment?.publicUrl) return segment.publicUrl;
    const isOwn = isOwnProxy(asked(c).peer, trusted);
    const scheme = isOwn ? (c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http') : 'http';
    const own = `${scheme === 'https' ? 'https' : 'http'}://${askedHosts(asked(c), trusted).at(-1)}`;
    return URL.canParse(own) ? own : new URL(c.req.url).origin;
  };
  if (segment)
    app.route('/', callRoutes({ ...segment, sites, sender: (c) => senderOf(asked(c), trusted), origin }));

  app.get('/t.js', async (c, next) => {
    const key = c.req.query('site');
    if (!key) return next();
    // No trouble of ours may become an error on somebody's page.
    const site = await sites.byKey(key).catch(() => null);
    return siteTag.answer(c.req.raw, site);
  });
  for (const script of scripts) {
    app.get(script.path, (c) => script.answer(c.req.raw, 'named'));
    app.get(script.hashedPath, (c) => script.answer(c.req.raw, 'hashed'));
    // The hash of a version before: pages that were cached with it get what there is now, for a short while.
    const anyHash = script.path.slice(1).replace(/\.js$/, '\\.[\\w-]{12}\\.js');
    app.get(`/:name{${anyHash}}`, (c) => script.answer(c.req.raw, 'named'));
  }
  // Slips of the pen in a proxy's configuration are told as such, and not answered by the sign-in page.
  for (const path of ['/e', '/e/', '/E', '/p.gif', '/p.gif/', '/t.js', '/t.js/'])
    app.all(path, (c) =>
      c.text(`${c.req.method} ${c.req.path}: events go to POST /e, the tag is GET /t.js\n`, 404),
    );
  return app;
}
