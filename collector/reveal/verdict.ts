/** The shape of an answer to "who is behind this address". Types only: every room may import it. */

/** What kind of network an address belongs to. */
export const kinds = [
  'business',
  'education',
  'government',
  'isp',
  'mobile',
  'hosting',
  'vpn',
  'proxy',
  'bot',
  'private',
  'unknown',
] as const;
export type Kind = (typeof kinds)[number];

/** `account` ≥ 0.70 makes an account; `possible` 0.40–0.69 is shown apart and never exported; else `none`. */
export type Tier = 'account' | 'possible' | 'none';

/** An organisation as a source names it: a claim, not yet an account. */
export interface Company {
  /** Display name, cleaned. */
  name: string;
  /** Registrable domain in lower case. */
  domain: string | null;
}

/** Where a piece of evidence came from, in order of trust. */
export type SourceName =
  | 'rule'
  | 'email'
  | 'group'
  | 'file'
  | 'company-network'
  | 'company-database'
  | 'as-name'
  | 'learned'
  | 'reverse-dns'
  | 'as-handle'
  | 'blocker';

/** One reason, in words that a salesperson can read. */
export interface Evidence {
  source: SourceName;
  /** A whole sentence without its full stop, e.g. `AS 8590 "BMW Bayerische Motoren Werke AG" names a legal entity`. */
  says: string;
  /** 0…1; what this source alone would give. 0 for a reason against. */
  confidence: number;
  /** Day the data was built, ISO date, where the source has one. */
  dataOf: string | null;
}

/** What the resolver says of an address. Deterministic: same address, same data, same verdict. */
export interface Verdict {
  kind: Kind;
  /** The organisation claimed, at tier `account` or `possible`; null at `none`. */
  company: Company | null;
  /** Who runs the network (ISP, host, the organisation itself), for the lists of networks; null if unknown. */
  operator: string | null;
  confidence: number;
  tier: Tier;
  evidence: Evidence[];
}

/** What this installation itself knows of one address, beyond the data. */
export interface Context {
  /** Taught by people whose business e-mail came from this very address. */
  learned: LearnedCompany | null;
  /** Host name of the address, forward-confirmed; null if unknown or reverse DNS is off. */
  reverseName: string | null;
}

export interface LearnedCompany {
  company: Company;
  /** Distinct people who taught it. */
  people: number;
  /** 0.5…0.85. */
  confidence: number;
  /** When the last of them was seen. */
  lastAt: number;
}

/** What the owner says of a range or an autonomous system; stronger than any data. */
export interface OwnerRule {
  id: number;
  /** A CIDR range (`203.0.113.0/24`), a single address, or an AS number (`AS64500`). */
  match: string;
  /** The organisation there; null: "never a company". */
  company: Company | null;
  /** Why, in the owner's words. */
  note: string;
  createdAt: number;
}
