/** How long a view was looked at, and how far down. */
import { listen } from './listen.ts';
import { send } from './send.ts';

const tickMs = 1_000;

/** Without a sign of life for this long, nobody is reading. */
const idleTicks = 30;

// Ticks and not a clock: while a computer sleeps or a page is frozen, there are none.
let seconds = 0;
let deepest = 0;
let quietTicks = 0;

function measure(): void {
  deepest = Math.max(deepest, (100 * (scrollY + innerHeight)) / document.documentElement.scrollHeight);
}

/** Once the frame is drawn: before that, asking where things are would make the browser lay them out once more. */
function measureSoon(): void {
  requestAnimationFrame(() => setTimeout(measure));
}

export function watchEngagement(): void {
  listen('scroll pointermove click input', () => {
    quietTicks = 0;
  });
  listen('scroll', measureSoon);
  setInterval(() => {
    if (document.visibilityState !== 'hidden' && quietTicks++ < idleTicks) seconds++;
    // While the page is there: when it is left, a framework may have put the next one in its place.
    measureSoon();
  }, tickMs);
}

/** Tells of the stay that ends now, on the page with this address; says nothing of less than a second. */
export function tellStay(url: string): void {
  if (seconds) send({ type: 'leave', url, seconds, scroll: Math.round(deepest) });
  seconds = deepest = 0;
}
