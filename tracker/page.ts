/** Sees pages: the first, each that a script puts in its place, and the one that comes back from the cache. */
import { after } from './after.ts';
import { tellStay } from './engagement.ts';
import { tellAbandoned } from './form.ts';
import { listen } from './listen.ts';
import { cut, type Said, send } from './send.ts';
import { address } from './settings.ts';
import type { PageEvent } from './wire.ts';

/**
 * Frameworks set the new title some tens of milliseconds after the new address. An address that a script replaces
 * within this time is a redirect, which nobody saw.
 */
const titleMs = 100;

let url: string;
let waiting: (Omit<Said<PageEvent>, 'title'> & { url: string }) | false;

/** Tells the page that still waits for its title; for when there is no more time to wait. */
export function tellPage(): void {
  if (waiting) send({ ...waiting, title: cut(document.title) });
  waiting = false;
}

function see(referrer: string): void {
  waiting = { ago: Date.now(), type: 'page', url, referrer: cut(referrer) };
}

/** @param isNew there for an address of its own, left out where one may only have been mended */
export function seeAddress(isNew?: unknown): void {
  const before = url;
  url = address();
  if (!isNew && waiting) {
    waiting.url = url;
    // Led back to where it began.
    if (url === waiting.referrer) waiting = false;
  } else if (isNew ? url !== before : pathOf(url) !== pathOf(before)) {
    tellPage();
    if (hasBreadth) {
      tellAbandoned(before);
      tellStay(before);
    }
    see(before);
    const seen = waiting;
    setTimeout(() => seen === waiting && tellPage(), titleMs);
  }
}

/** Tells the first page at once, and later ones as they come. */
export function watchPages(): void {
  url = address();
  see(document.referrer);
  tellPage();
  after(history, 'pushState', seeAddress);
  after(history, 'replaceState', () => seeAddress());
  // Comes after a change behind `#` too.
  listen('popstate', seeAddress);
  listen<PageTransitionEvent>('pageshow', ({ persisted }) => {
    if (persisted) {
      // Which page the visitor came back from is not known.
      see('');
      tellPage();
    }
  });
}

/** Without its query, before or after `#`. */
function pathOf(url: string): string {
  return url.replace(/\?[^#]*/g, '');
}
