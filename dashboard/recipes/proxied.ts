/** What a proxy on the site's own host hands on to the collector. */

/** Says nothing that a list of things to block could look for; the owner may choose any other word. */
export const folder = 'lamp';

/** The script, its events, which the tag sends to `e` beside the script, and the image. */
export const proxied = ['t.js', 'e', 'p.gif'] as const;
