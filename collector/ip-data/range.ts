/** Ranges that have a first and a last address, as the networks they are made of. */
import type { Address, Cidr } from '../reveal/address.ts';

/**
 * The fewest networks that hold exactly the addresses from `first` to `last`.
 * @throws Error if the two are not of one version, or in the wrong order
 */
export function* networksOf(first: Address, last: Address): Generator<Cidr> {
  if (first.version !== last.version)
    throw new Error(`${first.text} and ${last.text} are of different versions`);
  const whole = networkOf(first, last);
  if (whole !== null) {
    yield whole;
    return;
  }
  const [from, to] = [numberOf(first), numberOf(last)];
  if (from > to) throw new Error(`${first.text} comes after ${last.text}`);
  if (typeof from === 'number' && typeof to === 'number') yield* networksOfV4(from, to);
  else yield* networksOfV6(BigInt(from), BigInt(to));
}

/** The one network that is the whole range, as nearly all are; null if it takes several. */
function networkOf(first: Address, last: Address): Cidr | null {
  const width = first.words.length;
  let bits = 0;
  for (let at = 0; at < width; at++) {
    const differing = ((first.words[at] ?? 0) ^ (last.words[at] ?? 0)) >>> 0;
    bits += Math.clz32(differing);
    if (differing !== 0) break;
  }
  for (let at = bits >>> 5; at < width; at++) {
    const free = 0xffffffff >>> Math.max(0, bits - at * 32);
    if (((first.words[at] ?? 0) & free) !== 0 || ((last.words[at] ?? 0) & free) >>> 0 !== free >>> 0)
      return null;
  }
  return { version: first.version, words: first.words, bits };
}

function* networksOfV4(from: number, to: number): Generator<Cidr> {
  for (let at = from; at <= to; ) {
    // As long as the address is aligned for it and the range holds it.
    let bits = 32;
    let size = 1;
    while (bits > 0 && at % (size * 2) === 0 && at + size * 2 - 1 <= to) {
      size *= 2;
      bits -= 1;
    }
    yield { version: 4, words: [at], bits };
    at += size;
  }
}

function* networksOfV6(from: bigint, to: bigint): Generator<Cidr> {
  for (let at = from; at <= to; ) {
    let bits = 128;
    let size = 1n;
    while (bits > 0 && (at & (size * 2n - 1n)) === 0n && at + size * 2n - 1n <= to) {
      size *= 2n;
      bits -= 1;
    }
    const word = (shift: bigint) => Number((at >> shift) & 0xffffffffn);
    yield { version: 6, words: [word(96n), word(64n), word(32n), word(0n)], bits };
    at += size;
  }
}

function numberOf({ version, words }: Address): number | bigint {
  if (version === 4) return words[0] ?? 0;
  return words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
}
