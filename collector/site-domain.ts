/** A site's domain as somebody types it: with a scheme, a path, capitals, a port. */
import { parse } from 'tldts';

/**
 * @returns the host in lower case, without `www.`, with its port if it has one of its own
 * @throws Error with what was typed, if no host can be read from it
 * @example siteDomain('https://www.Example.com/about') // 'example.com'
 */
export function siteDomain(typed: string): string {
  const text = typed.trim();
  const host = hostOf(text);
  if (host !== null && isOwned(host.replace(/:\d+$/, ''))) return host.replace(/^www\./, '');
  throw new Error(`"${typed}" is not a domain; write it as example.com`);
}

function hostOf(text: string): string | null {
  if (!/^[^\s/]+/.test(text) || /\s/.test(text)) return null;
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`).host || null;
  } catch {
    return null;
  }
}

/** `com` and `co.uk` are nobody's: who took them for a site would let half the world send events. */
function isOwned(host: string): boolean {
  const { domain, isIp } = parse(host);
  return domain !== null || isIp === true || host === 'localhost';
}
