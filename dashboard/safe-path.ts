/** Where to go after a form, as the form asked: a page of ours, never another site. */

/** Stands in for our own origin while a path is read; cannot be anybody's. */
const here = 'http://here.invalid';

/**
 * The path to send somebody on to, or `/` if what was asked for leads anywhere else.
 *
 * Reads it as a browser would, since `/\t/evil.example`, `/\evil.example` and `/.//evil.example` all look like
 * paths and are not.
 */
export function safePath(asked: string | undefined): string {
  if (!asked?.startsWith('/') || !URL.canParse(asked, here)) return '/';
  const url = new URL(asked, here);
  if (url.origin !== here || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}
