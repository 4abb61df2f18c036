/** Takes addresses apart. */

/**
 * An address as it is read on this page, in its parts; all of them empty if it is none. Unlike `URL`, an element never
 * throws.
 */
export function resolve(href: string): HTMLAnchorElement {
  return Object.assign(document.createElement('a'), { href });
}
