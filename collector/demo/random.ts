/** Chance that can be repeated: the same seed gives the same numbers on every machine. Not for secrets. */

export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  /** @throws Error if the list is empty */
  pick<T>(list: readonly T[]): T;
  /** A key, as often as its weight says. @throws Error if no weight is above 0 */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K;
  /** Letters and digits, as ids have them. */
  letters(count: number): string;
}

/** 32 bits of a text (FNV-1a), so that any text can be a seed. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/**
 * Makes a stream of chance. Give each visitor a stream of their own (`${seed}/…`), so that one more visitor leaves
 * all the others as they were.
 * The generator is mulberry32 (Tommy Ettinger, public domain): one multiplication a step is plenty for a story.
 */
export function createRandom(seed: string): Random {
  let state = hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const index = between(0, list.length - 1);
      const picked = list[index];
      if (picked === undefined) throw new Error('nothing to pick from: the list is empty');
      return picked;
    },
    weighted: <K extends string>(weights: Readonly<Partial<Record<K, number>>>): K => {
      const entries = Object.entries(weights) as [K, number][];
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [key, weight] of entries) {
        left -= weight;
        if (left < 0) return key;
      }
      throw new Error(`nothing to pick from: ${JSON.stringify(weights)} has no weight above 0`);
    },
    letters: (count) => Array.from({ length: count }, () => between(0, 35).toString(36)).join(''),
  };
}
