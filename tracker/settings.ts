/** What the site's owner wrote on the script tag. */
import type { SiteKey } from './wire.ts';

export interface Settings {
  site: SiteKey;
  /** Where events go: `e` beside the script itself, whatever the owner called it, or `data-to`. */
  endpoint: string;
  /** `data-hash`: the part after `#` is the site's route. */
  hasHashRoutes: boolean;
  /** `data-domain`: where the cookie is kept, instead of the widest domain that the browser allows. */
  cookieDomain: string | undefined;
}

/**
 * Reads the tag that this script came from.
 * @returns nothing where no tag names a site: then there is nobody to send to
 */
export function readSettings(): Settings | undefined {
  // Part of a site's own bundle, this script runs in a tag that is not ours, or in none at all.
  const tag = [document.currentScript, document.querySelector('script[data-site]')].find(
    (script): script is HTMLScriptElement => script instanceof HTMLScriptElement && !!script.dataset.site,
  );
  if (!tag) return;
  const { site, to, hash, domain } = tag.dataset;
  return {
    site: site as SiteKey,
    endpoint: new URL(to || 'e', (!to && tag.src) || document.baseURI).href,
    hasHashRoutes: hash != null,
    cookieDomain: domain,
  };
}
