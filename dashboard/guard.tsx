/** The one guard: what every answer carries, which requests may change something, and who may see a page. */
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { maxUploadBytes as maxFileBytes } from '../collector/receive/import/uploads.ts';
import { mayOpen } from './access.ts';
import type { Env, House } from './house.ts';
import { problem } from './pages/problem.tsx';
import { bytes } from './words.ts';

/** Our largest form is a few hundred bytes; but a file is as long as it is. */
const maxFormBytes = 65_536;
const maxUploadBytes: Readonly<Record<string, number>> = {
  '/accounts/import': maxFileBytes + maxFormBytes,
  '/imports/new': maxFileBytes + maxFormBytes,
};

/** Headers of every answer: nothing from elsewhere, nothing inline, in nobody's frame. */
export const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
  // Not `no-referrer`: with that, browsers send `Origin: null` with our own forms, and `sameSite` refuses them.
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
  // Whether this host will always have TLS is for the proxy that has the certificate to say.
  strictTransportSecurity: false,
});

/** Pages show people; no cache may keep one. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};

function isOurs(house: House, c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  // Browsers leave Sec-Fetch-Site out on plain http. A proxy may have ended TLS, so only the hosts are compared.
  const origin = c.req.header('origin');
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return (
    host === new URL(c.req.url).host || (house.publicUrl !== null && host === new URL(house.publicUrl).host)
  );
}

/** Refuses what another site sent in a visitor's name, and bodies that no form of ours has. */
export function sameSite(house: House): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (!isOurs(house, c)) {
      return problem(
        c,
        house,
        403,
        'That form came from another site',
        'Open the page here and send it again.',
      );
    }
    const length = Number(c.req.header('content-length') || Number.NaN);
    const most = maxUploadBytes[c.req.path] ?? maxFormBytes;
    if (!(length <= most)) {
      return problem(c, house, 413, 'That is too long', `It may hold ${bytes(most)}.`);
    }
    return next();
  };
}

/** Lets only those through who are signed in; everything registered after it is behind it. */
export function signedIn(house: House): MiddlewareHandler<Env> {
  return async (c, next) => {
    const user = await house.auth.currentUser(c.req.raw.headers);
    if (user) {
      c.set('user', user);
      return next();
    }
    if (c.req.method !== 'GET') return c.text('sign in first', 401);
    if (!(await house.auth.hasUsers())) return c.redirect('/welcome', 303);
    const url = new URL(c.req.url);
    const asked = url.pathname + url.search;
    return c.redirect(asked === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(asked)}`, 303);
  };
}

/** For the strip above every page: whether visits can be told apart. Never a reason not to show the page. */
export function diagnosed(house: House): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('diagnosis', await house.doctor.diagnosis().catch(() => null));
    return next();
  };
}

/** For the bell above every page: how much is unread. Never a reason not to show the page. */
export function counted(house: House): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('unread', await house.store.unreadNotices(c.get('user').email).catch(() => 0));
    return next();
  };
}

/**
 * Lets through whom the table of routes names for the route that was asked for. What is no route is not found; a route
 * that the table does not have is closed.
 */
export function allowed(house: House): MiddlewareHandler<Env> {
  return async (c, next) => {
    const route = matchedRoutes(c).find(({ method }) => method !== 'ALL');
    if (route === undefined || mayOpen(c.get('user'), `${route.method} ${route.path}`)) return next();
    return problem(
      c,
      house,
      403,
      'This page is not open to you',
      'Ask an owner of this Footlight to do it, or to give you another role.',
    );
  };
}
