/** The real server with a made-up year in it, and keys to call its API with. */
import { makeApiKey } from '../../collector/access/api-key.ts';
import { type Capability, capabilitiesOf } from '../../collector/access/capability.ts';
import type { Role } from '../../collector/access/role.ts';
import { draft } from './drafts.ts';
import { sampleNow, sampleTraffic } from './sample-traffic.ts';
import { startTestServer, type TestServer } from './server.ts';
import { startWebhookServer, type WebhookServer } from './webhook-server.ts';

export interface ApiServer extends TestServer {
  /** A place for Slack's messages, which the server trusts. */
  slack: WebhookServer;
  slackHost: string;
  /** A key with these scopes; left out: all that the role may. */
  key(role: Role, scopes?: readonly Capability[]): Promise<string>;
  /** Calls the API with a key; a body that is no text goes as JSON. */
  call(
    secret: string | null,
    path: string,
    init?: { method?: string; body?: unknown; type?: string; headers?: Record<string, string> },
  ): Promise<Response>;
}

export async function startApiServer(): Promise<ApiServer> {
  const slack = await startWebhookServer();
  const env = { FOOTLIGHT_SLACK_HOSTS: slack.host };
  const server = await startTestServer(env, 'millrace.example', ':memory:', {
    now: () => sampleNow,
    // Nobody listens there: what is fetched fails at once, and asks no publisher.
    dataBases: { iptoasn: 'http://127.0.0.1:9' },
  });
  const { store } = server.rooms;
  await store.append(sampleTraffic(server.site.id));
  // Two people teach their address whose it is.
  await store.append(
    ['kim', 'lee'].map((name) =>
      draft({
        visitor: name,
        site: server.site.id,
        at: sampleNow - 3_600_000,
        email: `${name}@harbour-tools.com`,
        address: 424_242,
      }),
    ),
  );
  await store.countDrops([{ siteId: server.site.id, day: '2026-11-20', reason: 'bot', count: 1_204 }]);
  let made = 0;
  return {
    ...server,
    slack,
    slackHost: slack.host,
    async close() {
      await server.close();
      await slack.close();
    },
    async key(role, scopes = capabilitiesOf(role)) {
      made += 1;
      const { secret, kept } = makeApiKey({ name: `test ${made}`, role, scopes });
      await store.makeKey(kept, 'owner@millrace.example', sampleNow);
      return secret;
    },
    call(secret, path, { method = 'GET', body, type, headers = {} } = {}) {
      const isText = typeof body === 'string' || body instanceof ReadableStream;
      return fetch(`${server.url}${path}`, {
        method,
        headers: {
          ...headers,
          ...(secret !== null && { authorization: `Bearer ${secret}` }),
          ...(body !== undefined && { 'content-type': type ?? 'application/json' }),
        },
        ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
        ...(body instanceof ReadableStream && { duplex: 'half' }),
      } as RequestInit);
    },
  };
}
