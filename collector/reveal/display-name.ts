/** From what registries write to a name that one would put into a letter. */
import { beforeCountry } from './countries.ts';
import { headLength, withoutLegalForm, wordsOf } from './name.ts';
import { readWords } from './tables.ts';

const writing = readWords('writing.txt', ['acronym', 'particle', 'city']);
/** Written in capitals also in running text. */
const acronyms = new Set(writing.acronym);
/** Small inside a name. */
const particles = new Set(['and', ...writing.particle]);
const cities = new Set(writing.city);
/** Short for what is spelt out in a name to show. */
const spelledOut: ReadonlyMap<string, string> = new Map([
  ['univ', 'University'],
  ['intl', 'International'],
  ['inst', 'Institute'],
  ['hosp', 'Hospital'],
  ['mfg', 'Manufacturing'],
  ['natl', 'National'],
  ['govt', 'Government'],
  ['dept', 'Department'],
  ['assoc', 'Association'],
  ['tech', 'Tech'],
]);

/**
 * Cleans a name for display: no quotes, address, legal form or leading article; capitals only where they belong.
 * @example displayName('LITMUS7 SYSTEMS CONSULTING PVT LTD') // 'Litmus7 Systems Consulting'
 */
export function displayName(raw: string): string {
  const text = plainName.test(raw) ? raw : withoutExtras(raw);
  const bare = withoutForm(text)
    .replace(/(?:\s+(?:d[aeo]s?|del|of|and|for|para|und))+$/i, '')
    .replace(/[\s,;:.&–-]+$/, '');
  const name = withoutInitials((bare || text).replace(/^the\s+(?=\S+\s)/i, ''));
  // Judged by the whole: in `ZTE Corporation` the capitals are meant, in `INDAH KIAT PULP Tbk` they are not.
  const isShouting = !/\p{Ll}/u.test(name) && name.length > longestAcronym;
  return hasMixedCase(text) && !isShouting ? spaced(name) : capitalised(name);
}

/** Capitals, digits and blanks, as in most handles: nothing to cut. */
const plainName = /^[A-Z\d]+(?: [A-Z\d]+)*$/;

const networkWords = /autonomous|number|block|network|asn/i;
const networkEnd =
  /\s+(?:(?:internet|ip|corporate|global|european)\s+)*(?:autonomous system|as number|as block|ip network|asn)\b.*$/i;

/** Cuts what stands around a name: a country, an address, a branch, what the network is, quotes, brackets. */
function withoutExtras(raw: string): string {
  const plain = raw.replaceAll('_', ' ').replace(/&amp;?(?:\s*amp;?)*/gi, '&');
  const named = withoutAddress(withoutBranch(withoutRest(beforeCountry(plain) ?? plain)));
  // Cheap questions first: few names have any of it, and each cut costs as much as finding an address.
  const bare = networkWords.test(named) ? named.replace(networkEnd, '') : named;
  return (
    /["«»„“”'(]/.test(bare) ? bare.replace(/["«»„“”]|^'|'$/g, '').replace(/\s*\([^)]*\)?\s*$/, '') : bare
  )
    .replace(/\s{2,}/g, ' ')
    .trim();
}

/** Longer in capitals alone is no acronym. */
const longestAcronym = 6;

/** `Kereta Commuter Indonesia KCI`: the short name behind the long one. */
function withoutInitials(name: string): string {
  const words = name.split(' ');
  const last = words.pop() ?? '';
  const initials = words.map((word) => word.charAt(0)).join('');
  return words.length > 1 && last.toUpperCase() === initials.toUpperCase() ? words.join(' ') : name;
}

/** True if the words are a large city's name. */
export function isCity(words: readonly string[]): boolean {
  return cities.has(words.join(' '));
}

/** Cuts a postal address that follows the name. */
function withoutAddress(text: string): string {
  if (!/\d|,|box|floor/i.test(text)) return text;
  return text
    .replace(/\s*,\s*(?:p\.?\s?o\.?\s?box|floor|level|suite|room|no\.?\s?\d|\d+\b).*$/i, '')
    .replace(/\s+(?:p\.?\s?o\.?\s?box|\d+\s*(?:th|st|nd|rd)?\s+floor)\b.*$/i, '')
    .replace(/\s+\d{1,5}\s+\S+\s+(?:street|road|avenue|st\.|rd\.|ave\.).*$/i, '');
}

/** `Northwind AG, Harbourtown`: a name ends where its legal form does, except in the middle of `Public Co., Ltd.` */
function withoutRest(text: string): string {
  if (!text.includes(',')) return text;
  const [name = '', ...rest] = text.split(',');
  const words = wordsOf(name);
  const hasForm = withoutLegalForm(words).length < words.length - headLength(words);
  const isFormToo = withoutLegalForm(['x', ...wordsOf(rest.join(' '))]).length === 1;
  return hasForm && !isFormToo ? name : text;
}

/** `Harbour Foods Sdn Bhd HARFOOD`, `Harbour Foods Co. Ltd. Westport Branch`: nothing but a short name or a branch follows. */
function withoutBranch(text: string): string {
  if (!/(?:bhd|ltd|limited|gmbh|inc|llc)\b\.?\s/i.test(text)) return text;
  const [, name = ''] =
    /^(.*\S\s+(?:sdn\.? bhd|p(?:ty|vt|te)\.? (?:ltd|limited)|co\.?,? ?ltd|gmbh|inc|llc|ltd|limited)\b\.?)(?:\s+[\p{L}\d]+){1,2}$/iu.exec(
      text,
    ) ?? [];
  return name || text;
}

/** Drops legal forms as they are written, punctuation and all. */
function withoutForm(text: string): string {
  const words = wordsOf(text);
  const kept = withoutLegalForm(words).length;
  if (kept === words.length) return text;
  const parts = text.split(/(?<=[\s,.])/);
  const skipped = headLength(words.slice(0, headLength(words) + kept));
  const from =
    skipped === 0 ? 0 : parts.findIndex((_, at) => wordsOf(parts.slice(0, at).join('')).length >= skipped);
  // Word for word from the end, until as many words are left as the bare name has.
  for (let end = parts.length; end > from; end--) {
    const inner = parts.slice(from, end).join('').trim();
    const count = wordsOf(inner).length;
    if (count <= kept && count > 0) return inner;
  }
  return text;
}

function hasMixedCase(text: string): boolean {
  return /\p{Ll}/u.test(text) && /\p{Lu}/u.test(text);
}

function spaced(text: string): string {
  return text
    .split(' ')
    .map((word) => spelledOut.get(word.toLowerCase().replace(/\.$/, '')) ?? word)
    .join(' ');
}

function capitalised(text: string): string {
  const lower = text.toLowerCase();
  const isParted = /[/-]/.test(lower);
  const words = isParted ? lower.split(/(?<=[\s/-])|(?=[\s/-])/) : lower.split(' ');
  return words
    .map((word, at) => capitalisedWord(word, at === 0, words.length === 1))
    .join(isParted ? '' : ' ');
}

/** `SHB` alone is no word; in a row of words three letters often are. */
function isInitials(bare: string, isAlone: boolean): boolean {
  const hasVowel = /[aeiouyäöüáéíóúàèâêåæø]/.test(bare);
  return (
    /^\p{L}+$/u.test(bare) && bare.length > 1 && (hasVowel ? isAlone && bare.length <= 3 : bare.length <= 5)
  );
}

function capitalisedWord(word: string, isFirst: boolean, isAlone: boolean): string {
  const bare = /^[a-z]*$/.test(word) ? word : word.replace(/[^\p{L}\p{N}]/gu, '');
  const full = spelledOut.get(bare);
  if (full !== undefined) return full;
  if (!isFirst && particles.has(bare)) return word;
  if (acronyms.has(bare) || isInitials(bare, isAlone)) return word.toUpperCase();
  return word.replace(/\p{L}/u, (letter) => letter.toUpperCase());
}
