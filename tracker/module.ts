/** The same tag for a site that bundles its scripts: `import { start, footlight } from 'footlight/tracker'`. */
import { type Footlight, startWhenSeen } from './footlight.ts';
import { quietly } from './quietly.ts';
import { type Options, options } from './settings.ts';
import type { SiteKey } from './wire.ts';

export type { Footlight, Options };

/**
 * Starts what the script tag starts by itself. A second call, or a tag on the same page, adds nothing.
 * @param given the tag's attributes without their `data-`; `to` is the collector's address for events, with its `/e`
 * @example start({ site: 'YOUR-SITE-KEY', to: 'https://footlight.example.com/e', hash: true });
 */
export const start: (given: Options & { site: SiteKey; to: string | URL }) => void = quietly((given) => {
  Object.assign(options, given);
  startWhenSeen();
});

const waiting: Iterable<never>[] = [];

/** What a page puts before the tag by hand: keeps calls until somebody answers them. */
const stub = Object.assign((...call: never[]) => void waiting.push(call), {
  q: waiting,
}) as unknown as Footlight;

/** Tells what the owner wants told; also before `start`. Never throws. */
export const footlight = ((...call: Parameters<Footlight>) => {
  window.footlight ??= stub;
  return window.footlight(...call);
}) as Footlight;
