/** `footlight demo`: the real server on a data folder of its own, filled once through its own endpoint. */
import { mkdir } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { startServer } from '../main.ts';
import { createProgress } from '../progress.ts';
import type { Log } from '../rooms.ts';
import type { Site, Store } from '../store/store.ts';
import { writeDemoDatabase } from './database.ts';
import { sendTraffic } from './seed.ts';
import { demoSiteHosts, startDemoSite } from './site.ts';
import { planTraffic } from './traffic.ts';
import { vendorDomain } from './vendor.ts';

/** Who is signed in by the demo's link. */
const ownerEmail = `owner@${vendorDomain}`;

/** Requests under way at a time while the history is sent: enough for full transactions. */
const concurrency = 48;

/** Settings that say what history was planned, `until` in ms; kept so that a broken-off start goes on with the same. */
const seedSetting = 'demo_seed';
const untilSetting = 'demo_until';
const doneSetting = 'demo_done';

export interface DemoOptions {
  config: Config;
  /** Another seed, another story. */
  seed: string;
  log: Log;
  say(line: string): void;
}

/** @throws what `startServer` throws, and Error if the history could not be sent */
export async function runDemo({ config, seed, log, say }: DemoOptions): Promise<{ close(): Promise<void> }> {
  const startedAt = Date.now();
  await mkdir(config.dataDir, { recursive: true });
  const database = await writeDemoDatabase(config.dataDir, startedAt);
  // While history is sent, the server lives in the past: what a browser says may be at most eight days old.
  let simulated: number | null = null;
  const server = await startServer({
    config: {
      ...config,
      ipDatabases: [database, ...config.ipDatabases],
      // The demo site passes on the address of the company that one plays.
      trustedProxies: [...config.trustedProxies, '127.0.0.1/32', '::1/128'],
    },
    log,
    now: () => simulated ?? Date.now(),
  });
  const { store, sites } = server.rooms;
  const site = await demoSite(store, startedAt);
  await sites.refresh();

  if ((await store.setting(doneSetting)) === null) {
    const until = Number((await store.setting(untilSetting)) ?? startedAt);
    const plannedSeed = (await store.setting(seedSetting)) ?? seed;
    await store.setSetting(untilSetting, String(until));
    await store.setSetting(seedSetting, plannedSeed);
    const requests = planTraffic(plannedSeed, until, site.key);
    const progress = createProgress('ninety days of sample traffic');
    const result = await sendTraffic({
      requests,
      endpoint: server.url,
      concurrency,
      setClock: (ms) => {
        simulated = ms;
      },
      onProgress: (done, total) => progress.update(done, total, `${done} of ${total} requests`),
    });
    simulated = null;
    progress.end();
    await store.setSetting(doneSetting, new Date(startedAt).toISOString());
    const refused = Object.entries(result.refused).map(([reason, count]) => `${count} ${reason}`);
    say(`${result.stored} events stored, refused as they should be: ${refused.join(', ') || 'none'}`);
  }

  const link = `${server.publicUrl}${await server.auth.inviteUser(ownerEmail, 'owner')}`;
  const web = await startDemoSite({
    collectorUrl: server.url,
    dashboardUrl: server.publicUrl,
    siteKey: site.key,
    port: config.port === 0 ? 0 : config.port + 1,
    host: config.host,
  });
  say(`
Footlight demo, ready in ${((Date.now() - startedAt) / 1000).toFixed(1)} s

  Dashboard  ${link}
             (signs you in once; run the command again for a new link)
  Demo site  ${web.url}
             (a small web site with the real tag: click around, then look at the account)
`);
  return {
    async close() {
      await web.close();
      await server.close();
    },
  };
}

async function demoSite(store: Store, now: number): Promise<Site> {
  const known = (await store.sites()).find(({ domain }) => domain === vendorDomain);
  return known ?? store.addSite(vendorDomain, [...demoSiteHosts], now);
}
