/**
 * Cursors: where a list goes on, in a text that means nothing to others. Signed, and good only for the list that it was
 * given out for: what was made up, cut or carried to another filter is refused, and never read as a place.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem.ts';

/** 72 bits: whoever guesses one has gained a page of what they may read anyway. */
const macLength = 12;
const maxLength = 200;

export interface Cursors {
  /** @param list the operation and its filter; the same when the cursor comes back */
  make(list: string, place: readonly number[]): string;
  /** @throws Problem if it was not made here for this list */
  read(list: string, cursor: string): number[];
}

export function openCursors(secret: string): Cursors {
  const key = createHmac('sha256', secret).update('cursors of the api').digest();
  const macOf = (list: string, place: string) =>
    createHmac('sha256', key).update(`${list}\n${place}`).digest('base64url').slice(0, macLength);
  return {
    make(list, place) {
      const text = place.map((number) => number.toString(36)).join('-');
      return `${text}.${macOf(list, text)}`;
    },
    read(list, cursor) {
      const [text = '', mac = ''] = cursor.length > maxLength ? [] : cursor.split('.');
      const right = Buffer.from(macOf(list, text));
      const given = Buffer.from(mac);
      if (given.length !== right.length || !timingSafeEqual(given, right))
        throw new Problem(
          'bad-request',
          `the cursor "${cursor.slice(0, 60)}" was not given out for this list; take "next" of the page before, with the same filter`,
        );
      return text.split('-').map((part) => Number.parseInt(part, 36));
    },
  };
}
