/** When two names mean the same organisation: the key that accounts are kept under. */
import { leadingForms, legalForms, weightyForms } from './legal-forms.ts';
import type { Company } from './verdict.ts';

const tails = longestFirst(legalForms);
const heads = longestFirst(leadingForms);

function longestFirst(forms: readonly string[]): string[][] {
  return [...new Set(forms)].map((form) => form.split(' ')).sort((a, b) => b.length - a.length);
}

/**
 * The words of a name, without accents, capitals and punctuation. Dots inside an abbreviation join, others part:
 * `S.p.A.` → `spa`, `Straßen-Bau` → `strassen bau`.
 */
export function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae')
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[.'’`]/g, '')
    .split(/[^\p{L}\p{N}&/]+/u)
    .map((word) => word.replace(/^[&/]+|[&/]+$/g, ''))
    .filter((word) => word !== '');
}

/** The words of a name without its legal forms; all of them if nothing else would be left. */
export function withoutLegalForm(words: readonly string[]): string[] {
  let rest = [...words];
  for (let again = true; again; ) {
    again = false;
    const tail = tails.find((form) => endsWith(rest, form));
    if (tail !== undefined && tail.length < rest.length) {
      rest = rest.slice(0, -tail.length);
      again = true;
    }
  }
  const head = heads.find((form) => startsWith(rest, form));
  return head !== undefined && head.length < rest.length ? rest.slice(head.length) : rest;
}

function endsWith(words: readonly string[], form: readonly string[]): boolean {
  const from = words.length - form.length;
  return from >= 0 && form.every((word, at) => words[from + at] === word);
}

function startsWith(words: readonly string[], form: readonly string[]): boolean {
  return form.every((word, at) => words[at] === word);
}

/** True if the name carries a form that only a registered organisation has. */
export function hasLegalForm(name: string): boolean {
  const words = wordsOf(name);
  return withoutLegalForm(words).length < words.length;
}

/** True if its last legal form is one that large organisations have. */
export function hasWeightyForm(name: string): boolean {
  const words = wordsOf(name);
  const tail = tails.find((form) => form.length < words.length && endsWith(words, form));
  return tail !== undefined && weightyForms.has(tail.join(' '));
}

/**
 * The key of an organisation: its domain, else its name (without accents, punctuation and legal form) and country.
 * @param country ISO 3166-1 alpha-2, or null
 * @example organisationKey({ name: 'Example Works GmbH', domain: null }, 'DE') // 'example works/de'
 */
export function organisationKey(company: Company, country: string | null): string {
  if (company.domain !== null) return company.domain.toLowerCase();
  const name = withoutLegalForm(wordsOf(company.name)).join(' ');
  return `${name || company.name.trim().toLowerCase()}/${country?.toLowerCase() ?? ''}`;
}
