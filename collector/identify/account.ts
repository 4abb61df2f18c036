/** Which account a network or an e-mail address stands for. Pure: a claim goes in, the account's key comes out. */
import type { Detail, Network } from '../draft.ts';
import { companyOfEmail } from '../reveal/email.ts';
import { organisationKey } from '../reveal/name.ts';
import type { Evidence, Kind } from '../reveal/verdict.ts';

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
const nameRanks = { email: 1, data: 2, rule: 3 } as const;

/** Who an identify event is about. */
export interface PersonClaim {
  key: string;
  /** What a salesperson reads: the e-mail, else the site's own id. */
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
  const { name, domain } = verdict.company;
  const isRule = verdict.evidence.some(({ source }) => source === 'rule');
  return {
    key: organisationKey(verdict.company, country),
    name,
    domain,
    country,
    kind: verdict.kind,
    nameRank: isRule ? nameRanks.rule : nameRanks.data,
  };
}

/** The person behind an identify event; null if it names nobody. */
export function personOf(siteId: number, identify: NonNullable<Detail['identify']>): PersonClaim | null {
  // A site's own ids mean nothing on another site.
  const ownId = identify.user === null ? null : `user:${siteId}:${identify.user}`;
  if (identify.email !== null) {
    const email = identify.email.toLowerCase();
    const employer = companyOfEmail(email);
    return {
      key: `mailto:${email}`,
      label: email,
      account: employer && {
        key: organisationKey(employer.company, null),
        name: employer.company.name,
        domain: employer.company.domain,
        country: null,
        kind: 'business',
        nameRank: nameRanks.email,
      },
      evidence: employer?.evidence ?? null,
      alias: ownId,
    };
  }
  if (identify.user === null || ownId === null) return null;
  return { key: ownId, label: identify.user, account: null, evidence: null, alias: null };
}
