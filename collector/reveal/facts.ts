/** What company databases say of an address, in one shape whatever the vendor's field names. */

/** The autonomous system that announces the address. */
export interface AsFacts {
  number: number;
  /** As the database has it; empty if it has none. */
  name: string;
  domain: string | null;
  /** The vendor's word: `isp`, `hosting`, `business`, `education`, `government`; empty if it has none. */
  type: string;
  /** IPv4 addresses it announces; null if the database does not say. */
  size: number | null;
  /** Day of the data's build, ISO date. */
  dataOf: string | null;
}

/** Who the address range is assigned to, in databases that go below the autonomous system. */
export interface HolderFacts {
  name: string;
  domain: string | null;
  /** The vendor's word, as for `AsFacts`. */
  type: string;
  /** Who carries the range; the holder is a customer only if it differs. */
  operator: string;
  operatorDomain: string | null;
  /** Vendor and product, for the evidence. */
  database: string;
  dataOf: string | null;
}

/** Ways to hide where one is. */
const disguises = ['vpn', 'proxy', 'tor', 'relay', 'hosting'] as const;
export type Disguise = (typeof disguises)[number];

export interface Facts {
  as: AsFacts | null;
  holder: HolderFacts | null;
  /** Domain that the range's host names lie under; says little by itself. */
  hostDomain: string | null;
  disguise: Disguise | null;
  /** Cellular network. */
  isMobile: boolean;
  /** MaxMind's `user_type`: `residential`, `business`, `college`…; empty if unknown. */
  userType: string;
  /** ISO 3166-1 alpha-2, upper case. */
  country: string | null;
}

export const noFacts: Facts = {
  as: null,
  holder: null,
  hostDomain: null,
  disguise: null,
  isMobile: false,
  userType: '',
  country: null,
};

/**
 * Joins what two databases say. The first is trusted more: what it knows stays, the second fills gaps. A disguise that
 * either knows counts, for the databases that know it know nothing else.
 */
export function joinFacts(first: Facts, second: Facts): Facts {
  return {
    as: joinAs(first.as, second.as),
    holder: first.holder ?? second.holder,
    hostDomain: first.hostDomain ?? second.hostDomain,
    disguise: worse(first.disguise, second.disguise),
    isMobile: first.isMobile || second.isMobile,
    userType: first.userType || second.userType,
    country: first.country ?? second.country,
  };
}

function joinAs(first: AsFacts | null, second: AsFacts | null): AsFacts | null {
  if (first === null || second === null) return first ?? second;
  // Two databases may disagree on who announces a range; never mix one's number with the other's name.
  if (first.number !== second.number) return first;
  return {
    ...first,
    name: first.name || second.name,
    domain: first.domain ?? second.domain,
    type: first.type || second.type,
    size: first.size ?? second.size,
  };
}

/** Hosting is the weakest: a VPN's exit is hosted too. */
function worse(first: Disguise | null, second: Disguise | null): Disguise | null {
  if (first === null || second === null) return first ?? second;
  return disguises.indexOf(first) <= disguises.indexOf(second) ? first : second;
}
