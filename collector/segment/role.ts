/** The buying role in the brackets of `people(…)`. */
import { buyingRoles } from '../store/people.ts';
import { nearest } from './nearest.ts';
import { Misread } from './problem.ts';
import type { Literal } from './syntax.ts';

/** What others call it. */
const otherWords: Readonly<Record<string, string>> = {
  'economic-buyer': 'decision-maker',
  'executive-sponsor': 'champion',
  sponsor: 'champion',
  blocker: 'gatekeeper',
  'end-user': 'user',
  procurement: 'buyer',
  purchasing: 'buyer',
};

/** @throws Misread for what is none, with the one that was probably meant */
export function roleIn(literal: Literal): string {
  const text = 'text' in literal ? literal.text.trim() : String('number' in literal ? literal.number : '');
  const word = text.toLowerCase().replace(/[_\s-]+/g, '-');
  const role = buyingRoles.find((one) => one === word);
  if (role !== undefined) return role;
  const other = Object.hasOwn(otherWords, word) ? otherWords[word] : undefined;
  const meant = other ?? nearest(word, buyingRoles);
  if (meant !== null)
    throw new Misread(literal, `“${text}” is no buying role. Did you mean "${meant}"?`, `"${meant}"`);
  throw new Misread(literal, `“${text}” is no buying role: write one of ${buyingRoles.join(', ')}.`);
}
