/** Ids, and the first-party cookie that holds the visitor's. */
import { mayKeep } from './consent.ts';
import { cookieDays, cookieName, type VisitorKey } from './wire.ts';

/** Tabs opened at once each make an id, and the last one written stays; after this time all of them read that one. */
const settleMs = 100;

/** Eight characters of time, so that ids sort as they were made, and ten digits of chance within one millisecond. */
export function newId(): string {
  return Date.now().toString(36) + Math.random().toFixed(10).slice(2);
}

/** What the cookie says now: another tab may have written it, or the visitor removed it. */
export function readVisitor(): VisitorKey | undefined {
  if (mayKeep()) return document.cookie.match(`\\b${cookieName}=(\\w{18})\\b`)?.[1];
}

function write(name: string, value: string, domain: string, days: number): void {
  // An empty domain is the same as none: this very host.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous and not everywhere
  document.cookie =
    `${name}=${value};domain=${domain};path=/;samesite=lax;max-age=${days * 86_400}` +
    (location.protocol === 'https:' ? ';secure' : '');
}

/**
 * The shortest domain that takes a cookie: browsers know that `co.uk` is nobody's and `example.co.uk` is somebody's,
 * so that we need no list. Each tab asks with a cookie of its own name, so that tabs opened at once do not mislead
 * each other, and takes it back.
 */
function widestDomain(): string {
  const name = cookieName + newId();
  const labels = location.hostname.split('.');
  let domain = '';
  let isTaken = false;
  while (!isTaken && labels.length) {
    domain = labels.pop() + (domain && `.${domain}`);
    write(name, '', domain, 1);
    isTaken = document.cookie.includes(name);
    write(name, '', domain, 0);
  }
  return domain;
}

/** Takes this browser's id away. */
export function forgetVisitor(domain: string | undefined): void {
  write(cookieName, '', domain ?? widestDomain(), 0);
}

/**
 * Makes this browser's id, or lengthens the life of the one it has, if anything may be kept.
 * @returns ms after which `readVisitor` says what it will say from then on
 */
export function keepVisitor(domain: string | undefined): number {
  if (!mayKeep()) return 0;
  const place = domain ?? widestDomain();
  const known = readVisitor();
  write(cookieName, known ?? newId(), place, cookieDays);
  // Reading waits until the writing is done, so that a tab that opens later cannot miss it.
  return known === readVisitor() ? 0 : settleMs;
}
