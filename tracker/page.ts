/** Sees pages: the first, each that a script puts in its place, and the one that comes back from the cache. */
import { after } from './after.ts';
import { listen } from './listen.ts';
import { cut, type Send } from './send.ts';
import { maxUrlLength } from './wire.ts';

/**
 * Frameworks set the new title some tens of milliseconds after the new address. An address that a script replaces
 * within this time is a redirect, which nobody saw.
 */
const titleMs = 100;

interface View {
  url: string;
  referrer: string;
  at: number;
}

/**
 * Tells the first page at once, and later ones as they come.
 * @param address the page now shown
 * @param leave   hears the address of a page before another one takes its place
 * @returns tells the page that still waits for its title; for when there is no more time to wait
 */
export function watchPages(address: () => string, send: Send, leave: (url: string) => void): () => void {
  let url: string;
  let waiting: View | undefined;

  function tell(): void {
    if (waiting)
      send(
        {
          type: 'page',
          url: waiting.url,
          title: cut(document.title),
          referrer: cut(waiting.referrer, maxUrlLength),
        },
        waiting.at,
      );
    waiting = undefined;
  }

  function see(referrer: string): void {
    url = address();
    waiting = { url, referrer, at: Date.now() };
  }

  function look(isReplaced?: boolean): void {
    const before = url;
    url = address();
    if (isReplaced && waiting) {
      waiting.url = url;
      // Led back to where it began.
      if (url === waiting.referrer) waiting = undefined;
    } else if (isReplaced ? pathOf(url) !== pathOf(before) : url !== before) {
      tell();
      leave(before);
      see(before);
      const seen = waiting;
      setTimeout(() => seen === waiting && tell(), titleMs);
    }
  }

  see(document.referrer);
  tell();
  after(history, 'pushState', () => look());
  after(history, 'replaceState', () => look(true));
  // Comes after a change behind `#` too.
  listen('popstate', () => look());
  listen<PageTransitionEvent>('pageshow', ({ persisted }) => {
    if (persisted) {
      // Which page the visitor came back from is not known.
      see('');
      tell();
    }
  });
  return tell;
}

/** Without its query, before or after `#`. */
function pathOf(url: string): string {
  return url.replace(/\?[^#]*/g, '');
}
