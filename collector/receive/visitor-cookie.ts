/**
 * Lengthens the life of the visitor's cookie with our own answer, where the collector is on the site's own host: some
 * browsers keep a cookie that a script wrote for a week only, and one that a server set for as long as it says. It
 * never makes an id, and it sets the very cookie that the tag set, so that there is never a second one beside it.
 */
import { getDomain } from 'tldts';
import { cookieDays, cookieName, type VisitorKey, visitorPattern } from '../../tracker/wire.ts';
import type { Site } from '../store/store.ts';
import { isHostOf } from '../url.ts';

/** A browser on a page of the host that it asks, with the visitor that its cookie names. */
export interface VisitorHere {
  visitor: VisitorKey;
  page: URL;
}

const cookies = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]*)`, 'g');
const visitorId = new RegExp(`^${visitorPattern}$`);
const maxAge = cookieDays * 86_400;

/**
 * Who a browser's cookie says it is, if its page is of the same origin as this request, and nothing speaks against
 * keeping the cookie.
 * @param from  the page or its origin, as the browser tells it in `Origin` or `Referer`
 * @param asked says which hosts the browser may have asked: what `Host` says, and our own proxies
 * @returns null for everybody else, and where there are two such cookies: which one the tag wrote is not known then
 */
export function visitorHere(
  headers: Pick<Headers, 'get'>,
  from: string | undefined,
  asked: () => readonly string[],
): VisitorHere | null {
  const cookie = headers.get('cookie');
  if (cookie === null || from === undefined || headers.get('sec-gpc') === '1') return null;
  if ((headers.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') return null;
  const [visitor, ...others] = [...cookie.matchAll(cookies)].map((found) => found[1] ?? '');
  if (visitor === undefined || others.length > 0 || !visitorId.test(visitor)) return null;
  if (!URL.canParse(from)) return null;
  const page = new URL(from);
  const usualPort = page.protocol === 'https:' ? /:443$/ : /:80$/;
  const isAsked = asked().some((host) => host.toLowerCase().replace(usualPort, '') === page.host);
  return isAsked ? { visitor, page } : null;
}

/**
 * The cookie to set, as the tag writes it.
 * @returns null on a page that is none of the site's, or beyond the domain that the owner chose for the cookie
 */
export function longerCookie({ visitor, page }: VisitorHere, site: Site): string | null {
  if (!isHostOf(site, page.host)) return null;
  const { hostname, protocol } = page;
  const chosen = site.tag.domain;
  if (chosen !== '' && hostname !== chosen && !hostname.endsWith(`.${chosen}`)) return null;
  // What a browser takes at most, by the list that browsers have; none for `localhost` and addresses.
  const domain = chosen || getDomain(hostname, { allowPrivateDomains: true });
  return [
    `${cookieName}=${visitor}`,
    ...(domain ? [`Domain=${domain}`] : []),
    'Path=/',
    `Max-Age=${maxAge}`,
    'SameSite=Lax',
    // The browser tells us how it reached its page, whoever ended TLS in front of us. Not HttpOnly: the tag reads it.
    ...(protocol === 'https:' ? ['Secure'] : []),
  ].join('; ');
}
