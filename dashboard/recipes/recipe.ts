/** Ways to put the tag into a site: pieces of text to copy, with the collector's address and the site's key in them. */

/** Whose tag it is. */
export interface TagOf {
  /** Scheme and host of the collector, without a trailing slash. */
  origin: string;
  key: string;
  /** Nothing may be counted before the visitor agrees: an image, which cannot ask, is then left out. */
  waitsForConsent: boolean;
  /** The site calls `footlight(…)` itself. */
  hasCalls: boolean;
}

export interface Piece {
  /** Where it goes. Here and in every sentence of a recipe, what stands between backticks is code. */
  where: string;
  code: string;
  /** What to know before pasting it. */
  note?: string;
}

export interface Recipe {
  /** The one sentence above the pieces. */
  says: string;
  pieces: Piece[];
  /** What to know afterwards. */
  notes?: string[];
}

/** The line that a page needs; the key is in it twice, for proxies and caches that drop what stands behind `?`. */
export function tagLine(script: string, key: string): string {
  return `<script defer src="${script}?site=${key}" data-site="${key}"></script>`;
}

/** Counts a page where scripts are off. */
export function pixelLine(image: string, key: string): string {
  return `<noscript><img src="${image}?site=${key}" alt="" referrerpolicy="no-referrer-when-downgrade"></noscript>`;
}

/** Why there is no such line on a site that waits for consent. */
export const noPixelNote =
  'Browsers without scripts are not counted: you chose to wait for consent, and an image cannot ask for it.';
