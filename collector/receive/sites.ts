/** The sites in memory, so that no request waits for a look-up: by key, and by the hosts that may send for them. */
import { remember } from '../remember.ts';
import type { Site, Store } from '../store/store.ts';
import { isHostOf } from '../url.ts';

/** A key that is not known is looked for again at most this often: it may have been added by another process. */
const refreshMs = 1_000;

/** Hosts of a site whose answer is kept: with all its subdomains, more than a site has. */
const maxHosts = 500;

export interface SiteDirectory {
  /** The site of a public key; null if there is none. */
  byKey(key: string): Promise<Site | null>;
  /** True if pages of this host belong to the site: its domain, its further hosts, and what is below them. */
  isOwnHost(siteId: number, host: string): boolean;
  /** Reads the sites anew; call it after adding one. */
  refresh(): Promise<void>;
}

/**
 * Reads the sites once and keeps them.
 * @param onError told when they could not be read anew; those known stay
 */
export async function openSiteDirectory(
  store: Pick<Store, 'sites'>,
  now: () => number,
  onError: (error: unknown) => void,
): Promise<SiteDirectory> {
  let byKey = new Map<string, Site>();
  let isOwn = new Map<number, (host: string) => boolean>();
  let readAt = 0;

  async function refresh(): Promise<void> {
    readAt = now();
    const sites = await store.sites();
    byKey = new Map(sites.map((site) => [site.key, site]));
    isOwn = new Map(sites.map((site) => [site.id, remember(maxHosts, (host) => isHostOf(site, host))]));
  }
  await refresh();

  return {
    refresh,
    async byKey(key) {
      const known = byKey.get(key);
      if (known !== undefined) return known;
      if (Math.abs(now() - readAt) < refreshMs) return null;
      await refresh();
      return byKey.get(key) ?? null;
    },
    isOwnHost(siteId, host) {
      if (isOwn.get(siteId)?.(host)) return true;
      // It may have been added by another process: then the next event finds it.
      if (Math.abs(now() - readAt) >= refreshMs) refresh().catch(onError);
      return false;
    },
  };
}
