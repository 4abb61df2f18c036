/**
 * A web site and its collector in one: serves pages with the built tag, writes down what the tag sends, and can be
 * told to be in trouble.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { packageRoot } from '../../collector/package-root.ts';
import type { LeaveEvent, WireBatch, WireEvent } from '../../tracker/wire.ts';

/** What the collector does with one request for `/e`; 204 at once if it was told nothing. */
export interface Answer {
  /** Only a 2xx stores. */
  status?: number;
  /** Seconds, or a date. */
  retryAfter?: string;
  /** Comes before the answer. */
  after?: Promise<unknown>;
  /** Stores, and then hangs up. */
  isLost?: boolean;
}

/** What a page says before it is left. */
export type Said = Exclude<WireEvent, LeaveEvent>;

export interface Recorded {
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface RecordingCollector {
  /** `http://127.0.0.1:PORT`. */
  url: string;
  port: number;
  /** Every request, for pages too. */
  requests: Recorded[];
  /** Bodies of `POST /e` that were stored. */
  batches: WireBatch[];
  /** Stored events, each id once, but for those of pages being left: how many there are is a matter of time. */
  events: Said[];
  /** The others. */
  leaves: LeaveEvent[];
  /** Serves this HTML under a path, not before `after`. Any other path has a page that carries the tag. */
  page(path: string, html: string, after?: Promise<unknown>, headers?: OutgoingHttpHeaders): void;
  /** What happens to the next requests for `/e`, one each. */
  answerNext(...answers: Answer[]): void;
  /** Resolves with the stored events as soon as this is true of them, now or later. */
  until(isEnough: (events: Said[]) => boolean): Promise<Said[]>;
  /** Resolves as soon as this many events are stored. */
  arrived(count: number): Promise<Said[]>;
  /** Resolves as soon as this many times a page was left. */
  left(count: number): Promise<LeaveEvent[]>;
  /** Resolves as soon as this many requests came for a path, for `/e` stored or not. */
  asked(path: string, count: number): Promise<Recorded[]>;
  /** Hangs up and refuses connections, until it is up again on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Forgets everything but the pages. */
  clear(): void;
  close(): Promise<void>;
}

const scripts = ['t.js', 't.least.js', 't.full.js', 'segment.js', 'module.js'] as const;
export type Script = (typeof scripts)[number];

/** The tag as a site would paste it, with further attributes, or another build of it. */
export function tag(attributes = '', script: Script = 't.js'): string {
  return `<script defer src="/${script}" data-site="site-key" ${attributes}></script>`;
}

/** What a site puts before the tag, to call `footlight` before it is there. */
export const stub =
  '<script>window.footlight ??= function () { (footlight.q ??= []).push(arguments) }</script>';

/** A page with the tag, unless the head is given. */
export function html(title: string, body = '', head = tag()): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title>${head}</head><body>${body}</body></html>`;
}

/** Opens a site and collector on a free port. `npm run build` has left the tag in `dist/`. */
export async function startRecordingCollector(): Promise<RecordingCollector> {
  const built = new Map(
    scripts.map((script) => [`/${script}`, readFileSync(path.join(packageRoot, 'dist/tracker', script))]),
  );
  const pages = new Map<
    string,
    { text: string; after: Promise<unknown> | undefined; headers: OutgoingHttpHeaders | undefined }
  >();
  const requests: Recorded[] = [];
  const batches: WireBatch[] = [];
  const events: Said[] = [];
  const leaves: LeaveEvent[] = [];
  const known = new Set<string>();
  const answers: Answer[] = [];
  const watchers = new Set<() => void>();

  function store(body: string): void {
    const batch = JSON.parse(body) as WireBatch;
    batches.push(batch);
    for (const event of batch.events) {
      if (known.has(event.id)) continue;
      known.add(event.id);
      if (event.type === 'leave') leaves.push(event);
      else events.push(event);
    }
  }

  function tellWatchers(): void {
    for (const watcher of watchers) watcher();
  }

  async function collect(body: string, response: ServerResponse): Promise<void> {
    const { status = 204, retryAfter, after, isLost = false } = answers.shift() ?? {};
    await after;
    if (status < 300) store(body);
    if (isLost) response.destroy();
    else {
      if (retryAfter) response.setHeader('retry-after', retryAfter);
      response.writeHead(status, { 'access-control-allow-origin': '*' }).end();
    }
    tellWatchers();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk as Uint8Array);
    const body = Buffer.concat(chunks).toString('utf8');
    requests.push({ method, url, headers, body });
    tellWatchers();
    const { pathname } = new URL(url, 'http://localhost');
    if (pathname === '/e') return collect(body, response);
    const script = built.get(pathname);
    if (script) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else {
      const { text = html(`Page ${pathname}`), after, headers } = pages.get(pathname) ?? {};
      await after;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(text);
    }
  }

  const server = createServer((request, response) => {
    // A browser that went away while its request was read.
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  function watch<Result>(look: () => Result | undefined): Promise<Result> {
    return new Promise((resolve) => {
      const watcher = () => {
        const result = look();
        if (result === undefined) return;
        watchers.delete(watcher);
        resolve(result);
      };
      watchers.add(watcher);
      watcher();
    });
  }

  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const until = (isEnough: (events: Said[]) => boolean) =>
    watch(() => (isEnough(events) ? [...events] : undefined));

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    batches,
    events,
    leaves,
    page: (at, text, after, headers) => pages.set(at, { text, after, headers }),
    answerNext: (...next) => answers.push(...next),
    until,
    arrived: (count) => until(() => events.length >= count),
    left: (count) => watch(() => (leaves.length >= count ? [...leaves] : undefined)),
    asked: (at, count) =>
      watch(() => {
        const asked = requests.filter(({ url }) => url === at);
        return asked.length >= count ? asked : undefined;
      }),
    clear() {
      for (const list of [requests, batches, events, leaves, answers]) list.length = 0;
      known.clear();
    },
    down: stop,
    up: () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
    close: stop,
  };
}
