/** Addresses of pages: split for storage, with credentials, e-mail addresses and secret tokens left out. */
import type { PageAddress } from './draft.ts';

/** Characters of a stored path; what is longer is cut, since the start is what tells pages apart. */
const maxPathLength = 1_024;
const maxSearchLength = 2_048;
/** RFC 1035 §2.3.4. */
const maxHostLength = 253;

/**
 * Splits the address of a page. Credentials and the fragment are dropped, unless the fragment is a route (`#/…`,
 * `#!…`) of a single-page application. The path stays percent-encoded as sent, so nothing is ever decoded twice.
 * @returns null for what is no http or https address
 * @example pageAddress('https://me:pw@Shop.Example/a?utm_source=x#top') // host shop.example, path /a, search ?utm_source=x
 */
export function pageAddress(url: string): { page: PageAddress; search: string } | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  const host = parsed.host.replace(/\.(?=:|$)/, '');
  if (host === '' || host.length > maxHostLength) return null;
  const [route = '', routeSearch = ''] = splitRoute(parsed.hash);
  // Campaign tags stand behind the route as often as before it.
  const search = parsed.search.length > 1 ? parsed.search + routeSearch.replace('?', '&') : routeSearch;
  return {
    page: { host, path: cut(maskSecrets(cut(parsed.pathname + route, 2 * maxPathLength)), maxPathLength) },
    search: cut(search, maxSearchLength),
  };
}

function splitRoute(hash: string): [string, string] {
  if (!/^#[/!]/.test(hash)) return ['', ''];
  const mark = hash.indexOf('?');
  return mark < 0 ? [hash, ''] : [hash.slice(0, mark), hash.slice(mark)];
}

/** Cuts without leaving half of a percent escape at the end. */
function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : text.slice(0, maxLength).replace(/%[0-9a-f]?$/i, '');
}

/** `@` may arrive percent-encoded, even twice. */
const email =
  /[^\s/?#&=;,:<>"'()@]{1,64}(?:@|%(?:25){0,3}40)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}/gi;
const jwt = /eyJ[\w-]{8,}\.[\w-]{2,}(?:\.[\w-]*)?/g;
const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const hex = /[0-9a-f]{32,}/gi;
const run = /(?:[A-Za-z0-9_+=-]|%3D){32,}/g;

/**
 * Replaces e-mail addresses by `[email]` and what looks like a token (JWT, UUID, 32 or more characters of hex or
 * base64) by `[token]`. Reset links carry their secret in the path; readable words, however long, stay.
 */
export function maskSecrets(text: string): string {
  const masked = /@|%40|%2540/.test(text) ? text.replace(email, '[email]') : text;
  if (masked.length < 20) return masked;
  return masked
    .replace(jwt, '[token]')
    .replace(uuid, '[token]')
    .replace(hex, '[token]')
    .replace(run, (found) => (looksRandom(found) ? '[token]' : found));
}

/** Characters looked at together when telling a token from words. */
const windowLength = 32;
/**
 * Changes between lower case, upper case and digit within a window. Random base64 has about 19, random base 36 about
 * 12; `The-Top-10-B2B-SaaS-Companies-2024` has 8, ordinary slugs one or two.
 */
const minChanges = 10;

function looksRandom(text: string): boolean {
  if (!/\d/.test(text)) return false;
  const isChange: number[] = [];
  let changes = 0;
  let before = '';
  for (const char of text) {
    const kind = /[a-z]/.test(char) ? 'lower' : /[A-Z]/.test(char) ? 'upper' : /\d/.test(char) ? 'digit' : '';
    const change = kind !== '' && before !== '' && kind !== before ? 1 : 0;
    before = kind;
    changes += change - (isChange[isChange.length - windowLength] ?? 0);
    isChange.push(change);
    if (changes >= minChanges) return true;
  }
  return false;
}

/** Host name without its port. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, '');
}

/**
 * True for a site's own hosts: its domain, its further hosts, and all their subdomains.
 * @param host in lower case, with or without a port
 */
export function isHostOf(site: { domain: string; hosts: readonly string[] }, host: string): boolean {
  const name = hostName(host);
  return [site.domain, ...site.hosts].some((own) => {
    const ownName = hostName(own);
    return name === ownName || name.endsWith(`.${ownName}`);
  });
}
