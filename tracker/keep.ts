/** Keeps events in the browser that could not be sent, so that they come with the next visit. */
import { mayKeep } from './consent.ts';
import { quietly } from './quietly.ts';
import { cookieName, type EventKey, maxEvents } from './wire.ts';

/** An event that waits. */
export interface Waiting {
  id: EventKey;
  /** When it happened, ms by the browser's clock; as it leaves, how long that is ago. */
  ago: number;
}

const maxKeptMs = 7 * 86_400_000;

/** As JSON, about. */
const maxKeptLength = 50_000;

/** What is kept now, by this page or another; nothing where nothing may be read. */
export function readKept(): Waiting[] {
  try {
    const kept: Waiting[] = JSON.parse(localStorage[cookieName]);
    return mayKeep() ? kept.filter(({ ago }) => Date.now() - ago < maxKeptMs) : [];
  } catch {
    // Nothing there, something else there, or no leave to look.
    return [];
  }
}

/**
 * Changes what is kept.
 * @param gone no longer kept
 * @param more kept from now on; where there is no room for all, the first of them
 */
export const keep = /* @__PURE__ */ quietly((gone: Waiting[], more: Waiting[]) => {
  let room = maxKeptLength;
  const kept = readKept()
    .filter(({ id }) => !gone.some((event) => event.id === id))
    .concat(more)
    .slice(0, maxEvents)
    .filter((event) => {
      room -= JSON.stringify(event).length;
      return room > 0;
    });
  if (kept[0] && mayKeep()) localStorage[cookieName] = JSON.stringify(asList(kept));
  else delete localStorage[cookieName];
});

/** Some sites put a `toJSON` on all arrays, which would make a text of this one; one of its own is stronger. */
export function asList<Item>(list: Item[]): Item[] {
  return Object.assign(list, { toJSON: 0 });
}
