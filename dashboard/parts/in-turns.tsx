/** Long lists, written a few rows at a time: the thread that writes them is the one that takes in visitors' events. */
import { setImmediate } from 'node:timers/promises';
import { raw } from 'hono/html';
import { type Child, Fragment } from 'hono/jsx';

/** A row of a list takes about a tenth of a millisecond; an event that waits for so many does not feel it. */
const rowsAtOnce = 8;

/** Its children as they are; between some of them, whatever waits has its turn. */
export async function InTurns({ children }: { children: readonly Child[] }) {
  // The library hands on an only child by itself.
  const rows = [children].flat();
  let written = '';
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await setImmediate();
    written += await Fragment({ children: rows.slice(start, start + rowsAtOnce) }).toString();
  }
  return raw(written);
}
