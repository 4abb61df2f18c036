/** Sees pages: the first, each that a script puts in its place, and the one that comes back from the cache. */
import { quietly } from './quietly.ts';
import type { Send } from './send.ts';
import { maxTextLength, maxUrlLength } from './wire.ts';

/** Frameworks set the new title some tens of milliseconds after the new address. */
const titleMs = 150;

interface View {
  url: string;
  referrer: string;
  at: number;
}

/** Address of the page now shown, without credentials, and without what stands after `#` unless that is its route. */
export function readAddress(hasHashRoutes: boolean): string {
  const { origin, pathname, search, hash } = location;
  return (origin + pathname + search + (hasHashRoutes ? hash : '')).slice(0, maxUrlLength);
}

/**
 * Tells the first page at once, and later ones as they come.
 * @returns tells the page that still waits for its title; for when there is no more time to wait
 */
export function watchPages(address: () => string, send: Send): () => void {
  let url = address();
  let waiting: View | undefined;
  let isSameTick = false;

  function tell(): void {
    const view = waiting;
    waiting = undefined;
    if (view)
      send(
        {
          type: 'page',
          url: view.url,
          title: document.title.slice(0, maxTextLength) || undefined,
          referrer: view.referrer.slice(0, maxUrlLength) || undefined,
        },
        view.at,
      );
  }

  function see(referrer: string): void {
    tell();
    url = address();
    waiting = { url, referrer, at: Date.now() };
  }

  function look(isReplaced: boolean): void {
    const before = url;
    url = address();
    if (isReplaced && isSameTick && waiting) {
      // A redirect: nobody saw the address that was pushed. It may lead back to where it began.
      if (url === waiting.referrer) waiting = undefined;
      else waiting.url = url;
    } else if (isReplaced ? pathOf(url) !== pathOf(before) : url !== before) {
      see(before);
      const seen = waiting;
      isSameTick = true;
      setTimeout(() => {
        isSameTick = false;
      });
      setTimeout(() => seen === waiting && tell(), titleMs);
    }
  }

  function follow(method: 'pushState' | 'replaceState', isReplaced: boolean): void {
    const original = history[method];
    history[method] = function (...given) {
      // What the browser rejects is thrown to the site, as it would be without us.
      original.apply(this, given);
      quietly(look)(isReplaced);
    };
  }

  see(document.referrer);
  tell();
  follow('pushState', false);
  follow('replaceState', true);
  // Comes after a change behind `#` too.
  addEventListener('popstate', () => look(false));
  addEventListener('pageshow', (event) => {
    if (event.persisted) {
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
