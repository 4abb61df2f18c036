/** The addresses that browsers call: `POST /e`, `GET /t.js`, `GET /p.gif`. */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { droppedHeader, maxBodyBytes } from '../../tracker/wire.ts';
import { readText } from './body.ts';
import { clientIp, isOwnProxy, type TrustedProxies } from './client-ip.ts';
import type { Answer, Collect, Sender } from './collect.ts';
import { dropReasons } from './reasons.ts';
import type { Script } from './script.ts';
import type { CallCollect } from './segment/collect.ts';
import { callRoutes } from './segment/routes.ts';
import type { SegmentTag } from './segment/tag.ts';
import type { SiteTag } from './site-tag.ts';
import type { SiteDirectory } from './sites.ts';
import { boundedAgent } from './user-agent.ts';
import { longerCookie, type VisitorHere, visitorHere } from './visitor-cookie.ts';

/** What @hono/node-server gives; absent where an app is called without a socket. */
export interface NodeBindings {
  incoming?: { socket?: { remoteAddress?: string } };
}

/** 1 × 1, transparent. */
const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Seconds after which a sender who met a full queue may come again. */
const retryAfter = '5';

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

  const peerOf = (c: Context<{ Bindings: NodeBindings }>) => c.env?.incoming?.socket?.remoteAddress ?? '';
  const sender = (c: Context<{ Bindings: NodeBindings }>): Sender => ({
    address: clientIp(c.req.raw.headers, peerOf(c), trusted),
    userAgent: boundedAgent(c.req.header('user-agent') ?? ''),
  });

  /** Hosts that the browser may have asked: ours, and the one that a proxy of ours stands on. */
  const askedHosts = (c: Context<{ Bindings: NodeBindings }>): string[] => {
    const forwarded = c.req.header('x-forwarded-host')?.split(',')[0]?.trim();
    return [
      c.req.header('host') ?? '',
      ...(forwarded !== undefined && isOwnProxy(peerOf(c), trusted) ? [forwarded] : []),
    ];
  };

  app.post('/e', async (c) => {
    const text = await readText(c.req.raw, maxBodyBytes);
    const answer = await collect.body(text, sender(c));
    const here = visitorHere(c.req.raw.headers, c.req.header('origin'), () => askedHosts(c));
    return c.body(null, statusOf(answer), { ...headersOf(answer), ...cookieOf(answer, here) });
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
    const here = visitorHere(c.req.raw.headers, url, () => askedHosts(c));
    const visitor = here?.visitor ?? null;
    const answer = await collect.pixel(c.req.query('site') ?? '', url, randomUUID(), sender(c), visitor);
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
    const isOwn = isOwnProxy(peerOf(c), trusted);
    const scheme = isOwn ? (c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() ?? 'http') : 'http';
    const asked = `${scheme === 'https' ? 'https' : 'http'}://${askedHosts(c).at(-1)}`;
    return URL.canParse(asked) ? asked : new URL(c.req.url).origin;
  };
  if (segment) app.route('/', callRoutes({ ...segment, sites, sender, origin }));

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

type Status = 204 | 400 | 403 | 404 | 413 | 503;

/**
 * 2xx means stored, now or earlier; else the reason of the first refusal. Where events could not be taken for now, the
 * sender must come again with the whole batch: what is stored by then is known by its ids.
 */
function statusOf({ stored, refused }: Answer): Status {
  if (refused.has('busy')) return dropReasons.busy.status;
  if (stored > 0 || refused.has('duplicate')) return 204;
  const [first] = refused.keys();
  const status = first === undefined ? 400 : dropReasons[first].status;
  return status === 200 ? 204 : status;
}

function headersOf(answer: Answer): Record<string, string> {
  const headers: Record<string, string> = {
    // Anyone may send; nothing can be read but what became of it.
    'access-control-allow-origin': '*',
    'access-control-expose-headers': `${droppedHeader}, retry-after`,
  };
  const { refused } = answer;
  if (refused.size > 0)
    headers[droppedHeader] = [...refused].map(([reason, count]) => `${reason}=${count}`).join(', ');
  if (refused.has('busy')) headers['retry-after'] = retryAfter;
  return headers;
}

/** Keeps the visitor known whose events these were; nobody who sent events in another's name. */
function cookieOf(answer: Answer, here: VisitorHere | null): Record<string, string> {
  if (here === null || answer.from?.visitor !== here.visitor || statusOf(answer) !== 204) return {};
  const cookie = longerCookie(here, answer.from.site);
  return cookie === null ? {} : { 'set-cookie': cookie };
}
