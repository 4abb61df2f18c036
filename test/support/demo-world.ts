/** The real server with the demo's company data, and the demo's web site that carries the tag, for whoever visits it in a browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../collector/config.ts';
import { writeDemoDatabase } from '../../collector/demo/database.ts';
import { demoSiteHosts, startDemoSite } from '../../collector/demo/site.ts';
import { vendorDomain } from '../../collector/demo/vendor.ts';
import { type RunningServer, startServer } from '../../collector/main.ts';

export interface DemoWorld {
  server: RunningServer;
  /** Of the web site. */
  siteUrl: string;
  /** A tab of somebody in sales who has just signed in. */
  openSales(browser: Browser): Promise<Page>;
  /** Ends the server alone. */
  closeServer(): Promise<void>;
  /** Ends all that is not ended yet. */
  close(): Promise<void>;
}

export async function openDemoWorld(): Promise<DemoWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footlight-demo-'));
  const database = await writeDemoDatabase(folder, Date.now());
  const server = await startServer({
    config: readConfig({ port: '0', host: '127.0.0.1', store: ':memory:' }, folder, {
      FOOTLIGHT_IP_DATABASES: database,
      FOOTLIGHT_TRUSTED_PROXIES: '127.0.0.1/32',
    }),
    log: () => undefined,
  });
  const added = await server.rooms.store.addSite(vendorDomain, [...demoSiteHosts], Date.now());
  await server.rooms.sites.refresh();
  const site = await startDemoSite({
    collectorUrl: server.url,
    dashboardUrl: server.url,
    siteKey: added.key,
    port: 0,
    host: '127.0.0.1',
  });
  let ended: Promise<void> | undefined;
  const closeServer = () => {
    ended ??= server.close();
    return ended;
  };
  return {
    server,
    siteUrl: site.url,
    async openSales(browser) {
      const sales = await (await browser.newContext()).newPage();
      await sales.goto(`${server.url}${await server.auth.inviteUser('kim@tidewright.example', 'sales')}`);
      await sales.getByRole('button', { name: 'Sign in' }).click();
      await sales.waitForURL('**/password**');
      return sales;
    },
    closeServer,
    async close() {
      await site.close();
      await closeServer();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
