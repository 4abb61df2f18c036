/** The real server on a free port, with its store in memory: what flow tests talk to. */
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../collector/config.ts';
import { type RunningServer, startServer } from '../../collector/main.ts';
import type { Site } from '../../collector/store/store.ts';
import type { WireBatch, WireEvent } from '../../tracker/wire.ts';
import { firefox } from './agents.ts';

export interface TestServer extends RunningServer {
  site: Site;
  /** Sends a body to `/e` as a browser would. */
  send(body: string | Uint8Array | ReadableStream, headers?: Record<string, string>): Promise<Response>;
}

/**
 * @param env settings on top of a store in memory
 * @param domain of the one site there is
 * @param storePath a file, where another process is to share it
 * @param more another clock, or other places to fetch company data from
 */
export async function startTestServer(
  env: Record<string, string> = {},
  domain = 'lumen.example',
  storePath = ':memory:',
  more: Pick<Parameters<typeof startServer>[0], 'dataBases' | 'now' | 'alerting'> = {},
): Promise<TestServer> {
  // Never the clone's own data folder: what its owner fetched there would change what tests see.
  const data = env.FOOTLIGHT_DATA ?? path.join(tmpdir(), 'footlight-no-data');
  const config = readConfig({ port: '0', host: '127.0.0.1', store: storePath, data }, undefined, env);
  const server = await startServer({ config, log: () => undefined, ...more });
  const known = (await server.rooms.store.sites()).find((one) => one.domain === domain);
  const site = known ?? (await server.rooms.store.addSite(domain, [], Date.now()));
  await server.rooms.sites.refresh();
  return {
    ...server,
    site,
    send: (body, headers = {}) =>
      fetch(`${server.url}/e`, {
        method: 'POST',
        body: body as string,
        headers: { 'content-type': 'text/plain', 'user-agent': firefox, ...headers },
        ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
      } as RequestInit),
  };
}

let made = 0;

/** A page view with a key of its own. */
export function pageView(more: Partial<WireEvent> | Record<string, unknown> = {}): WireEvent {
  made += 1;
  return {
    id: `event-${String(made).padStart(6, '0')}`,
    type: 'page',
    url: 'https://www.lumen.example/pricing',
    title: 'Pricing',
    ...more,
  } as WireEvent;
}

/** A batch as the tag sends it. */
export function batch(key: string, events: unknown[] = [pageView()], more: Partial<WireBatch> = {}): string {
  return JSON.stringify({ v: 1, site: key, visitor: 'm3x9k2p0visitor-1', events, ...more });
}
