/** Keeps events in the browser that could not be sent, so that they come with the next visit. */
import { isPrivate } from './identity.ts';
import { quietly } from './quietly.ts';
import { cookieName, maxEvents } from './wire.ts';

/**
 * An event that waits, as JSON. Its first number, `ago`, says until it leaves when it happened, ms by the browser's
 * clock. As text it needs no second look before it is sent, and is the same after a night in the browser.
 */
export type Waiting = string & { readonly brand?: 'Waiting' };

const maxKeptMs = 7 * 86_400_000;
const maxKeptLength = 50_000;

/**
 * What is kept now, by this page or another; nothing where nothing may be read.
 * @throws Error where there is no leave to look
 */
export function readKept(): Waiting[] {
  if (isPrivate) return [];
  // What is not ours has no time, or none of this week. JSON has no line ends.
  return ((localStorage[cookieName] ?? '') as string)
    .split('\n')
    .filter((event) => Date.now() - (event.match(/\d+/) as unknown as number) < maxKeptMs);
}

/**
 * Changes what is kept.
 * @param gone no longer kept
 * @param more kept from now on; where there is no room for all, the first of them
 */
export const keep = /* @__PURE__ */ quietly((gone: Waiting[], more: Waiting[]) => {
  let room = maxKeptLength;
  const kept = readKept()
    .filter((event) => !gone.includes(event))
    .concat(more)
    .slice(0, maxEvents)
    .filter((event) => {
      room -= event.length;
      return room > 0;
    });
  if (kept[0] && !isPrivate) localStorage[cookieName] = kept.join('\n');
  else delete localStorage[cookieName];
});
