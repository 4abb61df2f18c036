/** Sends planned traffic through the real endpoint, as fast as it is stored, under a clock that follows the plan. */
import http from 'node:http';
import { droppedHeader, type WireBatch } from '../../tracker/wire.ts';
import type { PlannedRequest } from './traffic.ts';

export interface SendOptions {
  /** In the order of their times. */
  requests: readonly PlannedRequest[];
  /** Where the collector listens, e.g. `http://127.0.0.1:8080`. It must take 127.0.0.1 for a proxy of its own. */
  endpoint: string;
  /** Sets the collector's clock; called before each window of requests. */
  setClock(ms: number): void;
  /** Requests under way at a time. */
  concurrency: number;
  onProgress(done: number, total: number): void;
}

export interface SendResult {
  /** Events sent. */
  sent: number;
  /** Events answered as stored. */
  stored: number;
  /** Refused events by drop reason. */
  refused: Record<string, number>;
}

/** Requests that share one setting of the clock. */
const windowSize = 256;

/**
 * Sends every request. One visitor's requests go one after the other; those of different visitors in a window go
 * side by side, and each event says how long it waited (`ago`), so that it is stored with its planned time in
 * whatever order they arrive.
 * @throws Error if the collector cannot be reached, fails (5xx), or refuses something without a reason
 */
export async function sendTraffic(options: SendOptions): Promise<SendResult> {
  const { requests, concurrency } = options;
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const url = new URL('/e', options.endpoint);
  const result: SendResult = { sent: 0, stored: 0, refused: {} };
  let done = 0;
  try {
    for (let start = 0; start < requests.length; start += windowSize) {
      const window = requests.slice(start, start + windowSize);
      const clock = window.at(-1)?.at ?? 0;
      options.setClock(clock);
      const lanes = lanesOf(window);
      const work = async (): Promise<void> => {
        // The iterator is shared: each worker takes the next lane that nobody has.
        for (const lane of lanes) {
          for (const request of lane) {
            const dropped = await post(agent, url, request, delayed(request.body, clock - request.at));
            count(result, request.body.events.length, dropped);
            done += 1;
          }
        }
      };
      await Promise.all(Array.from({ length: concurrency }, work));
      options.onProgress(done, requests.length);
    }
  } finally {
    agent.destroy();
  }
  return result;
}

/** A window's requests by visitor. */
function lanesOf(window: readonly PlannedRequest[]): IterableIterator<PlannedRequest[]> {
  const lanes = new Map<string, PlannedRequest[]>();
  for (const request of window) {
    const visitor = request.body.visitor ?? `${request.address} ${request.userAgent}`;
    const lane = lanes.get(visitor);
    if (lane === undefined) lanes.set(visitor, [request]);
    else lane.push(request);
  }
  return lanes.values();
}

function delayed(body: WireBatch, byMs: number): WireBatch {
  if (byMs === 0) return body;
  return { ...body, events: body.events.map((event) => ({ ...event, ago: (event.ago ?? 0) + byMs })) };
}

function count(result: SendResult, events: number, dropped: ReadonlyMap<string, number>): void {
  result.sent += events;
  result.stored += events;
  for (const [reason, times] of dropped) {
    result.stored -= times;
    result.refused[reason] = (result.refused[reason] ?? 0) + times;
  }
}

/** Sends one request. @returns what was dropped of it, by reason */
function post(
  agent: http.Agent,
  url: URL,
  { address, userAgent, language }: PlannedRequest,
  body: WireBatch,
): Promise<ReadonlyMap<string, number>> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request(url, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        'content-length': Buffer.byteLength(text),
        'user-agent': userAgent,
        'accept-language': language,
        'x-forwarded-for': address,
      },
    });
    request.on('error', (cause) => reject(new Error(`the collector at ${url} cannot be reached`, { cause })));
    request.on('response', (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        const dropped = readDropped(response.headers[droppedHeader]);
        const isTold = (status >= 200 && status < 300) || (status < 500 && dropped.size > 0);
        if (isTold) resolve(dropped);
        else reject(new Error(`the collector at ${url} answered ${status} without a reason; see its log`));
      });
    });
    request.end(text);
  });
}

/** Reads `reason=count, reason=count`. */
function readDropped(header: string | string[] | undefined): ReadonlyMap<string, number> {
  const dropped = new Map<string, number>();
  for (const [, reason, times] of String(header ?? '').matchAll(/([a-z_]+)=(\d+)/g)) {
    if (reason !== undefined) dropped.set(reason, Number(times));
  }
  return dropped;
}
