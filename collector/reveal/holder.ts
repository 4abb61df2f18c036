/** Who an address range is assigned to, from databases that go below the autonomous system. */
import { brandNameOf } from './brand.ts';
import { type Finding, foundNothing, isOrganisation, reasonAgainst } from './claim.ts';
import { displayName } from './display-name.ts';
import type { HolderFacts } from './facts.ts';
import { withoutLegalForm, wordsOf } from './name.ts';
import { poolWordOf, readName } from './name-reading.ts';
import type { Kind } from './verdict.ts';

/**
 * Reads the holder of a range. A company only if it differs from whoever carries the range: by domain, else by name.
 * The vendor's own `type` does not decide: it calls customers of providers `isp` and pools of addresses `business`.
 * @param hostDomain where the range's host names lie; the company's, if it resembles its name
 */
export function readHolder(holder: HolderFacts, hostDomain: string | null): Finding {
  const { name, dataOf } = holder;
  const says = (reason: string) =>
    reasonAgainst(`${holder.database} has “${name}” for this range: ${reason}`, dataOf);
  const reading = readName(name);
  // A word such as "region" or "test" in the name of a school or a bank is part of the name.
  const pool = reading.kind === 'education' || reading.kind === 'government' ? null : poolWordOf(name);
  if (pool !== null) {
    return {
      claim: null,
      kind: 'isp',
      against: says(`“${pool}” is what addresses are for, not who has them`),
    };
  }
  if (reading.isPerson) return { ...foundNothing, against: says('a person') };
  if (reading.isNobody) return { ...foundNothing, against: says('nobody uses it') };
  if (!isOrganisation(reading.kind) || reading.isResearchNetwork) {
    return { claim: null, kind: reading.kind, against: says(`“${reading.word}” names a carrier or a host`) };
  }
  const difference = differs(holder);
  // The same name on both sides: an organisation that carries itself, if its type or its name says what it is.
  const ownKind = kindOf(holder.type) ?? reading.kind ?? readName(holder.operator).kind;
  const isOwn = difference === null && isOrganisation(ownKind) && ownKind !== null;
  if (difference === null && !isOwn) return { ...foundNothing, kind: kindOf(holder.type) };
  if (holder.type === 'hosting')
    return { claim: null, kind: 'hosting', against: says('servers, not an office') };
  const domain = holder.domain ?? (hostDomain !== null && resembles(name, hostDomain) ? hostDomain : null);
  return {
    claim: {
      company: { name: brandNameOf(domain) ?? displayName(name), domain },
      kind: organisationKind(reading.kind ?? (difference === null ? ownKind : kindOf(holder.type))),
      evidence: {
        source: 'company-database',
        says: `${holder.database} assigns this range to “${name}”${domain === null ? '' : ` (${domain})`}${
          difference === null
            ? ', on its own network'
            : `, a customer of ${holder.operator || 'its provider'}`
        }`,
        confidence: confidenceOf(difference, reading.kind !== null || reading.legalForm !== null),
        dataOf,
      },
    },
    kind: null,
    against: null,
  };
}

/** A customer's range has the provider's type as often as not. */
function organisationKind(kind: Kind | null): Kind {
  return kind !== null && isOrganisation(kind) ? kind : 'business';
}

type Difference = 'domain' | 'name';

/** In what the holder differs from the carrier; null: the same organisation, or nothing to compare with. */
function differs({ name, domain, operator, operatorDomain }: HolderFacts): Difference | null {
  if (isSameName(name, operator)) return null;
  if (domain !== null && operatorDomain !== null) return domain === operatorDomain ? null : 'domain';
  return operator === '' && operatorDomain === null ? null : 'name';
}

function confidenceOf(difference: Difference | null, isClearName: boolean): number {
  if (difference === 'domain') return isClearName ? 0.85 : 0.8;
  return isClearName ? 0.8 : 0.75;
}

/** `AT&T Worldnet Services` and `AT&T Services`: the same first word, or one within the other. */
function isSameName(one: string, other: string): boolean {
  const a = withoutLegalForm(wordsOf(one));
  const b = withoutLegalForm(wordsOf(other));
  if (a.length === 0 || b.length === 0) return false;
  const [joinedA, joinedB] = [a.join(''), b.join('')];
  return a[0] === b[0] || joinedA.includes(joinedB) || joinedB.includes(joinedA);
}

/** True if a domain's label is made of the name: its words, their beginnings or its initials. */
function resembles(name: string, domain: string): boolean {
  const label = (domain.split('.')[0] ?? '').replaceAll('-', '');
  const words = withoutLegalForm(wordsOf(name));
  const joined = words.join('');
  const initials = words.map((word) => word.charAt(0)).join('');
  return label.length > 2 && (joined.startsWith(label) || label.startsWith(joined) || initials === label);
}

function kindOf(type: string): Kind | null {
  switch (type) {
    case 'isp':
    case 'hosting':
    case 'education':
    case 'government':
    case 'business':
      return type;
    default:
      return null;
  }
}
