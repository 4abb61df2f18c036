/** Weighs what the sources say of an address and gives one verdict. */
import { type Claim, customersOf, type Finding, isOrganisation, reasonAgainst } from './claim.ts';
import type { Disguise, Facts } from './facts.ts';
import { type Known, readContext } from './known.ts';
import { withoutLegalForm, wordsOf } from './name.ts';
import type { NetworkFinding } from './network.ts';
import type { Listing } from './network-lists.ts';
import type { Context, Evidence, Kind, OwnerRule, Tier, Verdict } from './verdict.ts';

/** From here on a claim makes an account, or is shown as possible. */
const accountFrom = 0.7;
const possibleFrom = 0.4;
/** However many sources agree, none was there. */
const mostConfident = 0.98;

export const unknownVerdict: Verdict = {
  kind: 'unknown',
  company: null,
  operator: null,
  confidence: 0,
  tier: 'none',
  evidence: [],
};

const disguiseKinds: { [K in Disguise]: Kind } = {
  vpn: 'vpn',
  relay: 'vpn',
  tor: 'proxy',
  proxy: 'proxy',
  hosting: 'hosting',
};

/** What the data and the owner say of one address: the same for each of its visitors. */
export interface Case {
  facts: Facts;
  rule: OwnerRule | null;
  listing: Listing | null;
  network: NetworkFinding;
  holder: Finding;
}

/**
 * The verdict on an address. Pure: same case and context, same verdict.
 * @param context what is known of this very address besides; undefined: nothing
 */
export function judge(found: Case, context?: Context): Verdict {
  const { facts, rule, network, holder } = found;
  const operator = network.operator ?? facts.holder?.operator ?? null;
  if (rule !== null) return ofRule(rule, operator, network.kind);
  const known = readContext(context, facts.as);
  const blocked = known.bot ?? blockedBy(found);
  if (blocked !== null)
    return { ...unknownVerdict, kind: blocked.kind, operator, evidence: [blocked.evidence] };
  return weigh(network, holder, known, operator);
}

function ofRule({ company, match, note }: OwnerRule, operator: string | null, kind: Kind | null): Verdict {
  const why = note === '' ? '' : ` (“${note}”)`;
  if (company === null) {
    const says = `Your rule for ${match} says that this is never a company${why}`;
    const evidence: Evidence = { source: 'rule', says, confidence: 0, dataOf: null };
    return { ...unknownVerdict, kind: kind ?? 'unknown', operator, evidence: [evidence] };
  }
  const says = `Your rule for ${match} says that this is ${company.name}${why}`;
  return {
    kind: isOrganisation(kind) ? (kind ?? 'business') : 'business',
    company,
    operator,
    confidence: 1,
    tier: 'account',
    evidence: [{ source: 'rule', says, confidence: 1, dataOf: null }],
  };
}

/** Kinds of network whose visitors are never those of who runs it, nor of who was seen there before. */
const hiding: readonly (Kind | null)[] = ['vpn', 'proxy', 'hosting', 'bot', 'mobile'];

/** What makes every claim worthless, whoever made it. */
function blockedBy({ facts, listing, network, holder }: Case): { kind: Kind; evidence: Evidence } | null {
  const { isMobile, userType } = facts;
  const disguise = facts.disguise ?? (userType === 'consumer_privacy_network' ? 'vpn' : null);
  const because = (kind: Kind) => ({
    kind,
    evidence: reasonAgainst(
      `The address belongs to ${customersOf(kind)}`,
      facts.as?.dataOf ?? facts.holder?.dataOf ?? null,
    ),
  });
  // Being a host's neighbour proves nothing against a network that is known as a company's own.
  const isListed = listing !== null && (listing.by === 'range' || !network.isCompanyNetwork);
  if (disguise !== null && disguise !== 'hosting') return because(disguiseKinds[disguise]);
  if (isListed) {
    const evidence = reasonAgainst(
      `“${listing.label}” lists ${listing.by === 'range' ? 'the address' : `AS ${facts.as?.number}`} among ${customersOf(listing.kind)}`,
      listing.dataOf,
    );
    return { kind: listing.kind, evidence };
  }
  if (disguise === 'hosting') return because('hosting');
  if (isMobile || userType === 'cellular') return because('mobile');
  if (userType === 'hosting' || userType === 'content_delivery_network') return because('hosting');
  if (userType === 'residential' || userType === 'dialup') return because('isp');
  const { kind, against } = network;
  // A mobile operator has lines for offices too: a holder in a company database is one.
  const isHidden = hiding.includes(kind) && !(kind === 'mobile' && holder.claim !== null);
  return isHidden && kind !== null && against !== null ? { kind, evidence: against } : null;
}

function weigh(network: NetworkFinding, holder: Finding, known: Known, operator: string | null): Verdict {
  const claims = [holder.claim, network.claim, ...known.claims].filter((claim) => claim !== null);
  const [best, ...others] = claims.sort((a, b) => b.evidence.confidence - a.evidence.confidence);
  // That the carrier of a customer's range is a carrier is no reason against the customer.
  const reasons = [holder.against, holder.claim === null ? network.against : null];
  const against = reasons.filter((evidence) => evidence !== null);
  if (best === undefined) {
    return { ...unknownVerdict, kind: network.kind ?? holder.kind ?? 'unknown', operator, evidence: against };
  }
  const agreeing = others.filter((other) => isSame(best, other));
  let confidence = best.evidence.confidence;
  for (const { evidence } of agreeing) confidence = 1 - (1 - confidence) * (1 - evidence.confidence);
  if (agreeing.length > 0) confidence = Math.min(mostConfident, confidence);
  // A pool of addresses inside what only looks like a company's network: not enough for an account.
  const isPool = best === network.claim && holder.kind === 'isp' && best.evidence.confidence < 0.9;
  if (isPool) confidence = Math.min(confidence, accountFrom - 0.1);
  confidence = Math.round(confidence * 100) / 100;
  const tier: Tier = confidence >= accountFrom ? 'account' : confidence >= possibleFrom ? 'possible' : 'none';
  const evidence = others.map((other) => (agreeing.includes(other) ? other.evidence : disagreement(other)));
  return {
    // Whoever works behind a provider's line: the line stays the provider's.
    kind: known.claims.includes(best) ? (network.kind ?? best.kind) : best.kind,
    company: tier === 'none' ? null : joined(best, agreeing),
    operator,
    confidence,
    tier,
    evidence: [best.evidence, ...evidence, ...against],
  };
}

function disagreement({ company, evidence }: Claim): Evidence {
  return {
    ...evidence,
    says: `${evidence.says}: another name, ${company.name}, so one of the two is wrong`,
    confidence: 0,
  };
}

function isSame(one: Claim, other: Claim): boolean {
  const [a, b] = [one.company, other.company];
  // Large organisations have a domain in each country: different ones prove nothing.
  if (a.domain !== null && a.domain === b.domain) return true;
  const [x, y] = [a, b].map(({ name }) => withoutLegalForm(wordsOf(name)).join(' '));
  // The longer may add a place or a branch: whole words, or `North` would be `Northwind`.
  return `${x} `.startsWith(`${y} `) || `${y} `.startsWith(`${x} `);
}

/** The best claim's name; a domain it lacks may come from a claim that agrees. */
function joined(best: Claim, agreeing: readonly Claim[]): Claim['company'] {
  const domain = best.company.domain ?? agreeing.find(({ company }) => company.domain)?.company.domain;
  return { ...best.company, domain: domain ?? null };
}
