/** E-mail domains and mailboxes that do not name an employer. */
import { readWords } from './tables.ts';

const domains = readWords('mail-domains.txt', [
  'brand',
  'free',
  'forwarding and disposable',
  'company host',
  'personal host',
]);
const mailboxes = readWords('mailboxes.txt', ['role', 'private suffix']);

/** Free mail under every country's suffix: `yahoo.de`, `hotmail.co.uk`. */
export const freeMailBrands: ReadonlySet<string> = new Set(domains.brand);

/** Domains whose mailboxes say nothing of an employer. */
export const personalDomains: ReadonlySet<string> = new Set([
  ...domains.free,
  ...domains['forwarding and disposable'],
]);

/**
 * Overlay on the lists above, by whole host name: below a personal domain, but of the company's own people (true),
 * or below a company's domain, but anybody's (false).
 */
export const hostOverlay: ReadonlyMap<string, boolean> = new Map([
  ...domains['company host'].map((host) => [host, true] as const),
  ...domains['personal host'].map((host) => [host, false] as const),
]);

/** Mailboxes of a job, not of a person: before the `@`, whole or up to a separator. */
export const roleMailboxes: ReadonlySet<string> = new Set(mailboxes.role);

/** Suffixes that no public mail server has. */
export const privateSuffixes: ReadonlySet<string> = new Set(mailboxes['private suffix']);
