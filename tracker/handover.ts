/**
 * Takes the visitor's id along on a link to another domain of the same owner, which has a cookie of its own. In the
 * full build.
 */
import { bringVisitor, readVisitor } from './identity.ts';
import { listen } from './listen.ts';
import { options } from './settings.ts';
import { cookieName, type VisitorKey } from './wire.ts';

/** Long enough for a slow page; too short for an address that was copied and sent to somebody. */
const validMs = 120_000;

/**
 * Ties an id to this browser and this moment, so that an address that finds its way to somebody else makes nobody of
 * them. FNV-1a, 32 bits: against accidents; who wants to be somebody else can write a cookie as well.
 */
function seal(visitor: VisitorKey, at: string): string {
  let hash = 0x811c9dc5;
  for (const letter of visitor + at + navigator.userAgent + navigator.language)
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Takes over the id that the link here brought, and cleans the address. */
function takeOver(): void {
  const [whole, visitor, at, sealed] =
    location.search.match(`[?&]${cookieName}=([\\w-]+)\\.(\\w+)\\.(\\w+)$`) ?? [];
  if (whole && visitor && at && Date.now() - parseInt(at, 36) < validMs && seal(visitor, at) === sealed)
    bringVisitor(visitor);
  if (whole) history.replaceState(history.state, '', location.href.replace(whole, ''));
}

/** Before the first page is told and the cookie is looked at. */
export function watchHandover(): void {
  const domains = options.link?.split(/[\s,]+/);
  if (!domains) return;
  takeOver();
  listen<MouseEvent>('click auxclick', (event) => {
    const link = event
      .composedPath()
      .find((node) => (node as Element).localName === 'a') as HTMLAnchorElement;
    const { host, hostname } = link;
    const visitor = readVisitor();
    // An owner's domain may have a port.
    const isOurs = domains.some((domain) =>
      [host, hostname].some((name) => `.${name}`.endsWith(`.${domain}`)),
    );
    if (!visitor || !isOurs || host === location.host || event.button > 1) return;
    const at = Date.now().toString(36);
    // Clicked before, in another tab.
    const search = link.search.replace(RegExp(`[?&]${cookieName}=.*`), '');
    link.search = `${search}${search ? '&' : '?'}${cookieName}=${visitor}.${at}.${seal(visitor, at)}`;
  });
}
