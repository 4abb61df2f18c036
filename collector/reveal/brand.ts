/** Recognises well-known names in what registries write, and gives them their one spelling and domain. */
import { wordsOfHandle } from './as-name.ts';
import { brandRows } from './brands.ts';
import { withoutLegalForm, wordsOf } from './name.ts';
import { readName } from './name-reading.ts';
import type { Kind } from './verdict.ts';

/** A network or organisation that is known by name. */
export interface Brand {
  kind: Kind;
  name: string;
  /** Null for those that are never an account. */
  domain: string | null;
}

/** Behind a brand in one word of a handle: `PFIZERNET`, `INTELCORP`. */
const endings = new Set([
  '',
  'net',
  'corp',
  'inc',
  'usa',
  'us',
  'group',
  'global',
  'intl',
  'asn',
  'hq',
  'uk',
  'de',
  'llc',
  'ag',
  'com',
]);

const brands = new Map<string, Brand & { isExact: boolean }>();
for (const [words, name, domain, kind] of brandRows) {
  for (const spelling of words.split(',')) {
    const isExact = spelling.startsWith('=');
    brands.set(spelling.replace('=', ''), { kind: kind ?? 'business', name, domain, isExact });
  }
}
const mostWords = Math.max(...[...brands.keys()].map((words) => words.split(' ').length));

/**
 * The brand that a name begins with.
 * @param handle the registry's short name; may be empty
 * @param text the name in words; may be empty
 */
export function brandOf(handle: string, text: string): Brand | null {
  const ofHandle = (keepNumbers: boolean) => wordsOf(wordsOfHandle(handle, keepNumbers).join(' '));
  return (
    beginning(withoutLegalForm(wordsOf(text))) ?? beginning(ofHandle(true)) ?? beginning(ofHandle(false))
  );
}

function beginning(words: readonly string[]): Brand | null {
  for (let count = Math.min(mostWords, words.length); count > 0; count--) {
    const brand = brands.get(words.slice(0, count).join(' '));
    if (brand !== undefined && fits(brand, words.slice(count))) return brand;
  }
  const first = words[0] ?? '';
  // Only names of some length: short ones begin other words.
  for (let length = first.length - 1; length >= 4; length--) {
    const brand = brands.get(first.slice(0, length));
    if (brand !== undefined && endings.has(first.slice(length)) && fits(brand, words.slice(1))) return brand;
  }
  return null;
}

/** `Orange` alone is the carrier; `Orange County` is not. A carrier's word behind a company's name makes it a carrier. */
function fits(brand: Brand & { isExact: boolean }, rest: readonly string[]): boolean {
  if (rest.length === 0) return true;
  if (brand.isExact) return false;
  const kind = readName(rest.join(' ')).kind;
  return brand.kind !== 'business' || kind === null || kind === 'business';
}
