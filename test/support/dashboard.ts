/** A whole dashboard on a store in memory, with or without the made-up year, for tests that ask it for pages. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Hono } from 'hono';
import { makeDocument } from '../../collector/api/document.ts';
import { type Alerts, createAlerts } from '../../collector/deliver/index.ts';
import { createDoctor, type Doctor } from '../../collector/doctor/index.ts';
import { createEnricher } from '../../collector/enrich/index.ts';
import { openIpData } from '../../collector/ip-data/index.ts';
import { createKeyedHash } from '../../collector/keyed-hash.ts';
import { openImports } from '../../collector/receive/import/service.ts';
import { openUploads } from '../../collector/receive/import/uploads.ts';
import type { DatabaseStatus } from '../../collector/reveal/resolver.ts';
import { createScoreKeeper, type ScoreKeeper } from '../../collector/score/keep.ts';
import { openSqliteStore } from '../../collector/store/sqlite/index.ts';
import type { DropCount, Store } from '../../collector/store/store.ts';
import { createDashboard } from '../../dashboard/app.tsx';
import { type Auth, createAuth } from '../../dashboard/auth.ts';
import type { Env } from '../../dashboard/house.ts';
import { createLiveFeed, type LiveFeed } from '../../dashboard/live/feed.ts';
import type { Role } from '../../dashboard/roles.ts';
import { ispVerdict } from './drafts.ts';
import type { Upload } from './lived-in.ts';
import { sampleNow, sampleTraffic } from './sample-traffic.ts';

export const origin = 'http://footlight.test';

/** Made once: it is the same for all, and takes longer than opening a store. */
const apiDocument = makeDocument('0.1.0');

export interface TestDashboard {
  app: Hono<Env>;
  store: Store;
  auth: Auth;
  doctor: Doctor;
  live: LiveFeed;
  scores: ScoreKeeper;
  alerts: Alerts;
  /** Signs somebody in; gives the cookie header of their browser. */
  signIn(role: Role): Promise<string>;
  /** Gives a file to a form, as somebody who is signed in; answers where it led to. */
  upload(cookie: string): Upload;
}

/** One that is in use and one that is refused. */
const databases: DatabaseStatus[] = [
  {
    path: '/var/lib/footlight/company.mmdb',
    state: 'ready',
    problem: null,
    databaseType: 'Company',
    dataOf: '2026-11-01',
    networks: 412_000,
  },
  {
    path: '/var/lib/footlight/asn.mmdb',
    state: 'refused',
    problem: 'the file is cut short; copy it again',
    databaseType: null,
    dataOf: null,
    networks: null,
  },
];

/** Refusals for the health page; one reason on two days, one without a site. */
const sampleDrops: DropCount[] = [
  { siteId: 1, day: '2026-11-20', reason: 'bot', count: 1_204 },
  { siteId: 1, day: '2026-11-19', reason: 'bot', count: 998 },
  { siteId: null, day: '2026-11-20', reason: 'unknown_site', count: 3 },
];

export async function openDashboard(options: {
  traffic: boolean;
  /** Where the store is; left out: in memory. */
  path?: string;
  /** Told each statement that the store runs. */
  onStatement?: (sql: string) => void;
}): Promise<TestDashboard> {
  const { store, database } = await openSqliteStore({
    path: options.path ?? ':memory:',
    now: () => sampleNow,
    ...(options.onStatement ? { onStatement: options.onStatement } : {}),
  });
  const auth = await createAuth({ database, secret: 'a-secret-for-tests-only-9f8e7d6c5b4a3', baseUrl: null });
  if (options.traffic) {
    const site = await store.addSite('millrace.example', [], sampleNow - 500 * 86_400_000);
    await store.append(sampleTraffic(site.id));
    await store.countDrops(sampleDrops);
  }
  const keyed = createKeyedHash('a-secret-for-tests-only-9f8e7d6c5b4a3');
  const doctor = createDoctor({
    store,
    now: () => sampleNow,
    addressKey: keyed.addressKey,
    ownAddresses: [],
    trusted: [],
    port: 8080,
  });
  const enricher = createEnricher({
    resolver: { resolve: () => ispVerdict, country: () => null, asNumber: () => null },
    addressKey: keyed.addressKey,
    contextOf: () => ({ learned: null, reverseName: null }),
    isSuspect: () => false,
    isOwnHost: () => true,
  });
  const now = () => sampleNow;
  const failed = (error: unknown) => {
    throw error;
  };
  const live = createLiveFeed({ store, now: () => sampleNow, limits: { everyMs: 50, beatMs: 100 } });
  const scores = createScoreKeeper(store, () => sampleNow);
  if (options.traffic) await scores.refresh();
  const alerts = createAlerts({
    store,
    secret: 'a-secret-for-tests-only-9f8e7d6c5b4a3',
    now: () => sampleNow,
    log: () => undefined,
    base: () => origin,
    mail: { url: 'smtp://127.0.0.1:9', from: 'footlight@millrace.example' },
    slackHosts: [],
    resolve: async () => ['8.8.8.8'],
  });
  const app = createDashboard({
    imports: openImports({ store, enricher, keyed, now }, failed),
    uploads: openUploads({ folder: mkdtempSync(path.join(tmpdir(), 'footlight-uploads-')), now }),
    store,
    auth,
    resolver: {
      databases: () => databases,
      resolve: () => ispVerdict,
      system: () => ({ number: 64500, name: 'WIDE-AREA Wide Area Telecom' }),
    },
    addressKey: (address) => [...address].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1e12,
    data: openIpData({
      folder: path.join(tmpdir(), 'footlight-no-data'),
      store,
      resolver: { databases: () => databases, refresh: async () => undefined },
      lists: { status: () => [], refresh: async () => undefined, close: () => undefined },
      credentials: { ipinfoToken: null, maxmindAccount: null, maxmindKey: null },
      version: '0.1.0',
      now: () => sampleNow,
      log: () => undefined,
    }),
    doctor,
    live,
    scores,
    alerts,
    peerAddress: (c) => c.req.header('x-test-peer') ?? '192.0.2.200',
    now: () => sampleNow,
    publicUrl: null,
    clientAddress: (c) => c.req.header('x-test-address') ?? '192.0.2.200',
    apiDocument,
    health: () => ({
      steps: [
        { name: 'bot', count: 5_120, totalUs: 9_216 },
        { name: 'company', count: 5_001, totalUs: 31_506 },
      ],
      pending: 0,
      uptimeMs: 7_380_000,
      version: '0.1.0',
    }),
  });
  return {
    app,
    store,
    auth,
    doctor,
    live,
    scores,
    alerts,
    async signIn(role) {
      const path = await auth.inviteUser(`${role}@millrace.example`, role);
      const outcome = await auth.acceptInvite(new URL(path, origin).searchParams.get('token') ?? '');
      if ('refused' in outcome) throw new Error(outcome.refused);
      return outcome.cookies.map((cookie) => cookie.split(';')[0]).join('; ');
    },
    upload: (cookie) => async (address, file) => {
      const body = new FormData();
      body.set('file', new File([file.content], file.name, { type: 'text/csv' }));
      const request = new Request(origin + address, { method: 'POST', body, headers: { cookie, origin } });
      request.headers.set('content-length', String((await request.clone().arrayBuffer()).byteLength));
      const { status, headers } = await app.request(request);
      const place = headers.get('location');
      if (place === null) throw new Error(`${address} did not take ${file.name}: ${status}`);
      return place;
    },
  };
}

/** A form as a browser sends it from our own page. */
export function form(fields: Record<string, string>, headers: Record<string, string> = {}): RequestInit {
  const body = new URLSearchParams(fields).toString();
  return {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
      origin,
      ...headers,
    },
  };
}
