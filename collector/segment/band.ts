/** The words for scores. */
import { nearest } from './nearest.ts';
import { Misread } from './problem.ts';
import type { Span } from './syntax.ts';
import { bands } from './tree.ts';

/**
 * `hot` for `Hot`.
 * @throws Misread for what is no word for a score
 */
export function bandOf(text: string, at: Span): string {
  const lower = text.toLowerCase();
  if (bands.some((band) => band === lower)) return lower;
  const meant = nearest(lower, bands);
  const question =
    meant === null ? 'Write "cold", "warm" or "hot", or a number.' : `Did you mean "${meant}"?`;
  throw new Misread(
    at,
    `“${text}” is no word for a score. ${question}`,
    meant === null ? null : `"${meant}"`,
  );
}
