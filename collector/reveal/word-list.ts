/** Looks for listed words in the words of a name. The marks are explained in `kind-words.ts`. */

/** Finds the first word or phrase of a list in a name's words; null if there is none. */
export type FindWord = (words: readonly string[]) => string | null;

/** Shortest word in which a stem or a tail counts, beyond the mark itself: `net` alone is no `*net`. */
const minRest = 1;

/** Makes a finder from a list; a list is read once, names are many. */
export function wordList(entries: readonly string[]): FindWord {
  const exact = new Set<string>();
  const stems: string[] = [];
  const tails: string[] = [];
  const parts: string[] = [];
  for (const entry of entries) {
    const bare = entry.replaceAll('*', '');
    if (!entry.includes('*')) exact.add(entry);
    else if (entry.startsWith('*') && entry.endsWith('*')) parts.push(bare);
    else if (entry.startsWith('*')) tails.push(bare);
    else if (entry.endsWith('*')) stems.push(bare);
    else throw new Error(`"${entry}" has its * in the middle; write it at an end`);
  }
  const longestPhrase = Math.max(...entries.map((entry) => entry.split(' ').length));

  const matches = (text: string) =>
    exact.has(text) ||
    stems.some((stem) => text.startsWith(stem)) ||
    tails.some((tail) => text.length >= tail.length + minRest && text.endsWith(tail)) ||
    parts.some((part) => text.includes(part));

  return (words) => {
    for (let count = longestPhrase; count > 0; count--) {
      for (let at = 0; at + count <= words.length; at++) {
        const text = words.slice(at, at + count).join(' ');
        // Phrases match as they are: a stem must not reach over a space.
        if (count === 1 ? matches(text) : exact.has(text)) return text;
      }
    }
    return null;
  };
}
