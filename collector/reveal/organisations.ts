/** Well-known organisations and networks, from the tables: by the spellings that registries have, and by AS number. */
import { wordsOf } from './name.ts';
import { readRows, wordsIn } from './tables.ts';
import { type Kind, kinds } from './verdict.ts';

/** A network or organisation that is known by name. */
export interface Organisation {
  kind: Kind;
  name: string;
  /** Of carriers and hosts too, but those are never an account: `kind` decides. */
  domain: string | null;
  /** A research network: of kind education, but its universities are the visitors, not it. */
  isResearchNetwork: boolean;
}

export interface Spelled extends Organisation {
  /** The whole name must be the spelling. */
  isExact: boolean;
}

const tableKinds: readonly (readonly [file: string, kind: Kind | null])[] = [
  ['companies.txt', 'business'],
  ['education.txt', 'education'],
  ['public-bodies.txt', 'government'],
  ['operators.txt', null],
];

/** By spelling, in words; of two rows with one spelling the later stays. */
export const spellings: ReadonlyMap<string, Spelled> = readSpellings();
/** By registrable domain: those that may be an account, and the others. */
export const organisationsByDomain: ReadonlyMap<string, Organisation> = readDomains();
/** Carriers and the like by AS number, whatever the data calls them. */
export const carriersByNumber: ReadonlyMap<number, Organisation> = readCarriers();

/** A row of `company-networks.txt`. */
export interface CompanyNetwork extends Organisation {
  /** The row is believed only if the AS name has it. */
  word: string;
}
export const companiesByNumber: ReadonlyMap<number, CompanyNetwork> = readCompanyNetworks();

function readSpellings(): Map<string, Spelled> {
  const found = new Map<string, Spelled>();
  for (const [file, kind] of tableKinds) {
    for (const { section, cells, at } of readRows(file, 3)) {
      const [name = '', domain = '', texts = ''] = cells;
      const organisation = { ...ofSection(kind, section, at), name, domain: domain || null };
      for (const text of wordsIn(texts)) {
        const isExact = text.startsWith('=');
        found.set(wordsOf(text.replace('=', '')).join(' '), { ...organisation, isExact });
      }
    }
  }
  return found;
}

function readDomains(): Map<string, Organisation> {
  const found = new Map<string, Organisation>();
  // A carrier that has a company's domain would make the company a carrier: first come, first served.
  for (const organisation of [...spellings.values(), ...companiesByNumberOnly()]) {
    const { domain } = organisation;
    if (domain !== null && !found.has(domain)) found.set(domain, organisation);
  }
  return found;
}

function companiesByNumberOnly(): Organisation[] {
  return [...readCompanyNetworks().values()];
}

function readCompanyNetworks(): Map<number, CompanyNetwork> {
  const found = new Map<number, CompanyNetwork>();
  for (const { section, cells } of readRows('company-networks.txt', 4)) {
    const [number = '', word = '', name = '', domain = ''] = cells;
    const kind: Kind =
      section === 'Universities' ? 'education' : section === 'Public bodies' ? 'government' : 'business';
    found.set(Number(number), { kind, name, domain, word, isResearchNetwork: false });
  }
  return found;
}

function readCarriers(): Map<number, Organisation> {
  const found = new Map<number, Organisation>();
  for (const { section, cells, at } of readRows('carrier-networks.txt', 2)) {
    const [number = '', name = ''] = cells;
    found.set(Number(number), { ...ofSection(null, section, at), name, domain: null });
  }
  return found;
}

/** @param kind of the whole table; null: its sections say the kind */
function ofSection(
  kind: Kind | null,
  section: string,
  at: string,
): Pick<Organisation, 'kind' | 'isResearchNetwork'> {
  if (kind !== null) return { kind, isResearchNetwork: false };
  if (section === 'research') return { kind: 'education', isResearchNetwork: true };
  const named = kinds.find((one) => one === section);
  if (named === undefined) throw new Error(`${at}: the section [${section}] is no kind of network`);
  return { kind: named, isResearchNetwork: false };
}
