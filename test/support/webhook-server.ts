/** A server that takes webhooks, keeps what it is given, and can be told to misbehave. */
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface WebhookReply {
  /** 0: no answer at all. */
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface ReceivedHook {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface WebhookServer {
  /** `127.0.0.1:PORT` */
  host: string;
  hooks: ReceivedHook[];
  /** For the next ones, in order; then 200. */
  replies: WebhookReply[];
  close(): Promise<void>;
}

export async function startWebhookServer(): Promise<WebhookServer> {
  const hooks: ReceivedHook[] = [];
  const replies: WebhookReply[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      hooks.push({ path: request.url ?? '', headers: request.headers, body });
      const reply = replies.shift() ?? { status: 200, body: 'ok' };
      if (reply.status === 0) return;
      response.writeHead(reply.status, reply.headers).end(reply.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the webhook server has no port');
  return {
    host: `127.0.0.1:${address.port}`,
    hooks,
    replies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
