/** The dashboard on a port of its own and a browser at it, for tests that use pages as a person does. */
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../dashboard/roles.ts';
import { openDashboard, type TestDashboard } from './dashboard.ts';

/** Screens of somebody at a desk, and of somebody under way. */
export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

export interface ServedDashboard extends TestDashboard {
  url: string;
  close(): void;
}

export async function serveDashboard(options: { traffic: boolean }): Promise<ServedDashboard> {
  const dashboard = await openDashboard(options);
  const server = serve({ fetch: dashboard.app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { ...dashboard, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** A tab of somebody who is signed in. */
export interface SomebodysTab {
  context: BrowserContext;
  page: Page;
  /** What the browser had to say: refusals of the pages' own policy, errors of their scripts. */
  complaints: string[];
}

/** @param who a role, to sign in with; a cookie, of somebody who is; or nobody */
export async function openTab(
  browser: Browser,
  served: Pick<ServedDashboard, 'url' | 'signIn'>,
  who: Role | { cookie: string } | null,
  options: BrowserContextOptions = {},
): Promise<SomebodysTab> {
  const context = await browser.newContext({ viewport: sizes.desk, ...options });
  if (who !== null) {
    const cookie = typeof who === 'string' ? await served.signIn(who) : who.cookie;
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: served.url }]);
  }
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { context, page, complaints };
}

/**
 * What axe finds, with the size of targets, which it leaves out unless asked. Its legacy mode only leaves out frames
 * of other sites, which we have none of, and spares a second tab for each page.
 */
export async function axeFindings(page: Page): Promise<[rule: string, places: string[]][]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
    .analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
