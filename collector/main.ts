/**
 * The composition root: opens the rooms, joins the routes into one app, listens, and closes in order. It knows every
 * room; no room knows it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { createDashboard } from '../dashboard/app.tsx';
import { type Auth, createAuth } from '../dashboard/auth.ts';
import { createLiveFeed } from '../dashboard/live/feed.ts';
import { liveState } from '../dashboard/live/state.ts';
import { createApi } from './api/index.ts';
import type { Config } from './config.ts';
import { type Alerts, type AlertsOptions, createAlerts } from './deliver/index.ts';
import { createMetrics, mayReadMetrics } from './metrics.ts';
import { packageRoot, packageVersion } from './package-root.ts';
import { takingEvents } from './receive/asked.ts';
import { clientIp, parseTrusted } from './receive/client-ip.ts';
import { createCollect } from './receive/collect.ts';
import { boundConnections } from './receive/connections.ts';
import { directly } from './receive/direct.ts';
import { type DropCounter, openDropCounter } from './receive/drop-counter.ts';
import { openImports } from './receive/import/service.ts';
import { openUploads } from './receive/import/uploads.ts';
import { type NodeBindings, receiveRoutes } from './receive/routes.ts';
import { openScript } from './receive/script.ts';
import { createCallCollect } from './receive/segment/collect.ts';
import { openSegmentTag } from './receive/segment/tag.ts';
import { openSiteTag } from './receive/site-tag.ts';
import type { SiteDirectory } from './receive/sites.ts';
import { lineOf } from './reveal/address.ts';
import { type Log, openRooms, type RoomOptions, type Rooms } from './rooms.ts';
import { createScoreKeeper } from './score/keep.ts';
import { ReadGivenUp, type Store, StoreBusy } from './store/store.ts';
import { type Build, builds } from './tag-settings.ts';

/** A sender that has not finished by then is let go; Node's own five minutes would let a few of them fill us up. */
const requestTimeoutMs = 30_000;
const headersTimeoutMs = 10_000;

/** How long requests under way may take to end when the server stops. */
const closeGraceMs = 5_000;

/** How often connections are looked at whose request has not come in that time. */
const connectionsCheckMs = 5_000;

/** Open connections at most; a silent one costs some five kilobytes. */
const maxConnections = 10_000;

/** How often the latest visits are looked at, and whether company data is due. */
const doctorMs = 30_000;
const fetchMs = 10 * 60_000;

/** How often it is looked whether scores are still true. */
const scoresMs = 5_000;

export interface RunningServer {
  rooms: Rooms;
  auth: Auth;
  alerts: Alerts;
  /** `http://localhost:8080`, with the port that was free where 0 was asked for. */
  url: string;
  /** Where people reach it: the public URL if one was given. */
  publicUrl: string;
  /** Takes no more, answers what was begun, writes what waits, closes the file. */
  close(): Promise<void>;
}

/**
 * @param options.now the clock; the demo gives one that it can set
 * @throws Error that says what to do, if the port is taken, the store cannot be used or the tag is not built
 */
export async function startServer(options: {
  config: Config;
  log: Log;
  now?: () => number;
  /** Where company data is fetched from, for tests. */
  dataBases?: RoomOptions['dataBases'];
  /** How long messages may take, and how names are looked up for them, for tests. */
  alerting?: Pick<AlertsOptions, 'limits' | 'resolve'>;
  readHere?: boolean;
}): Promise<RunningServer> {
  const { config, log, now = Date.now, dataBases, alerting = {}, readHere = false } = options;
  keepHeapSmall();
  const startedAt = Date.now();
  const tags = readTags();
  // The adapter for a site that speaks Segment's words is a file beside the tag.
  const segment = readTracker('segment.js');
  const scripts = [...Object.entries(tags), ...(segment ? [['segment.js', segment] as const] : [])].map(
    ([name, source]) => openScript(name, source),
  );
  const trusted = parseTrusted(config.trustedProxies);
  const metrics = createMetrics();
  let alerts: Alerts | null = null;
  const rooms = await openRooms({
    config,
    now,
    log,
    as: 'server',
    readHere,
    onCommit(commit) {
      metrics.committed(commit);
      alerts?.touched();
    },
    ...(dataBases ? { dataBases } : {}),
  });
  const { store, sites, enricher, keyed, resolver, data, doctor } = rooms;
  const auth = await createAuth({
    database: rooms.database,
    secret: rooms.secret,
    baseUrl: config.publicUrl,
  });
  metrics.watch(rooms, now);
  // Known once the port is.
  let base = config.publicUrl ?? '';
  const telling = createAlerts({
    store: metrics.telling(store),
    secret: rooms.secret,
    now,
    log,
    base: () => base,
    mail: config.mail,
    slackHosts: config.slackHosts,
    ...alerting,
  });
  alerts = telling;
  const drops = metrics.counting(
    openDropCounter(store, now, (error) => log('refusals could not be counted', { error })),
  );
  const collect = createCollect({ store, sites, drops, enrich: enricher.enrich, keyed, now });
  const live = createLiveFeed({ store, now });
  const scores = createScoreKeeper(store, now);
  const version = packageVersion();
  let isClosing = false;

  const app = new Hono<{ Bindings: NodeBindings }>();
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    if (isClosing) return c.json({ ok: false, says: 'the server is stopping' }, 503);
    await store.sites();
    return c.json({ ok: true });
  });
  app.get('/metrics', async (c) => {
    if (!mayReadMetrics(c.req.header('authorization'), config.metricsToken))
      return c.text('Set FOOTLIGHT_METRICS_TOKEN, and send it as a bearer token.\n', 401, {
        'www-authenticate': 'Bearer',
      });
    const { body, type } = await metrics.text();
    return c.body(body, 200, { 'content-type': type, 'cache-control': 'no-store' });
  });
  app.route(
    '/',
    receiveRoutes({
      collect,
      scripts,
      siteTag: openSiteTag(tags),
      sites,
      trusted,
      segment: {
        takeCalls: createCallCollect({ collect, sites, keyed, now }),
        tag: segment && openSegmentTag(segment),
        publicUrl: config.publicUrl ?? null,
      },
    }),
  );
  const kept = inStep(store, sites, drops, telling.touched);
  const imports = openImports({ store: kept, enricher, keyed, now }, (error) =>
    log('an import failed', { error }),
  );
  const addressKey = (address: string) => keyed.addressKey(lineOf(address));
  const api = createApi({
    store: kept,
    now,
    addressKey,
    health: () => ({ pending: store.pending(), uptimeMs: Date.now() - startedAt, version }),
    data,
    doctor,
    imports,
    users: auth,
    alerts: telling,
    scores,
    live: async (siteId) => liveState(await live.now(), siteId),
    secret: rooms.secret,
    version,
    onError: (error, c) => log('a request failed', { method: c.req.method, path: c.req.path, error }),
  });
  app.route('/', api.app);
  app.route(
    '/',
    createDashboard({
      store: kept,
      alerts: telling,
      auth,
      resolver,
      addressKey,
      apiDocument: api.document,
      now,
      publicUrl: config.publicUrl,
      clientAddress: (c) => clientIp(c.req.raw.headers, peerOf(c.env), trusted),
      peerAddress: (c) => peerOf(c.env),
      data,
      imports,
      uploads: openUploads({ folder: path.join(config.dataDir, 'uploads'), now }),
      doctor,
      live,
      scores,
      health: () => ({
        steps: [...enricher.timings(), metrics.commitTiming()],
        pending: store.pending(),
        uptimeMs: Date.now() - startedAt,
        version,
      }),
    }),
  );
  app.onError((error, c) => {
    log('a request failed', { method: c.req.method, path: c.req.path, error });
    return c.text('Something went wrong on our side; the server’s log says what.', 500);
  });

  const onError = (error: unknown) => log('a request failed', { method: 'POST', path: '/e', error });
  const { server, port } = await listen(
    directly(
      takingEvents(collect, trusted),
      getRequestListener(app.fetch, { hostname: config.host }),
      onError,
    ),
    config,
    metrics.connectionEnded,
  );
  const url = `http://localhost:${port}`;
  base = config.publicUrl ?? url;
  // What was stored, or due, before the start.
  telling.touched();
  void telling.deliver();
  const watch = setInterval(() => {
    doctor.look().catch((error: unknown) => log('the latest visits could not be looked at', { error }));
  }, doctorMs);
  const fetching = setInterval(() => void data.fetchDue(), fetchMs);
  const scoring = setInterval(() => {
    scores.look().catch((error: unknown) => {
      // Where readers are busy, the next look does it.
      if (!(isClosing || error instanceof ReadGivenUp || error instanceof StoreBusy))
        log('scores could not be worked out', { error });
    });
  }, scoresMs);
  for (const timer of [watch, fetching, scoring]) timer.unref();
  return {
    rooms,
    auth,
    alerts: telling,
    url,
    publicUrl: config.publicUrl ?? url,
    async close() {
      isClosing = true;
      for (const timer of [watch, fetching, scoring]) clearInterval(timer);
      // Streams that never end by themselves would hold us open.
      live.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Who holds half a request open would hold us open too.
        setTimeout(() => server.closeAllConnections(), closeGraceMs).unref();
      });
      await imports.close();
      await telling.close();
      await drops.close();
      await rooms.close();
    },
  };
}

/**
 * Under load V8 lets garbage grow to twice what is in use before it looks for it. Footlight lives on small machines
 * beside other programs: a third is enough, as V8 itself has it where memory is short, for a few hundredths of the
 * CPU of an event.
 */
function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

/** The store as the dashboard sees it: what is kept in memory beside it is brought up to date around its calls. */
function inStep(store: Store, sites: SiteDirectory, drops: DropCounter, touched: () => void): Store {
  const touching =
    <Given extends unknown[], Value>(write: (...given: Given) => Promise<Value>) =>
    async (...given: Given): Promise<Value> => {
      const value = await write(...given);
      touched();
      return value;
    };
  return {
    ...store,
    decide: touching(store.decide),
    undo: touching(store.undo),
    importProfiles: touching(store.importProfiles),
    undoImport: touching(store.undoImport),
    saveSegment: touching(store.saveSegment),
    saveAlertRule: touching(store.saveAlertRule),
    async addSite(domain, hosts, at) {
      const site = await store.addSite(domain, hosts, at);
      await sites.refresh();
      return site;
    },
    async setTag(siteId, tag) {
      await store.setTag(siteId, tag);
      await sites.refresh();
    },
    async drops(siteId, since) {
      await drops.flush();
      return store.drops(siteId, since);
    },
  };
}

function listen(
  listener: RequestListener,
  config: Config,
  onEnded: () => void,
): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    const server = createServer(
      {
        requestTimeout: requestTimeoutMs,
        headersTimeout: headersTimeoutMs,
        connectionsCheckingInterval: connectionsCheckMs,
      },
      listener,
    );
    boundConnections(server, maxConnections, onEnded);
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`port ${config.port} is taken; stop what listens there, or choose another with --port`)
          : error,
      ),
    );
    server.listen(config.port, config.host, () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : config.port });
    });
  });
}

function readTags(): Record<Build, Buffer> {
  return Object.fromEntries(
    builds.map((name) => {
      const source = readTracker(name);
      if (source === null) throw new Error(`the tag is not built (${trackerFile(name)}); run: npm run build`);
      return [name, source];
    }),
  ) as Record<Build, Buffer>;
}

/** A script as the bundler left it; null if it did not. */
function readTracker(name: string): Buffer | null {
  const file = trackerFile(name);
  return existsSync(file) ? readFileSync(file) : null;
}

const trackerFile = (name: string) => path.join(packageRoot, 'dist/tracker', name);

function peerOf(env: NodeBindings | undefined): string {
  return env?.incoming?.socket?.remoteAddress ?? '';
}
