/** Brings events to the collector: one request at a time, and again after a failure, until it says that they are stored. */
import { forgetVisitor, keepVisitor, newId, readVisitor } from './identity.ts';
import { keep, readKept, type Waiting } from './keep.ts';
import { isAllowed } from './permission.ts';
import { quietly } from './quietly.ts';
import { address, options } from './settings.ts';
import { droppedHeader, maxEvents, maxUrlLength, type WireEvent, wireVersion } from './wire.ts';

/**
 * Bytes that may be under way when a page closes.
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, "inflightKeepaliveBytes"
 */
const keepaliveBytes = 65_536;

/** However long their addresses and titles are, so many page views outlive their page: all that the least build sends. */
const fewPages = 9;

/** After this time tabs opened at once, each of which may have written an id, all read the same one. */
const settleMs = 100;

/** First wait after a failure; doubles with each further one. */
const retryMs = 500;
const maxRetryMs = 60_000;

/** An event but for what sending adds. The JSON leaves out what is undefined. */
export type Said<Event> = Event extends WireEvent
  ? OrUndefined<Omit<Event, 'id' | 'ago' | 'url'>> & { url?: string; ago?: number }
  : never;
type OrUndefined<Type> = {
  [Key in keyof Type]: Type[Key] | undefined;
};

/** Hears whether an event was stored, or refused for good. Never throws. */
export type Hear = (isStored: boolean) => void;

const queue: Waiting[] = [];
const hearers = /* @__PURE__ */ new Map<Waiting, Hear>();
let failures = 0;
/** How long the collector does not want to be asked, ms; then the timer asks. */
let told = 0;
// What a page says as it starts leaves together.
let isBusy: Waiting | true | undefined = true;
let timer: ReturnType<typeof setTimeout>;
/** Finds out who the visitor is and what earlier pages kept, if that was not done yet. */
let settle = (): void => {};

/** As long as the wire allows; nothing where there is nothing. */
export function cut(text: string | null | undefined): string | undefined {
  return text?.slice(0, maxUrlLength) || undefined;
}

/** Begins, as soon as it is settled who the visitor is; once something may be sent. */
export function startSending(): void {
  if (hasEverything && !isAllowed) return;
  settle = begin;
  // Cookies and what is stored cost the page more than all else here: not while it is starting.
  timer = setTimeout(begin);
}

const begin = /* @__PURE__ */ quietly(() => {
  settle = () => {};
  // From when the id is written, however long that takes: this begins once all here is done.
  timer = setTimeout(setTimeout, 1, flush, settleMs);
  // Nothing here may be had: then what is told is told without an id, and nothing is kept.
  if (keepVisitor()) flush();
  if (hasBreadth) queue.push(...readKept());
});

/**
 * @param event on the page now shown, and now, unless it says otherwise; `ago` is the time itself until it leaves
 * @param hear  in the full build
 */
export function send(event: Said<WireEvent>, hear?: Hear): void {
  // Full: the newest is left out, for the first events of a visit say where it came from.
  if (queue.length < maxEvents) {
    // A copy: what the site does to its objects later changes nothing.
    const length = queue.push(JSON.stringify({ ago: Date.now(), id: newId(), url: address(), ...event }));
    if (hasEverything && hear) hearers.set(queue[length - 1] as Waiting, hear);
  }
  if (!isBusy) flush();
}

async function flush(): Promise<void> {
  if (hasEverything && !isAllowed) return;
  clearTimeout(timer);
  isBusy = queue[0];
  if (!isBusy) return;
  let count = hasBreadth ? maxEvents : fewPages;
  let batch: Waiting[];
  let body: string;
  let keepalive: boolean;
  do {
    batch = queue.slice(0, count);
    const now = Date.now();
    const events = batch.map((event) =>
      event.replace(/\d+/, (at) => (now - (at as unknown as number)) as unknown as string),
    );
    // An array is text here without JSON: some sites put a `toJSON` on all of them, which would spoil it.
    body = `{"v":${wireVersion},"events":[${events}],${JSON.stringify({
      site: options.site,
      visitor: readVisitor(),
      driven: navigator.webdriver || undefined,
    }).slice(1)}`;
    // A character is three bytes at most, and counting characters costs nothing.
    keepalive = !hasBreadth || body.length < 20_000 || new Blob([body]).size < keepaliveBytes;
    if (hasBreadth) count >>= 1;
    // Fewer events outlive the page, unless a single one is too large for that.
  } while (hasBreadth && !keepalive && count);
  queue.splice(0, batch.length);
  // No network, or nobody there: the same as a collector in trouble. Browsers say so too of a request that
  // outlives its page; sent once more as the page goes, it has the same ids.
  const response = await fetch(options.to as URL, { method: 'POST', keepalive, body }).catch(() => {});
  // A collector on the site's own host refreshes the cookie, also of a visitor who has said no meanwhile.
  if (hasEverything && !isAllowed) quietly(forgetVisitor)();
  if (hasEverything && isLoud())
    console.info(
      'footlight',
      response?.status,
      response?.headers.get(droppedHeader) ?? 'nothing dropped',
      batch,
    );
  if (!response || response.status > 499 || response.status === 429) {
    queue.unshift(...batch);
    if (hasBreadth) keep(queue, queue);
    // Chance spreads the browsers that a collector in trouble lost all at once.
    const wait = Math.min(maxRetryMs, retryMs * 2 ** failures++) * (1 + Math.random());
    // It may be said as a date, too, which is no number; then our own measure has to do.
    if (hasBreadth) told = (response?.headers.get('retry-after') as unknown as number) * 1_000;
    timer = setTimeout(flush, (hasBreadth && told) || wait);
  } else {
    failures = 0;
    if (hasBreadth) told = 0;
    if (hasBreadth) keep(batch, []);
    if (hasEverything)
      for (const event of batch) {
        hearers.get(event)?.(response.status < 300);
        hearers.delete(event);
      }
    flush();
  }
}

/**
 * Sends what waits without waiting for the request under way: the page may be about to close. What may not arrive
 * is kept for the next visit.
 */
export function pause(): void {
  if (hasEverything && !isAllowed) return;
  settle();
  if (hasBreadth && (failures || !navigator.onLine)) keep(queue, queue);
  if (!hasBreadth || !told) flush();
}

/** How many events somebody waits to hear of. */
export function countHearers(): number {
  return hearers.size;
}

/** What waits will not be told. */
export function forgetWaiting(): void {
  queue.length = 0;
  for (const hear of hearers.values()) hear(false);
  hearers.clear();
}

/** Whether the owner wants to read along: by the tag, or by `_fl_debug` in the page's address. */
function isLoud(): boolean {
  return options.debug != null || location.search.includes('_fl_debug');
}
