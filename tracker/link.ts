/** Sees the links that lead out of the site's pages: to others, to files, to a mail program or a telephone. */
import { listen } from './listen.ts';
import { resolve } from './resolve.ts';
import { cut, type Send } from './send.ts';
import { type LinkEvent, maxUrlLength } from './wire.ts';

const files = /\.(pdf|docx?|xlsx?|pptx?|csv|txt|zip|gz|rar|dmg|exe|msi|apk|mp[34])$/i;

/** An `<a>` of HTML, or of SVG, whose address is an object. */
type Link = HTMLAnchorElement & { href: { baseVal?: string } };

/** @param address the page now shown */
export function watchLinks(address: () => string, send: Send): void {
  // The middle button, which opens a tab, is not a click by name.
  listen<MouseEvent>('click auxclick', (event) => {
    // From the inside out, also out of open shadow roots.
    const link = event.composedPath().find((node) => /^a(rea)?$/.test((node as Link).localName)) as Link;
    const { protocol, host, origin, pathname } = resolve(link.href.baseVal ?? link.href);
    let kind: LinkEvent['kind'] | undefined;
    if (protocol === 'mailto:') kind = 'mail';
    if (protocol === 'tel:') kind = 'phone';
    if (/^http/.test(protocol)) {
      if (host !== location.host) kind = 'outbound';
      if (link.hasAttribute('download') || files.test(pathname)) kind = 'download';
    }
    // The right button opens a menu and follows nothing.
    if (kind && event.button < 2)
      send({ type: 'link', url: address(), kind, target: cut((host && origin) + pathname, maxUrlLength) });
  });
}
