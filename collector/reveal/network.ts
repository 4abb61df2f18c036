/** Who runs an autonomous system: from the tables of well-known networks, else from the words of its name. */
import { asNameParts, nameOfHandle } from './as-name.ts';
import { brandNameOf, brandOf } from './brand.ts';
import {
  type Claim,
  customersOf,
  type Finding,
  foundNothing,
  isOrganisation,
  reasonAgainst,
} from './claim.ts';
import { displayName, isCity } from './display-name.ts';
import type { AsFacts } from './facts.ts';
import { wordsOf } from './name.ts';
import { type NameReading, readName } from './name-reading.ts';
import { carriersByNumber, companiesByNumber, type Organisation } from './organisations.ts';
import type { Kind } from './verdict.ts';

export interface NetworkFinding extends Finding {
  /** Name of who runs it, for lists of networks; null if the database has none. */
  operator: string | null;
  /** Known by our own tables to be an organisation's own. */
  isCompanyNetwork: boolean;
}

const vendorKinds: ReadonlyMap<string, Kind> = new Map([
  ['isp', 'isp'],
  ['hosting', 'hosting'],
  ['education', 'education'],
  ['government', 'government'],
  ['business', 'business'],
]);

const saysPurpose = /\b(?:customers?|clients|subscribers|dynamic|pool|infrastructure only|ipv6 only)\b/i;

/** Reads an autonomous system. Pure: same facts, same finding. */
export function readNetwork(as: AsFacts): NetworkFinding {
  const parts = asNameParts(as.name);
  const { handle } = parts;
  // `NTK IPv6 customers`: what it is for, not whose it is.
  const text = saysPurpose.test(parts.text) || isCity(wordsOf(parts.text)) ? '' : parts.text;
  const known = ofNumber(as) ?? brandOf(handle, text);
  if (known !== null) return ofKnown(as, known);
  const spelledHandle = nameOfHandle(handle);
  const shown = displayName(text || spelledHandle);
  if (shown === '') return { ...ofVendorKind(as), operator: null, isCompanyNetwork: false };
  return { ...ofWords(as, { handle, spelledHandle, text, shown }), isCompanyNetwork: false };
}

/** The row of our tables for an AS number. A company's is believed only if the name in the data agrees with it. */
function ofNumber({ number, name }: AsFacts): Organisation | null {
  const company = companiesByNumber.get(number);
  if (company !== undefined && hasWord(name, company.word)) return company;
  return carriersByNumber.get(number) ?? null;
}

/** True if the name has the word, or a word that begins with it: `PANDG-NA`, `PFIZERNET`. */
function hasWord(name: string, word: string): boolean {
  return wordsOf(name.replaceAll('_', ' ')).some((one) => one.startsWith(word));
}

function ofKnown(as: AsFacts, known: Organisation): NetworkFinding {
  const { kind, name, domain, isResearchNetwork } = known;
  if (!isOrganisation(kind) || isResearchNetwork || domain === null) {
    return {
      claim: null,
      kind,
      against: reasonAgainst(`AS ${as.number} is ${name}, ${customersOf(kind)}`, as.dataOf),
      operator: name,
      isCompanyNetwork: false,
    };
  }
  const says = `AS ${as.number}${quoted(as.name)} is a network of ${name}`;
  return {
    claim: {
      company: { name, domain },
      kind,
      evidence: { source: 'company-network', says, confidence: 0.9, dataOf: as.dataOf },
    },
    kind,
    against: null,
    operator: name,
    isCompanyNetwork: true,
  };
}

function ofVendorKind(as: AsFacts): Finding {
  const kind = vendorKinds.get(as.type) ?? null;
  return isOrganisation(kind)
    ? { ...foundNothing, kind }
    : { claim: null, kind, against: against(as, kind ?? 'isp') };
}

interface Named {
  handle: string;
  /** The handle in words. */
  spelledHandle: string;
  text: string;
  /** As it is shown. */
  shown: string;
}

function ofWords(
  as: AsFacts,
  { handle, spelledHandle, text, shown }: Named,
): Omit<NetworkFinding, 'isCompanyNetwork'> {
  const ofText = text === '' ? null : readName(text);
  const ofHandle = readName(spelledHandle.toLowerCase());
  const told = ofText === null || isToldByHandle(ofHandle, ofText) ? ofHandle : ofText;
  // No part of a name, so not read with it: `LEACO-INTERNET` is more often a provider than a firm's line.
  const isAccess = text === '' && told.kind === null && /[-_]INTERNET\b/i.test(handle);
  const reading: NameReading = isAccess ? { ...told, kind: 'isp', word: 'internet' } : told;
  const vendor = vendorKinds.get(as.type) ?? null;
  const kind = isOrganisation(vendor) ? ofSize(as, reading.kind ?? vendor) : vendor;
  const unnamed = (is: string) => ({
    ...foundNothing,
    operator: null,
    against: reasonAgainst(`AS ${as.number} is ${is}`, as.dataOf),
  });
  if (reading.isNobody) return unnamed('nobody’s');
  if (reading.isPerson || ofText?.isPerson === true) {
    // A provider stays one; only whose it is goes unsaid.
    return { ...unnamed('registered to a person'), kind: isOrganisation(kind) ? null : kind };
  }
  if (!isOrganisation(kind) || reading.isResearchNetwork) {
    return { claim: null, kind, against: against(as, kind ?? 'isp'), operator: shown };
  }
  return { claim: claimOf(as, reading, kind, ofText !== null, shown), kind, against: null, operator: shown };
}

/** From this many IPv4 addresses on a network is a provider's or a host's, unless our tables know better. */
const providerSize = 2 ** 19;

function ofSize({ size }: AsFacts, kind: Kind | null): Kind | null {
  const isLarge = size !== null && size >= providerSize;
  return isLarge && (kind === null || kind === 'business') ? 'isp' : kind;
}

/** What the full name tells counts; the handle where the name tells nothing, or no more than that somebody trades. */
function isToldByHandle(ofHandle: NameReading, ofText: NameReading): boolean {
  if (ofText.isPerson || ofHandle.kind === null) return false;
  if (ofText.kind === null) return true;
  // `FOODNET`: companies call their networks so too.
  const isCarrier = !isOrganisation(ofHandle.kind) && !/net\d*$/.test(ofHandle.word);
  return ofText.isWeakTrade && isCarrier;
}

/** How far words prove that the network is its owner's own. Steps of trust, not measurements. */
function claimOf(
  as: AsFacts,
  reading: NameReading,
  kind: Kind | null,
  isNamed: boolean,
  shown: string,
): Claim {
  const company = { name: brandNameOf(as.domain) ?? shown, domain: as.domain };
  const make = (confidence: number, why: string): Claim => ({
    company,
    // What it is if the claim is right; how sure that is, the confidence says.
    kind: kind ?? 'business',
    evidence: {
      source: isNamed || confidence >= 0.7 ? 'as-name' : 'as-handle',
      says: `AS ${as.number}${quoted(as.name)} ${why}`,
      confidence,
      dataOf: as.dataOf,
    },
  });
  // A vendor that looked at the organisation's site lifts what words alone leave open.
  const lift = as.type !== '' && as.domain !== null ? 0.08 : 0;
  if (kind === 'education') return make(isNamed ? 0.8 : 0.72, 'names a place of education or research');
  if (kind === 'government') return make(isNamed ? 0.8 : 0.72, 'names a public body');
  if (reading.kind === 'business') {
    if (reading.legalForm !== null)
      return make(0.8, `names a legal entity and its trade (“${reading.word}”)`);
    return make(isNamed ? 0.75 : 0.7, `names a trade (“${reading.word}”)`);
  }
  if (reading.legalForm === 'weighty') {
    return make((reading.isComputing ? 0.6 : 0.72) + lift, 'names a legal entity');
  }
  if (reading.legalForm === 'small') {
    return make(
      (reading.isComputing ? 0.5 : 0.62) + lift,
      'names a legal entity, of a form that small providers have too',
    );
  }
  if (!isNamed) return make(0.45, 'is a short name only: it may be the organisation, or a provider');
  return make((reading.isComputing ? 0.42 : 0.5) + lift, 'names somebody, without saying what they do');
}

function against(as: AsFacts, kind: Kind): Finding['against'] {
  return reasonAgainst(`AS ${as.number}${quoted(as.name)} is ${customersOf(kind)}`, as.dataOf);
}

function quoted(name: string): string {
  return name === '' ? '' : ` “${name}”`;
}
