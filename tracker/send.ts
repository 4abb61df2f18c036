/** Brings events to the collector: one request at a time, and again after a failure, until it says that they are stored. */
import { chance } from './identity.ts';
import type { Settings } from './settings.ts';
import { maxEvents, type VisitorKey, type WireBatch, type WireEvent, wireVersion } from './wire.ts';

/**
 * Bytes that may be under way when a page closes.
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, "inflightKeepaliveBytes"
 */
const keepaliveBytes = 65_536;

/** Characters of events in one request, so that it may outlive the page where that is possible at all. */
const batchLength = 60_000;

/** First wait after a failure; doubles with each further one. */
const retryMs = 500;
const maxRetryMs = 60_000;

/** An event but for what sending adds. The JSON leaves out what is undefined. */
type Said<Event> = Event extends WireEvent ? OrUndefined<Omit<Event, 'id' | 'ago'>> : never;
type OrUndefined<Type> = { [Key in keyof Type]: Type[Key] | undefined };

/** @param at when it happened, ms by the browser's clock; now if left out */
export type Send = (event: Said<WireEvent>, at?: number) => void;

export interface Sender {
  send: Send;
  /** Sends what waits without waiting for the request under way: the page may be about to close. */
  flush(): void;
}

interface Waiting {
  /** Written at once: what the site does to its objects later changes nothing. */
  json: string;
  at: number;
}

/**
 * @param visitor what the cookie says at the moment of sending
 * @param waitMs  time before the first request
 */
export function startSending(
  settings: Settings,
  visitor: () => VisitorKey | undefined,
  waitMs: number,
): Sender {
  const queue: Waiting[] = [];
  let failures = 0;
  let isBusy = false;

  function rest(ms: number): void {
    isBusy = true;
    setTimeout(() => {
      isBusy = false;
      flush();
    }, ms);
  }

  async function flush(): Promise<void> {
    const batch = takeBatch(queue);
    if (!batch.length) return;
    isBusy = true;
    const body = write(settings, visitor(), batch);
    let status = 500;
    try {
      const keepalive = new Blob([body]).size < keepaliveBytes;
      ({ status } = await fetch(settings.endpoint, { method: 'POST', keepalive, body }));
    } catch {
      // No network, or nobody there: the same as a collector in trouble.
    }
    if (status > 499 || status === 429) {
      queue.unshift(...batch);
      queue.splice(maxEvents);
      // Chance spreads the browsers that a collector in trouble lost all at once.
      rest(Math.min(maxRetryMs, retryMs * 2 ** failures++) * (1 + Math.random()));
    } else {
      failures = 0;
      isBusy = false;
      flush();
    }
  }

  if (waitMs) rest(waitMs);

  return {
    send(event, at = Date.now()) {
      // Full: the newest is left out, for the first events of a visit say where it came from.
      if (queue.length < maxEvents) queue.push({ json: JSON.stringify({ id: chance(), ...event }), at });
      if (!isBusy) flush();
    },
    flush,
  };
}

/** Takes from the front as much as one request may carry, but at least one. */
function takeBatch(queue: Waiting[]): Waiting[] {
  const batch: Waiting[] = [];
  let length = 0;
  for (;;) {
    const [next] = queue;
    if (!next || (length && length + next.json.length > batchLength)) return batch;
    length += next.json.length;
    batch.push(next);
    queue.shift();
  }
}

function write({ site }: Settings, visitor: VisitorKey | undefined, batch: Waiting[]): string {
  const head: { [Key in Exclude<keyof WireBatch, 'events'>]: WireBatch[Key] | undefined } = {
    v: wireVersion,
    site,
    visitor,
  };
  const now = Date.now();
  const events = batch.map(({ json, at }) =>
    // A clock that was set back must not put an event into the future.
    now > at ? `${json.slice(0, -1)},"ago":${now - at}}` : json,
  );
  return `${JSON.stringify(head).slice(0, -1)},"events":[${events}]}`;
}
