/** A site as an owner names it. */
import { siteDomain } from '../site-domain.ts';
import type { Site } from '../store/store.ts';

/** A host as it is kept: `www.` is a subdomain like any other, and those are included anyway. */
function readHost(typed: string): string {
  const host = siteDomain(typed);
  if (!host.includes('.') && !/^localhost(:\d+)?$/.test(host)) {
    throw new Error(`"${typed}" is not a domain; write it as example.com`);
  }
  return host;
}

/**
 * A new site as it was typed.
 * @throws Error that says what is wrong with it
 */
export function readSite(
  domain: string,
  hosts: readonly string[],
  sites: readonly Site[],
): { domain: string; hosts: string[] } {
  const read = readHost(domain);
  if (sites.some((site) => site.domain === read)) {
    throw new Error(`${read} is among your sites already; its tag is under Sites`);
  }
  return {
    domain: read,
    hosts: hosts.map(readHost),
  };
}
