/** What the site's owner wrote on the script tag, under the tag's own names. */
import type { SiteKey } from './wire.ts';

export interface Settings {
  site: SiteKey;
  /** Where events go: `data-to`, or `e` beside the script itself, whatever the owner called it. */
  to: string | URL;
  /** `data-hash`, there with or without a value: what stands after `#` is the site's route. */
  hash: string | undefined;
  /** `data-domain`: where the cookie is kept, instead of the widest domain that the browser allows. */
  domain: string | undefined;
}

/**
 * Reads the tag that this script came from.
 * @throws TypeError where it says neither where it came from nor where to send
 */
export function readSettings(): Settings {
  const { dataset, src } = document.currentScript as HTMLScriptElement;
  const { site, to, hash, domain } = dataset;
  return { site: site as SiteKey, to: to || new URL('e', src), hash, domain };
}
