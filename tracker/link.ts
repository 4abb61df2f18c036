/** Sees the links that lead out of the site's pages: to others, to files, to a mail program or a telephone. */
import { listen } from './listen.ts';
import { cut, send } from './send.ts';
import type { LinkEvent } from './wire.ts';

const files = /\.(pdf|(doc|xls|ppt)x?|csv|zip|gz|dmg|exe|msi|mp[34])$/i;

const kinds: { [protocol: string]: LinkEvent['kind'] } = { 'mailto:': 'mail', 'tel:': 'phone' };

/** An `<a>` of HTML, or of SVG, whose address is an object. */
type Link = HTMLAnchorElement & { href: { baseVal?: string } };

export function watchLinks(): void {
  // The middle button, which opens a tab, is not a click by name.
  listen<MouseEvent>('click auxclick', (event) => {
    // From the outside in, and into open shadow roots: a drawing inside of a link may have an address of its own.
    const link = (event.composedPath() as Link[]).reverse().find(({ href }) => href) as Link;
    const { protocol, host, origin, pathname } = new URL(link.href.baseVal ?? link.href, location.href);
    const isFile = link.hasAttribute('download') || files.test(pathname);
    const kind = /^http/.test(protocol)
      ? isFile
        ? 'download'
        : host !== location.host && 'outbound'
      : kinds[protocol];
    // The right button opens a menu and follows nothing.
    if (kind && event.button < 2) send({ type: 'link', kind, target: cut((host && origin) + pathname) });
  });
}
