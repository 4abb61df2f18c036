/** When two names mean the same organisation: the key that accounts are kept under. */
import { readWords } from './tables.ts';
import type { Company } from './verdict.ts';

const forms = readWords('legal-forms.txt', ['behind', 'before', 'weighty']);
const tails = new Set(forms.behind);
const heads = new Set(forms.before);
const weighty = new Set(forms.weighty);
/** Most words of a form, by its last word (behind) or its first (before): most words end none. */
const longestTails = longestBy(forms.behind, (words) => words.at(-1));
const longestHeads = longestBy(forms.before, (words) => words[0]);

function longestBy(
  list: readonly string[],
  wordOf: (words: string[]) => string | undefined,
): Map<string, number> {
  const longest = new Map<string, number>();
  for (const form of list) {
    const words = form.split(' ');
    const word = wordOf(words) ?? '';
    longest.set(word, Math.max(longest.get(word) ?? 0, words.length));
  }
  return longest;
}

/**
 * The words of a name, without accents, capitals, punctuation and `and`. Dots inside an abbreviation join, others part:
 * `S.p.A.` → `spa`, `Straßen-Bau` → `strassen bau`.
 */
export function wordsOf(name: string): string[] {
  return (
    withoutAccents(name.toLowerCase())
      // Dots part words (`Pvt.Ltd`), but join initials (`S.p.A.`).
      .replace(/\.(?=\p{L}{2})/gu, ' ')
      .replace(/[.'’`]/g, '')
      .split(/[^\p{L}\p{N}&/]+/u)
      .map((word) => word.replace(/^[&/]+|[&/]+$/g, ''))
      .filter((word) => word !== '' && word !== 'and')
  );
}

/** Letters that Unicode does not take apart. */
const plainLetters: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', đ: 'd', ı: 'i' };

function withoutAccents(text: string): string {
  // Nearly all registry names are plain, and normalising costs more than the rest of the work.
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .replace(/[ßøłæđı]/g, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}

/** The words of a name without its legal forms; all of them if nothing else would be left. */
export function withoutLegalForm(words: readonly string[]): string[] {
  const rest = [...words];
  for (let length = tailLength(rest); length > 0; length = tailLength(rest)) rest.length -= length;
  return rest.slice(headLength(rest));
}

/** How many words at the end are a legal form, if there are others before them. */
function tailLength(words: readonly string[]): number {
  const longest = longestTails.get(words.at(-1) ?? '') ?? 0;
  for (let count = Math.min(longest, words.length - 1); count > 0; count--) {
    if (tails.has(words.slice(-count).join(' '))) return count;
  }
  return 0;
}

const goesOn = new Set(
  'de da do dos das del di des du of for para pour per voor fur fuer e y und'.split(' '),
);

/** How many words at the beginning are a legal form. */
export function headLength(words: readonly string[]): number {
  const longest = longestHeads.get(words[0] ?? '') ?? 0;
  for (let count = Math.min(longest, words.length - 1); count > 0; count--) {
    // `Fundacao de Apoio`: what goes on with "of" is one name.
    if (heads.has(words.slice(0, count).join(' '))) return goesOn.has(words[count] ?? '') ? 0 : count;
  }
  return 0;
}

/** True if a name's last legal form is one that large organisations have. */
export function hasWeightyForm(words: readonly string[]): boolean {
  const length = tailLength(words);
  return length > 0 && weighty.has(words.slice(-length).join(' '));
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
