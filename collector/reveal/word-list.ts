/** Looks for listed words in the words of a name. The marks are explained in `tables/network-words.txt`. */

const noList = Number.POSITIVE_INFINITY;

/** A word of a name that is listed, and the number of its list. */
export interface ListedWord {
  list: number;
  word: string;
}

/**
 * Makes a finder from lists, the more telling first. Hash look-ups only: a name has ten words at most, the lists
 * thousands.
 * @returns finds the word of a name whose list comes first; of several in one list the longest phrase, then the first
 */
export function wordLists(
  lists: readonly (readonly string[])[],
): (words: readonly string[]) => ListedWord | null {
  const exact = new Map<string, number>();
  const stems = new Map<string, number>();
  const tails = new Map<string, number>();
  /** Most words of a phrase, by its first. */
  const phrases = new Map<string, number>();
  lists.forEach((entries, list) => {
    for (const entry of entries) {
      const marked = entry.startsWith('*') ? tails : entry.endsWith('*') ? stems : exact;
      const bare = entry.replace(/^\*|\*$/g, '');
      if (bare.includes('*') || (marked !== exact && bare.includes(' '))) {
        throw new Error(`"${entry}" has a * that is not at an end of one word`);
      }
      if (marked.has(bare)) continue;
      marked.set(bare, list);
      const [first = '', ...more] = bare.split(' ');
      if (more.length > 0) phrases.set(first, Math.max(phrases.get(first) ?? 0, more.length + 1));
    }
  });
  const [shortestStem, longestStem] = lengths(stems);
  const [shortestTail, longestTail] = lengths(tails);

  function listOf(word: string): number {
    let best = exact.get(word) ?? noList;
    for (let length = shortestStem; length <= Math.min(longestStem, word.length); length++) {
      best = Math.min(best, stems.get(word.slice(0, length)) ?? best);
    }
    // A tail needs something before it: `net` alone is no `*net`.
    for (let length = shortestTail; length <= Math.min(longestTail, word.length - 1); length++) {
      best = Math.min(best, tails.get(word.slice(-length)) ?? best);
    }
    return best;
  }

  /** The longest phrases first: of two in one list the longer tells more. */
  function phraseIn(words: readonly string[]): ListedWord | null {
    const most = words.map((word) => phrases.get(word) ?? 1);
    let found: ListedWord | null = null;
    for (let count = Math.min(Math.max(...most, 1), words.length); count > 1; count--) {
      for (let at = 0; at + count <= words.length; at++) {
        if ((most[at] ?? 1) < count) continue;
        const word = words.slice(at, at + count).join(' ');
        const list = exact.get(word) ?? noList;
        if (list < (found?.list ?? noList)) found = { list, word };
      }
    }
    return found;
  }

  return (words) => {
    let found = phraseIn(words);
    for (const word of words) {
      const list = listOf(word);
      if (list < (found?.list ?? noList)) found = { list, word };
    }
    return found;
  };
}

/** A finder for a single list. */
export function wordList(entries: readonly string[]): (words: readonly string[]) => string | null {
  const find = wordLists([entries]);
  return (words) => find(words)?.word ?? null;
}

function lengths(marked: ReadonlyMap<string, number>): [shortest: number, longest: number] {
  const all = [...marked.keys()].map((text) => text.length);
  return [Math.min(...all, Number.MAX_SAFE_INTEGER), Math.max(...all, 0)];
}
