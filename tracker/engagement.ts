/** How long a view was looked at, and how far down. */
import { listen } from './listen.ts';
import type { Send } from './send.ts';

/** Without a sign of life for this long, nobody is reading. */
const idleMs = 30_000;

const tickMs = 1_000;

/** A longer gap between two ticks is a computer that slept or a page that was frozen, and is not time. */
const maxGapMs = 3_000;

/** @returns tells of the stay that ends now, on the page with this address; says nothing of less than a second */
export function watchEngagement(send: Send): (url: string) => void {
  let activeMs = 0;
  let deepest = 0;
  // Not the time of day, which can be set.
  let lastTick = performance.now();
  let lastSign = lastTick;
  let wasVisible = true;

  function tick(): void {
    const now = performance.now();
    const gap = now - lastTick;
    if (wasVisible && gap < maxGapMs && now - lastSign < idleMs) activeMs += gap;
    lastTick = now;
    wasVisible = document.visibilityState === 'visible';
  }

  function measure(): void {
    const percent = (100 * (scrollY + innerHeight)) / document.documentElement.scrollHeight;
    // A page that bounces at its end is for a moment deeper than it is.
    deepest = Math.min(100, Math.max(deepest, Math.round(percent)));
  }

  listen('scroll pointermove pointerdown input visibilitychange', () => {
    lastSign = performance.now();
  });
  listen('scroll', measure);
  setInterval(() => {
    tick();
    // While the page is there: when it is left, a framework may have put the next one in its place.
    measure();
  }, tickMs);

  return (url) => {
    tick();
    const seconds = Math.floor(activeMs / 1_000);
    if (seconds) send({ type: 'leave', url, seconds, scroll: deepest });
    activeMs = deepest = 0;
  };
}
