/** Tells natural persons' names: small networks are registered to people, and people are nobody's prospects. */
import { readWords } from './tables.ts';
import { wordList } from './word-list.ts';

const names = readWords('given-names.txt', [
  'given',
  'family',
  'particle',
  'sole trader',
  'sole trader form',
]);
const givenNames = new Set(names.given);
const familyNames = new Set(names.family);
const nameParticles = new Set(names.particle);
const soleTraderForms = new Set(names['sole trader form']);
const findSoleTrader = wordList(names['sole trader']);
/** `Ivanov Ivan Ivanovich`, `Petrenko Olena Mykolaivna`. */
const patronymic = /(?:ovich|evich|ovych|evych|yovych|ivna|ovna|evna|ichna|oglu|oglou)$/;

/**
 * True if the name reads as a person's. Errs towards persons: two to five plain words of which the first, or the last
 * (family names come first in half the world), is a common given name.
 * @param words as `wordsOf` gives them, without handle and legal form; words of a trade are the caller's to weigh
 */
export function isPersonName(words: readonly string[]): boolean {
  if (words.length < 2 || words.length > 7 || words.some((word) => /\d/.test(word))) return false;
  if (words.some((word) => patronymic.test(word) && word.length > 6)) return true;
  const parts = words.filter((word) => !nameParticles.has(word) && word.length > 1);
  if (parts.length < 2 || parts.length > 5) return false;
  return givenNames.has(parts[0] ?? '') || (parts.length <= 3 && givenNames.has(parts.at(-1) ?? ''));
}

/**
 * True if the name is made of a family name and little else: `E. M. Fernandes`, `Silva Teixeira Vasconcelos`.
 * @param isBare it has no legal form, or one that one person's business has; a company's name may be its founders'
 */
export function isFamilyName(words: readonly string[], isBare: boolean): boolean {
  if (!isBare || words.length < 2 || words.length > 7 || words.some((word) => /\d/.test(word))) return false;
  return words.some((word, at) => at > 0 && familyNames.has(word)) || givenNames.has(words[1] ?? '');
}

/** True if a name ends in a form that one person's business has. */
export function isOnePersonsForm(words: readonly string[]): boolean {
  return soleTraderForms.has(words.at(-1) ?? '');
}

/** True if a name says of itself that one person trades under it: `Lars Hansen trading as Hansen Net`. */
export function isSoleTrader(words: readonly string[]): boolean {
  return hasGivenName(words) && findSoleTrader(words) !== null;
}

/** Words of whoever trades under another name: `Lars Hansen` of `Lars Hansen T/A Hansen Net`; empty if nobody does. */
export function traderOf(words: readonly string[]): readonly string[] {
  const at = words.findIndex(
    (word, index) => word === 't/a' || word === 'ta' || (word === 'trading' && words[index + 1] === 'as'),
  );
  return at < 2 || at === words.length - 1 ? [] : words.slice(0, at);
}

/** True if a name with a person's in it ends in a form that one person's business has: `Joao Prado - ME`. */
export function hasSoleTraderForm(words: readonly string[]): boolean {
  return isOnePersonsForm(words) && hasGivenName(words);
}

function hasGivenName(words: readonly string[]): boolean {
  return words.some((word) => givenNames.has(word));
}
