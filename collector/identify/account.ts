/** Which account a network or an e-mail address stands for. Pure: a claim goes in, the account's key comes out. */
import type { Detail, Network } from '../draft.ts';
import { companyOfEmail } from '../reveal/email.ts';
import { organisationKey } from '../reveal/name.ts';
import type { Company, Evidence, Kind } from '../reveal/verdict.ts';
import { domainKeyPrefix } from './domain-key.ts';
import { companyOfGroup } from './organisation.ts';

/** What is kept of an account when it is first seen. */
export interface AccountClaim {
  key: string;
  name: string;
  domain: string | null;
  country: string | null;
  kind: Kind;
  /** How good the name is; a better one replaces it. */
  nameRank: number;
}

/** An e-mail's domain makes a key but a poor name; what the owner says is best. */
const nameRanks = { email: 1, data: 2, rule: 3, profile: 4 } as const;

/** Who, or which company, an event tells of. */
export interface IdentityClaim {
  key: string;
  /** What a salesperson reads: the e-mail, else the site's own id, else the domain. */
  label: string;
  account: AccountClaim | null;
  evidence: Evidence | null;
  /** The site's own id, told together with the e-mail: later it stands for this person alone. */
  alias: string | null;
}

/** The account behind a network; null below the `account` tier, so an ISP or a guess never makes one. */
export function accountOfNetwork(network: Network): AccountClaim | null {
  const { verdict, country } = network;
  if (verdict.tier !== 'account' || verdict.company === null) return null;
  const isRule = verdict.evidence.some(({ source }) => source === 'rule');
  return {
    ...claimOf(verdict.company, country),
    kind: verdict.kind,
    nameRank: isRule ? nameRanks.rule : nameRanks.data,
  };
}

/** The account that the owner names, in a decision or in a file of profiles. */
export function accountOfOwner(
  company: Company,
  country: string | null,
  by: 'rule' | 'profile',
): AccountClaim {
  return { ...claimOf(company, country), kind: 'business', nameRank: nameRanks[by] };
}

function claimOf(company: Company, country: string | null) {
  return { key: organisationKey(company, country), name: company.name, domain: company.domain, country };
}

/**
 * The person or the employer that an event tells of: by `identify` or `group`, or in a form that was sent, where the
 * owner asked for that field. Null if it names nobody.
 * @param user the site's own id of the person, where it came along with an event about something else
 */
export function identityOf(siteId: number, detail: Detail, user: string | null = null): IdentityClaim | null {
  const { identify, group, offline } = detail;
  if (offline) return ofFile(siteId, offline);
  if (identify) return personOf(siteId, identify);
  const said = group ? organisationOf(siteId, group) : inForm(siteId, detail);
  return said ?? (user === null ? null : personOf(siteId, { user, email: null }));
}

/** Whom an imported touchpoint was with: a person with a business e-mail, else the company that the file names. */
function ofFile(siteId: number, { email, company }: NonNullable<Detail['offline']>): IdentityClaim | null {
  if (email !== undefined) return personOf(siteId, { user: null, email });
  if (company === undefined) return null;
  const account = accountOfContact(company);
  return {
    // Not the key of the employer behind an e-mail: that one's evidence is another.
    key: `${domainKeyPrefix}import:${account.key}`,
    label: company.name,
    account,
    evidence: {
      source: 'file',
      says: `Your file says that this was with “${company.name}”`,
      confidence: 0.95,
      dataOf: null,
    },
    alias: null,
  };
}

/** The account that a file of people or of what they did names: it knows no better name than there is. */
export function accountOfContact(company: Company): AccountClaim {
  return { ...claimOf(company, null), kind: 'business', nameRank: nameRanks.email };
}

function inForm(siteId: number, { form }: Detail): IdentityClaim | null {
  if (form?.step !== 'submit') return null;
  const email = emailAmong(form.values ?? {});
  if (email !== null) return personOf(siteId, { user: null, email });
  return form.domain ? employerOf(form.domain) : null;
}

function personOf(
  siteId: number,
  told: { user: string | null; email: string | null; was?: string },
): IdentityClaim | null {
  // A site's own ids mean nothing on another site.
  const idOf = (user: string) => `user:${siteId}:${user}`;
  const ownId = told.user === null ? null : idOf(told.user);
  if (told.email !== null) {
    const email = told.email.toLowerCase();
    const employer = companyOfEmail(email);
    return {
      key: `mailto:${email}`,
      label: email,
      account: employer && accountOfEmail(employer.company),
      evidence: employer?.evidence ?? null,
      alias: ownId,
    };
  }
  if (told.user === null || ownId === null) return null;
  const alias = told.was === undefined ? null : idOf(told.was);
  return { key: ownId, label: told.user, account: null, evidence: null, alias };
}

/**
 * The organisation that the site says somebody belongs to. Told with a domain or a name once, its id stands for it from
 * then on.
 */
function organisationOf(siteId: number, group: NonNullable<Detail['group']>): IdentityClaim {
  const ownId = `${domainKeyPrefix}group:${siteId}:${group.id}`;
  const company = companyOfGroup(group);
  if (company === null) return { key: ownId, label: group.id, account: null, evidence: null, alias: null };
  const country = null;
  const account: AccountClaim = {
    ...claimOf(company, country),
    kind: 'business',
    // Whoever has the site key may say it, and anybody has: good enough for what an e-mail's domain left open.
    nameRank: nameRanks.data,
  };
  return {
    key: `${domainKeyPrefix}${account.key}`,
    label: account.key,
    account,
    evidence: {
      source: 'group',
      says: `Your site says that they belong to “${company.name}”`,
      confidence: 0.95,
      dataOf: null,
    },
    alias: ownId,
  };
}

/** Any mailbox that is nobody's role. */
const anybody = 'x';

/** Where somebody works who gave an e-mail address of which we were told the domain only. */
function employerOf(domain: string): IdentityClaim | null {
  const employer = companyOfEmail(`${anybody}@${domain.trim().toLowerCase()}`);
  if (employer === null) return null;
  const account = accountOfEmail(employer.company);
  return {
    key: `${domainKeyPrefix}${account.key}`,
    label: account.key,
    account,
    evidence: employer.evidence,
    alias: null,
  };
}

/**
 * The key of the account that an e-mail address or a domain stands for, as somebody writes it; null: nobody's.
 * @example accountKeyOf({ domain: 'https://www.harbour-tools.com/de' }) // 'harbour-tools.com'
 */
export function accountKeyOf(asked: { email: string } | { domain: string }): string | null {
  const written = 'email' in asked ? asked.email.slice(asked.email.lastIndexOf('@') + 1) : asked.domain;
  const host = written
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/[:/?#].*$/s, '');
  // Of a role's mailbox too: nobody in particular, but of that company.
  const employer = companyOfEmail(`${anybody}@${host}`);
  return employer && accountOfEmail(employer.company).key;
}

function accountOfEmail(company: Company): AccountClaim {
  return { ...claimOf(company, null), kind: 'business', nameRank: nameRanks.email };
}

const emailShape = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u;
const maxEmailLength = 254;

/**
 * The sender's e-mail among the fields that the owner asked for: one that is called so, or else the only one there is.
 * Of two in other fields either may be a colleague's.
 */
function emailAmong(values: Readonly<Record<string, string>>): string | null {
  const emails = Object.entries(values)
    .map(([field, value]) => ({ field, email: value.trim().toLowerCase() }))
    .filter(({ email }) => email.length <= maxEmailLength && emailShape.test(email));
  const named = emails.filter(({ field }) => /mail/i.test(field));
  const [only, another] = named.length > 0 ? named : emails;
  return only !== undefined && another === undefined ? only.email : null;
}
