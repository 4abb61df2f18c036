/** Names of countries in English, as they stand behind a place or a name. */

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const countries: ReadonlySet<string> = new Set([
  ...letters.flatMap((one) => letters.flatMap((two) => names.of(`${one}${two}`)?.toLowerCase() ?? [])),
  ...[
    'uk',
    'usa',
    'england',
    'scotland',
    'czech republic',
    'russian federation',
    'the netherlands',
    'holland',
    'turkey',
    'viet nam',
  ],
]);

/** Splits `Vienna, Austria` or `Seville - Spain` at its end; null if no country stands there. */
export function beforeCountry(text: string): string | null {
  if (!/,|\s-/.test(text)) return null;
  const [, before, country] = /^(.*\S)\s*(?:,|\s-)\s*([\p{L} ]+)\.?$/u.exec(text) ?? [];
  return before !== undefined && isCountry(country ?? '') ? before : null;
}

export function isCountry(text: string): boolean {
  return countries.has(text.toLowerCase());
}
