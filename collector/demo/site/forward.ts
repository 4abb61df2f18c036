/**
 * Hands the tag's two addresses on to the collector: a proxy on the site's own host, as a site owner would run one.
 * It says itself where the visitor comes from and passes on nobody's word about it.
 */
import type { Context } from 'hono';
import { proxy } from 'hono/proxy';

/** What the collector needs of the browser's request. No cookie, and no header that claims an address. */
const passedOn = [
  'accept-language',
  'content-type',
  'if-none-match',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-gpc',
  'user-agent',
];

/**
 * @param path    the collector's address for this, `/e` or `/t.js?site=…`
 * @param address the visitor's, as this site knows it
 */
export async function forward(
  c: Context,
  collectorUrl: string,
  path: string,
  address: string,
): Promise<Response> {
  const headers: Record<string, string> = { 'x-forwarded-for': address };
  for (const name of passedOn) {
    const value = c.req.header(name);
    if (value !== undefined) headers[name] = value;
  }
  try {
    return await proxy(new URL(path, collectorUrl), { raw: c.req.raw, headers });
  } catch {
    // The tag keeps the events and sends them again.
    return c.text(`the collector at ${collectorUrl} cannot be reached`, 502);
  }
}
