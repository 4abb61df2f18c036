/** Ids, and the first-party cookie that holds the visitor's. */
import { options } from './settings.ts';
import { cookieDays, cookieName, type VisitorKey, visitorPattern } from './wire.ts';

interface NavigatorWithGpc extends Navigator {
  /** @see https://w3c.github.io/gpc/ */
  globalPrivacyControl?: boolean;
}

/** True where the visitor asked by Global Privacy Control not to be followed, or cookies are blocked: nothing is kept. */
export let isPrivate: boolean | undefined = true;

/** Eight characters of time, so that ids sort as they were made, and ten digits of chance within one millisecond. */
export function newId(): string {
  return Date.now().toString(36) + Math.random().toFixed(10).slice(2);
}

/** What the cookie says now: another tab may have written it, or the visitor removed it. */
export function readVisitor(): VisitorKey | undefined {
  if (!isPrivate) return document.cookie.match(`\\b${cookieName}=(${visitorPattern})\\b`)?.[1];
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
  let domain = '';
  for (const label of location.hostname.split('.').reverse()) {
    domain = label + (domain && `.${domain}`);
    write(name, '', domain, 1);
    // Looking and writing each wait for another process: no more of either than there must be.
    if (document.cookie.includes(name)) {
      write(name, '', domain, 0);
      break;
    }
  }
  return domain;
}

export function writeVisitor(visitor: VisitorKey): void {
  if (!isPrivate) write(cookieName, visitor, options.domain ?? widestDomain(), cookieDays);
}

/** Takes this browser's id away, also one of an earlier visit, and before anything may be kept. */
export function forgetVisitor(): void {
  write(cookieName, '', options.domain ?? widestDomain(), 0);
}

/** An id that a link from another domain of the owner brought: it replaces what was here. In the full build. */
let brought: VisitorKey | undefined;
/** An id that another tool gave this browser, for one that has none of ours. In the full build. */
let inherited: VisitorKey | undefined;

export function bringVisitor(visitor: VisitorKey): void {
  brought = visitor;
}

export function inheritVisitor(visitor: VisitorKey): void {
  inherited = visitor;
}

/**
 * Makes this browser's id, or lengthens the life of the one it has, if anything may be kept.
 * @returns the one it had; where it had none, there is something to wait for: tabs opened at once each make an id, and
 * the last one written stays
 * @throws Error where cookies are blocked
 */
export function keepVisitor(): VisitorKey | undefined {
  // Where even to look is forbidden, it ends here and all stays private.
  isPrivate = document.cookie == null || (navigator as NavigatorWithGpc).globalPrivacyControl;
  if (!isPrivate) {
    const domain = options.domain ?? widestDomain();
    // Nothing between looking and writing that takes its time: another tab may write meanwhile.
    const known = readVisitor();
    write(
      cookieName,
      (hasEverything && brought) || known || (hasEverything && inherited) || newId(),
      domain,
      cookieDays,
    );
    return known;
  }
}
