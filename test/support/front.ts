/** A web server as a site has one: pages of its own, and paths that it hands on to the collector. */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a proxy says to the one behind it, beside what the browser said. */
type Told = (request: IncomingMessage) => Record<string, string>;

export interface Front {
  port: number;
  /** Serves this HTML under a path. */
  page(path: string, html: string): void;
  /**
   * Hands a path on, with its query.
   * @param told left out: the request goes on as it came, under the name that the browser asked for
   */
  forward(path: string, to: string, told?: Told): void;
  close(): Promise<void>;
}

/** Opens it on a free port of this machine. */
export async function startFront(): Promise<Front> {
  const pages = new Map<string, string>();
  const routes = new Map<string, { to: string; told: Told }>();

  function handOn(request: IncomingMessage, response: ServerResponse, to: URL, told: Told): void {
    const { method, headers } = request;
    const onward = httpRequest(to, { method, headers: { ...headers, ...told(request) } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  }

  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
    const route = routes.get(pathname);
    if (route) return handOn(request, response, new URL(route.to + search), route.told);
    const html = pages.get(pathname);
    response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    page: (path, html) => void pages.set(path, html),
    forward: (path, to, told = () => ({})) => void routes.set(path, { to, told }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
