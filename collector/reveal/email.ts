/** From a business e-mail address to the company its owner works for. */
import { parse } from 'tldts';
import { brandNameOf } from './brand.ts';
import { nameOfDomain } from './domain-name.ts';
import {
  freeMailBrands,
  hostOverlay,
  personalDomains,
  privateSuffixes,
  roleMailboxes,
} from './mail-domains.ts';
import type { Company, Evidence } from './verdict.ts';

/**
 * The employer behind an e-mail address.
 *
 * Free-mail, disposable and forwarding domains name nobody. Neither do role mailboxes (`info@`, `noreply@`): they are
 * no person, and whoever typed one may be writing on somebody else's behalf.
 * @param email any text; what is no address gives null
 * @returns the company by its registrable domain; its name is made from the domain, unless it is well known
 * @example companyOfEmail('anna@mail.example-works.com')?.company // { name: 'Example Works', domain: 'example-works.com' }
 */
export function companyOfEmail(email: string): { company: Company; evidence: Evidence } | null {
  const [, mailbox = '', host = ''] = /^([^\s@]+)@([^\s@]+)$/.exec(email.trim().toLowerCase()) ?? [];
  if (mailbox === '' || isRole(mailbox)) return null;
  // The private part of the suffix list holds shops of names such as uk.com: there each name is a company's own.
  const parts = parse(host.replace(/\.$/, ''), { allowPrivateDomains: true });
  const { domain, domainWithoutSuffix: label, publicSuffix: suffix } = parts;
  if (domain === null || parts.isIp || !label || suffix === null || privateSuffixes.has(suffix)) return null;
  const isCompany = hostOverlay.get(host) ?? !(personalDomains.has(domain) || freeMailBrands.has(label));
  if (!isCompany) return null;
  return {
    company: { name: brandNameOf(domain) ?? nameOfDomain(label), domain },
    evidence: {
      source: 'email',
      says: `Gave a business e-mail address at ${domain}`,
      confidence: 0.95,
      dataOf: null,
    },
  };
}

/** `sales`, `sales-emea`, `sales.emea`, `info+web`, `no-reply`, `support2`; but not `dev.patel`, a person. */
function isRole(mailbox: string): boolean {
  const [untagged = ''] = mailbox.split('+');
  const [, first = '', separator = ''] = /^([^._-]*)([._-]?)/.exec(untagged) ?? [];
  // Short words before a dot are given names too.
  const isName = separator === '.' && first.length <= 3;
  return [untagged.replace(/[._-]/g, ''), isName ? '' : first].some((word) =>
    roleMailboxes.has(word.replace(/\d+$/, '')),
  );
}
