/** What somebody probably meant who wrote something that there is not. Pure. */

/** Letters that may differ: one in a short word, more in a long one. */
const mayDiffer = (word: string) => Math.min(3, Math.max(1, Math.floor(word.length / 3)));

/**
 * The word most like one that was written; of two equally like, the first.
 * @returns null where none is like it
 */
export function nearest(written: string, words: Iterable<string>): string | null {
  const lower = written.toLowerCase();
  let best: string | null = null;
  let least = mayDiffer(lower) + 1;
  for (const word of words) {
    // A difference in length is at least as many steps.
    if (Math.abs(word.length - lower.length) >= least) continue;
    const steps = distance(lower, word.toLowerCase());
    if (steps < least) [best, least] = [word, steps];
  }
  return best;
}

/** Letters to add, take away, change, or swap with their neighbour: the distance of Damerau and Levenshtein, restricted. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      let steps = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwapped) steps = Math.min(steps, (before[column - 2] ?? 0) + 1);
      next.push(steps);
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
