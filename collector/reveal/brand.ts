/** Recognises well-known names in what registries write, and gives them their one spelling and domain. */
import { wordsOfHandle } from './as-name.ts';
import { isOrganisation } from './claim.ts';
import { isCountry } from './countries.ts';
import { isCity } from './display-name.ts';
import { listed } from './listed.ts';
import { withoutLegalForm, wordsOf } from './name.ts';
import { readName } from './name-reading.ts';
import { type Organisation, organisationsByDomain, type Spelled, spellings } from './organisations.ts';

/** Behind a brand in one word of a handle: `PFIZERNET`, `INTELCORP`. */
const endings = new Set([
  '',
  ...listed('net, corp, inc, usa, us, group, global, intl, asn, hq, uk, de, llc, ag, com'),
]);

/** Initials of this length have many owners. */
const shortSpelling = 4;

/** Most words of a spelling, by its first: most names begin like none. */
const mostWords = new Map<string, number>();
for (const spelling of spellings.keys()) {
  const words = spelling.split(' ');
  const first = words[0] ?? '';
  mostWords.set(first, Math.max(mostWords.get(first) ?? 0, words.length));
}

/**
 * The brand that a name begins with.
 * @param handle the registry's short name; may be empty
 * @param text the name in words; may be empty
 */
export function brandOf(handle: string, text: string): Organisation | null {
  const named = withoutLegalForm(wordsOf(text));
  // `Shanghai Siemens` is Siemens in Shanghai.
  const ofText = beginning(named) ?? (isCity(named.slice(0, 1)) ? beginning(named.slice(1)) : null);
  if (ofText !== null || handle === '') return ofText;
  const handleWords = (keepNumbers: boolean) => wordsOf(wordsOfHandle(handle, keepNumbers).join(' '));
  const words = handleWords(true);
  const ofHandle = beginning(words) ?? (/\d/.test(handle) ? beginning(handleWords(false)) : null);
  const [first = '', ...more] = words;
  if (text === '') return ofHandle;
  if (ofHandle !== null && isAnothers(ofHandle, first, text)) return null;
  if (named[0] === first) {
    if (ofHandle?.isExact && !isCountry(named.slice(1).join(' '))) return null;
    return more.length === 0 ? ofHandle : null;
  }
  // `ABN AMRO Bank` looks like the handle of an AMRO Bank.
  const ofBoth = /[-_]/.test(handle) ? null : beginning([first, ...named]);
  return ofBoth ?? (first.length <= shortSpelling && isAbbreviation(first, named) ? null : ofHandle);
}

/** Words for a company's own network, too: `BBC Internet Services`. */
const ownNetworkWords = new Set(
  listed(
    'internet, internet services, internet service, network, networks, network services, peering, provider',
  ),
);

/**
 * True if the text behind a company's handle makes it a carrier or a host that shares the letters: `3M Fibra`,
 * `CAT-AS CAT Telecom plc`. A mere description of the network leaves it the company's.
 */
function isAnothers(brand: Organisation, handle: string, text: string): boolean {
  if (!isOrganisation(brand.kind) || brand.isResearchNetwork) return false;
  const { kind, word, legalForm } = readName(text);
  if (isOrganisation(kind)) return false;
  return legalForm !== null || (handle.length <= shortSpelling && !ownNetworkWords.has(word));
}

/** The usual name of the organisation at a registrable domain; null if it is not among the well-known. */
export function brandNameOf(domain: string | null): string | null {
  const organisation = domain === null ? undefined : organisationsByDomain.get(domain);
  return organisation !== undefined && isOrganisation(organisation.kind) ? organisation.name : null;
}

/** True for the domain of a well-known carrier, host or the like: what lies below it is its customers'. */
export function isOperatorDomain(domain: string): boolean {
  const organisation = organisationsByDomain.get(domain);
  return organisation !== undefined && (!isOrganisation(organisation.kind) || organisation.isResearchNetwork);
}

/** True if letters of the name's words, in order, make the short name: `dbs` of `data beam business solution`. */
function isAbbreviation(short: string, words: readonly string[]): boolean {
  let at = 0;
  for (const word of words) if (word.charAt(0) === short.charAt(at)) at++;
  return at >= short.length - 1 && at > 0;
}

/** Stand before a name and are no part of it: `Gruppo Poste Italiane`. */
const leadingWords = new Set(listed('the, gruppo, groupe, grupo, group, pt, konzern, compania, companhia'));

function beginning(name: readonly string[]): Spelled | null {
  const words = leadingWords.has(name[0] ?? '') && name.length > 1 ? name.slice(1) : name;
  for (let count = Math.min(mostWords.get(words[0] ?? '') ?? 0, words.length); count > 0; count--) {
    const spelling = words.slice(0, count).join(' ');
    const brand = spellings.get(spelling);
    if (brand !== undefined && fits(brand, spelling, words.slice(count))) return brand;
  }
  const first = words[0] ?? '';
  // Only names of some length: short ones begin other words.
  for (let length = first.length - 1; length > shortSpelling; length--) {
    const spelling = first.slice(0, length);
    const brand = spellings.get(spelling);
    if (brand === undefined || brand.isExact || !endings.has(first.slice(length))) continue;
    if (fits(brand, spelling, words.slice(1))) return brand;
  }
  return null;
}

/** `Orange` alone is the carrier; `Orange County` is not. A carrier's word behind a company's name makes it a carrier. */
function fits(brand: Spelled, spelling: string, rest: readonly string[]): boolean {
  if (rest.length === 0) return true;
  if (brand.isExact) return false;
  // A middle initial: `Hilton C. Bender` is a person.
  if (isOrganisation(brand.kind) && rest.length > 1 && /^\p{L}$/u.test(rest[0] ?? '')) return false;
  // `UBS Group`, but not `RBS Zero Hora Editora`.
  const isShort = spelling.length <= shortSpelling;
  if (isShort && rest.length > 2) return false;
  const { kind } = readName(rest.join(' '));
  if (kind === null || kind === brand.kind) return true;
  if (brand.kind === 'business') return (kind === 'government' || kind === 'education') && !isShort;
  // `Nanyang Commercial Bank` is no university; whatever a carrier does besides, it stays one.
  return !isOrganisation(brand.kind) && !isOrganisation(kind);
}
