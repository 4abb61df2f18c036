/** A site's domain as somebody types it: with a scheme, a path, capitals, a port. */

/**
 * @returns the host in lower case, without `www.`, with its port if it has one of its own
 * @throws Error with what was typed, if no host can be read from it
 * @example siteDomain('https://www.Example.com/about') // 'example.com'
 */
export function siteDomain(typed: string): string {
  const text = typed.trim();
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
    if (url.host !== '' && /^[^\s/]/.test(text) && !/\s/.test(text)) return url.host.replace(/^www\./, '');
  } catch {
    // Said below.
  }
  throw new Error(`"${typed}" is not a domain; write it as example.com`);
}
