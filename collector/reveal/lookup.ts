/** One line of `footlight lookup`: what scripts read. */
import { parseAddress } from './address.ts';
import type { Resolver } from './resolver.ts';
import type { Company, Evidence, Kind, Tier } from './verdict.ts';

export interface LookupAnswer {
  /** As it was given. */
  ip: string;
  /** `invalid`: the line is no address. */
  kind: Kind | 'invalid';
  /** The organisation, at tier `account` or `possible`: `tier` says which. */
  account: Company | null;
  confidence: number;
  tier: Tier;
  evidence: Evidence[];
}

/** Answers a line; surrounding blanks do not matter. */
export function lookupLine(resolver: Resolver, line: string): LookupAnswer {
  const ip = line.trim();
  if (parseAddress(ip) === null) {
    return { ip, kind: 'invalid', account: null, confidence: 0, tier: 'none', evidence: [] };
  }
  const { kind, company, confidence, tier, evidence } = resolver.resolve(ip);
  return { ip, kind, account: company, confidence, tier, evidence };
}
