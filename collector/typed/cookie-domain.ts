/** Where the cookie of a site's tag may be kept, as an owner typed it. */
import { getDomain } from 'tldts';
import type { Site } from '../store/store.ts';

/**
 * The domain that a cookie of the site's pages can have: one of the site's hosts, or one above or below it.
 * @returns empty for none
 * @throws Error that says why a browser would not take it
 */
export function cookieDomain(typed: string, site: Pick<Site, 'domain' | 'hosts'>): string {
  const text = typed
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^\./, '');
  if (text === '') return '';
  const address = `https://${text}`;
  const domain = URL.canParse(address) ? new URL(address).hostname : '';
  // The list that browsers have: nobody may keep a cookie for all of `co.uk`.
  if (getDomain(domain, { allowPrivateDomains: true }) === null)
    throw new Error(`"${text}" is no domain that a browser keeps a cookie for; write it as ${site.domain}`);
  const hosts = [site.domain, ...site.hosts].map((host) => host.replace(/:\d+$/, ''));
  const isNear = (host: string) =>
    host === domain || host.endsWith(`.${domain}`) || domain.endsWith(`.${host}`);
  if (!hosts.some(isNear)) throw new Error(`${domain} is not a domain of this site: ${hosts.join(', ')}`);
  return domain;
}
