/** The visitor's id in its first-party cookie, and the chance that ids are made of. */
import { cookieDays, cookieName, type VisitorKey } from './wire.ts';

/** Ten characters, some 51 bits. */
export function chance(): string {
  // Rarely the number ends early: 0.5 is `0.i`.
  return Math.random().toString(36).slice(2, 12).padEnd(10, '0');
}

/** What the cookie says now: another tab may have written it, or the visitor removed it. */
export function readVisitor(): VisitorKey | undefined {
  return document.cookie.match(`(?:^|; )${cookieName}=([0-9a-z]{18})(?:;|$)`)?.[1];
}

function write(name: string, value: string, seconds: number, domain: string): void {
  // An empty domain is the same as none: this very host.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and not everywhere
  document.cookie =
    `${name}=${value};path=/;samesite=lax;max-age=${seconds};domain=${domain}` +
    (location.protocol === 'https:' ? ';secure' : '');
}

/**
 * The shortest domain that takes a cookie: browsers know that `co.uk` is nobody's and `example.co.uk` is somebody's,
 * so that we need no list. Each tab asks with a cookie of its own name, so that tabs opened at once do not mislead
 * each other, and takes it back.
 */
function widestDomain(): string {
  const name = cookieName + chance();
  const labels = location.hostname.split('.');
  for (let count = 1; count <= labels.length; count++) {
    const domain = labels.slice(-count).join('.');
    write(name, '', 9, domain);
    const isTaken = document.cookie.includes(name);
    write(name, '', 0, domain);
    if (isTaken) return domain;
  }
  return '';
}

/**
 * Makes this browser's id, or lengthens the life of the one it has.
 * @returns true for an id made just now, which a tab opened at the same moment may still replace by its own
 */
export function keepVisitor(domain = widestDomain()): boolean {
  const known = readVisitor();
  write(cookieName, known ?? Date.now().toString(36) + chance(), cookieDays * 86_400, domain);
  return !known;
}
