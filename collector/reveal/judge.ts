/** Weighs what the sources say of an address and gives one verdict. */
import { type Claim, customersOf, type Finding, isOrganisation, reasonAgainst } from './claim.ts';
import type { Disguise, Facts } from './facts.ts';
import { withoutLegalForm, wordsOf } from './name.ts';
import type { NetworkFinding } from './network.ts';
import type { Evidence, Kind, OwnerRule, Tier, Verdict } from './verdict.ts';

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

/** What is known of one address when the verdict is made. */
export interface Case {
  facts: Facts;
  rule: OwnerRule | null;
  network: NetworkFinding;
  holder: Finding;
}

/** The verdict on an address. Pure: same case, same verdict. */
export function judge({ facts, rule, network, holder }: Case): Verdict {
  const operator = network.operator ?? facts.holder?.operator ?? null;
  if (rule !== null) return ofRule(rule, operator, network.kind);
  const disguise = facts.disguise ?? (facts.userType === 'consumer_privacy_network' ? 'vpn' : null);
  const dataOf = facts.as?.dataOf ?? facts.holder?.dataOf ?? null;
  const blocked = blockedBy(facts, disguise, network, dataOf);
  if (blocked !== null)
    return { ...unknownVerdict, kind: blocked.kind, operator, evidence: [blocked.evidence] };
  return weigh(network, holder, operator);
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

/** What makes every claim worthless, whoever made it. */
function blockedBy(
  { isMobile, userType }: Facts,
  disguise: Disguise | null,
  network: NetworkFinding,
  dataOf: string | null,
): { kind: Kind; evidence: Evidence } | null {
  const because = (kind: Kind) => ({
    kind,
    evidence: reasonAgainst(`The address belongs to ${customersOf(kind)}`, dataOf),
  });
  if (disguise !== null) return because(disguiseKinds[disguise]);
  if (isMobile || userType === 'cellular') return because('mobile');
  if (userType === 'hosting' || userType === 'content_delivery_network') return because('hosting');
  if (userType === 'residential' || userType === 'dialup') return because('isp');
  const isHidden = network.kind === 'vpn' || network.kind === 'proxy' || network.kind === 'hosting';
  return isHidden && network.kind !== null && network.against !== null
    ? { kind: network.kind, evidence: network.against }
    : null;
}

function weigh(network: NetworkFinding, holder: Finding, operator: string | null): Verdict {
  const claims = [holder.claim, network.claim].filter((claim) => claim !== null);
  const [best, other] = claims.sort((a, b) => b.evidence.confidence - a.evidence.confidence);
  // That the carrier of a customer's range is a carrier is no reason against the customer.
  const reasons = [holder.against, holder.claim === null ? network.against : null];
  const against = reasons.filter((evidence) => evidence !== null);
  if (best === undefined) {
    return { ...unknownVerdict, kind: network.kind ?? holder.kind ?? 'unknown', operator, evidence: against };
  }
  const evidence = [best.evidence];
  let confidence = best.evidence.confidence;
  if (other !== undefined) {
    const agrees = isSame(best, other);
    evidence.push(agrees ? other.evidence : disagreement(other));
    if (agrees) confidence = Math.min(mostConfident, 1 - (1 - confidence) * (1 - other.evidence.confidence));
  }
  // A pool of addresses inside what only looks like a company's network: not enough for an account.
  const isPool = holder.claim === null && holder.kind === 'isp' && best.evidence.confidence < 0.9;
  if (isPool) confidence = Math.min(confidence, accountFrom - 0.1);
  const company = joined(best, other);
  confidence = Math.round(confidence * 100) / 100;
  const tier: Tier = confidence >= accountFrom ? 'account' : confidence >= possibleFrom ? 'possible' : 'none';
  return {
    kind: best.kind,
    company: tier === 'none' ? null : company,
    operator,
    confidence,
    tier,
    evidence: [...evidence, ...against],
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
function joined(best: Claim, other: Claim | undefined): Claim['company'] {
  if (best.company.domain !== null || other === undefined || !isSame(best, other)) return best.company;
  return { ...best.company, domain: other.company.domain };
}
