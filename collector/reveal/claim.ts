/** What a source hands to the judge: an organisation it takes to be behind an address, and why. */
import type { Company, Evidence, Kind } from './verdict.ts';

export interface Claim {
  company: Company;
  kind: Kind;
  evidence: Evidence;
}

/** What a source makes of a part of the facts. */
export interface Finding {
  claim: Claim | null;
  /** Kind of network, where it can be told without a claim too. */
  kind: Kind | null;
  /** A reason against an organisation, for the evidence. */
  against: Evidence | null;
}

export const foundNothing: Finding = { claim: null, kind: null, against: null };

/** A reason against: weighs nothing, explains much. */
export function reasonAgainst(says: string, dataOf: string | null): Evidence {
  return { source: 'blocker', says, confidence: 0, dataOf };
}

/** Kinds whose visitors stand for the network's owner. */
export function isOrganisation(kind: Kind | null): boolean {
  return kind === null || kind === 'business' || kind === 'education' || kind === 'government';
}

/** Kinds in words, as a reason against. */
export function customersOf(kind: Kind): string {
  switch (kind) {
    case 'hosting':
      return 'a host: what comes from there is servers, not offices';
    case 'mobile':
      return 'a mobile operator: its visitors may work anywhere';
    case 'bot':
      return 'crawlers: nobody is there to read';
    case 'vpn':
    case 'proxy':
      return 'a VPN or web proxy: the visitor’s own network stays hidden';
    case 'education':
      return 'a research network: it carries many institutions';
    default:
      return 'an internet provider: its customers may work anywhere';
  }
}
