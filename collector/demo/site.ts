/**
 * A small web site that carries the real tag, so that one's own clicks are seen arriving. It stands in front of the
 * collector as a first-party proxy and gives it the address of whoever one chose to be.
 */
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { cookieName } from '../../tracker/wire.ts';
import { siteScript, siteStyle } from './site/assets.ts';
import { forward } from './site/forward.ts';
import { framed } from './site/frame.tsx';
import { guiseOf } from './site/guises.ts';
import { sitePages } from './site/pages.tsx';

export interface DemoSiteOptions {
  /** Where this process reaches the collector, e.g. `http://127.0.0.1:8080`. */
  collectorUrl: string;
  /** Where people reach the dashboard, without a trailing slash. */
  dashboardUrl: string;
  /** Key of the site that the events belong to; its hosts must name the host this site is opened under. */
  siteKey: string;
}

/** Host names under which the demo site is opened on one's own machine; the site must allow them. */
export const demoSiteHosts: readonly string[] = ['localhost', '127.0.0.1'];

const guiseCookie = 'demo_guise';

/** Everything comes from the site itself: the tag needs no inline script and no further host. */
const policy =
  "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The site as an app, without a port. */
export function createDemoSite({ collectorUrl, dashboardUrl, siteKey }: DemoSiteOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('content-security-policy', policy);
    c.header('x-content-type-options', 'nosniff');
  });

  for (const { path, title, body } of sitePages) {
    app.get(path, (c) => {
      const guise = guiseOf(getCookie(c, guiseCookie));
      c.header('cache-control', 'no-store');
      return c.html(framed({ title, path, guise, siteKey, dashboardUrl }, body));
    });
  }
  app.get('/site.css', (c) => c.body(siteStyle, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/site.js', (c) => c.body(siteScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));

  app.get('/t.js', (c) => {
    // With what stands behind `?`: the site's settings come in the script.
    const script = `/t.js${new URL(c.req.url).search}`;
    return forward(c, collectorUrl, script, guiseOf(getCookie(c, guiseCookie)).address);
  });
  app.post('/e', (c) => forward(c, collectorUrl, '/e', guiseOf(getCookie(c, guiseCookie)).address));

  app.post('/contact', (c) => c.redirect('/contact/thanks', 303));
  app.post('/as', async (c) => {
    const { guise, back } = await c.req.parseBody();
    setCookie(c, guiseCookie, guiseOf(String(guise)).id, { path: '/', sameSite: 'Lax', httpOnly: true });
    // Somebody else sits at another browser: the tag makes a new visitor id.
    deleteCookie(c, cookieName, { path: '/' });
    return c.redirect(sitePages.find(({ path }) => path === back)?.path ?? '/', 303);
  });
  return app;
}

export interface DemoSite {
  /** `http://localhost:8081`. */
  url: string;
  close(): Promise<void>;
}

/** Ports tried, from the one asked for upwards. */
const portsTried = 20;

/**
 * Serves the demo site.
 * @param options.port the one to use, or the next free one above it; 0 for any
 * @throws Error if the ports are all taken or the address is not this machine's
 */
export async function startDemoSite(
  options: DemoSiteOptions & { port: number; host: string },
): Promise<DemoSite> {
  const app = createDemoSite(options);
  for (let tried = 0; ; tried += 1) {
    try {
      const { server, port } = await listen(app, options.port === 0 ? 0 : options.port + tried, options.host);
      const name = ['0.0.0.0', '::', ''].includes(options.host) ? 'localhost' : options.host;
      return { url: `http://${name}:${port}`, close: () => stop(server) };
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || options.port === 0) throw error;
      if (tried + 1 === portsTried) {
        const last = options.port + tried;
        throw new Error(`ports ${options.port} to ${last} are taken; free one for the demo site`, {
          cause: error,
        });
      }
    }
  }
}

function listen(app: Hono, port: number, hostname: string): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname }, (info) =>
      resolve({ server, port: info.port }),
    ) as Server;
    server.once('error', reject);
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
