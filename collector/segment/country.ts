/** Countries by their names, which people write, and their codes, which are kept. */
import { nearest } from './nearest.ts';
import { Misread } from './problem.ts';
import type { Span } from './syntax.ts';

/**
 * `DE` for `de` and `Germany`.
 * @throws Misread for what is no country
 */
export function countryCode(text: string, at: Span): string {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  const names = countries();
  const code = names.get(text.toLowerCase());
  if (code !== undefined) return code;
  const near = nearest(text, names.keys());
  const meant = near === null ? undefined : names.get(near);
  if (meant === undefined) throw new Misread(at, `“${text}” is no country: write its code, such as "DE".`);
  throw new Misread(at, `“${text}” is no country. Did you mean "${meant}"?`, `"${meant}"`);
}

/** Codes by English names in lower case, as the platform knows them. */
function countries(): Map<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return new Map(
    letters.flatMap((first) =>
      letters.flatMap((second): [string, string][] => {
        const code = first + second;
        const name = names.of(code);
        // Countries that were have the names of those that are: `DD` is Germany too.
        const isNow = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
        return name === undefined || !isNow ? [] : [[name.toLowerCase(), code]];
      }),
    ),
  );
}
