/** Brings events to the collector: one request at a time, and again after a failure, until it says that they are stored. */

import { newId, readVisitor } from './identity.ts';
import { asList, keep, type Waiting } from './keep.ts';
import { listen } from './listen.ts';
import { quietly } from './quietly.ts';
import {
  droppedHeader,
  type EventKey,
  maxEvents,
  maxTextLength,
  type SiteKey,
  type WireEvent,
  wireVersion,
} from './wire.ts';

/**
 * Bytes that may be under way when a page closes.
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, "inflightKeepaliveBytes"
 */
const keepaliveBytes = 65_536;

/** First wait after a failure; doubles with each further one. */
const retryMs = 500;
const maxRetryMs = 60_000;

/** An event but for what sending adds. The JSON leaves out what is undefined. */
export type Said<Event> = Event extends WireEvent ? OrUndefined<Omit<Event, 'id' | 'ago'>> : never;
type OrUndefined<Type> = {
  [Key in keyof Type]: Type[Key] | undefined;
};

/**
 * @param at     when it happened, ms by the browser's clock; now if left out
 * @param stored called once the collector says that it has the event; in the full build only
 */
export type Send = (event: Said<WireEvent>, at?: number, stored?: () => void) => void;

export interface Sender {
  send: Send;
  /**
   * Sends what waits without waiting for the request under way: the page may be about to close. What may not arrive
   * is kept for the next visit.
   */
  pause(): void;
}

/** As long as the wire allows; nothing where there is nothing. */
export function cut(text: string | null | undefined, maxLength = maxTextLength): string | undefined {
  return text?.slice(0, maxLength) || undefined;
}

/**
 * @param to     address of the collector
 * @param waitMs time before the first request
 * @param queue  what waits already; until they leave, `ago` says when they happened
 * @param isAllowed false as long as the visitor has not agreed; asked in the full build only
 * @param log    tells the owner what is done; called in the full build only
 */
export function startSending(
  site: SiteKey | undefined,
  to: string | URL,
  waitMs: number,
  queue: Waiting[],
  isAllowed: () => boolean,
  log: (...words: unknown[]) => void,
): Sender {
  const callbacks = hasEverything ? new Map<EventKey, () => void>() : undefined;
  let failures = 0;
  /** Until then the collector does not want to be asked. */
  let notBefore = 0;
  // What a page says as it starts leaves together.
  let isBusy = true;
  let timer = setTimeout(flush, waitMs);

  async function flush(): Promise<void> {
    if (hasEverything && !isAllowed()) return;
    clearTimeout(timer);
    isBusy = queue.length > 0;
    if (!isBusy) return;
    let count = maxEvents;
    let batch: typeof queue;
    let body: string;
    let keepalive: boolean;
    do {
      batch = queue.slice(0, count);
      const now = Date.now();
      body = JSON.stringify({
        v: wireVersion,
        site,
        visitor: readVisitor(),
        events: asList(batch.map((event) => ({ ...event, ago: now - event.ago || undefined }))),
      });
      keepalive = new Blob([body]).size < keepaliveBytes;
      count >>= 1;
      // Fewer events outlive the page, unless a single one is too large for that.
    } while (!keepalive && count);
    queue.splice(0, batch.length);
    let status = 500;
    let retryAfter = 0;
    try {
      const response = await fetch(to, { method: 'POST', keepalive, body });
      status = response.status;
      if (hasBreadth) retryAfter = Number(response.headers.get('retry-after'));
      if (hasEverything) log(status, response.headers.get(droppedHeader) ?? 'nothing dropped', batch);
    } catch {
      // No network, or nobody there: the same as a collector in trouble. Browsers say so too of a request that
      // outlives its page; sent once more as the page goes, it has the same ids.
    }
    if (status > 499 || status === 429) {
      queue.unshift(...batch);
      if (hasBreadth) keep(queue, queue);
      // Chance spreads the browsers that a collector in trouble lost all at once.
      const wait = Math.min(maxRetryMs, retryMs * 2 ** failures++) * (1 + Math.random());
      // It may be said as a date, too, which is no number; then our own measure has to do.
      const told = retryAfter * 1_000 || 0;
      if (hasBreadth) notBefore = Date.now() + told;
      timer = setTimeout(flush, Math.max(wait, told));
    } else {
      failures = 0;
      if (hasBreadth) keep(batch, []);
      if (hasEverything)
        for (const { id } of batch) {
          // An answer of “never” is not one of “stored”.
          if (status < 300) quietly(() => callbacks?.get(id)?.())();
          callbacks?.delete(id);
        }
      flush();
    }
  }

  function pause(): void {
    if (hasEverything && !isAllowed()) return;
    if (hasBreadth && (failures || !navigator.onLine)) keep(queue, queue);
    if (!hasBreadth || Date.now() >= notBefore) flush();
  }
  if (hasBreadth) listen('online', pause);

  return {
    send(event, at = Date.now(), stored) {
      // Full: the newest is left out, for the first events of a visit say where it came from.
      if (queue.length < maxEvents) {
        // A copy: what the site does to its objects later changes nothing.
        queue.push(JSON.parse(JSON.stringify({ id: newId(), ...event, ago: at })));
        if (hasEverything && stored) for (const { id } of queue.slice(-1)) callbacks?.set(id, stored);
      }
      if (!isBusy) flush();
    },
    pause,
  };
}
