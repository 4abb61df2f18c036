/**
 * About how many different visitors: a sketch of fixed size, which days add up to without knowing who they were.
 * HyperLogLog with 2,048 registers; pure, and the same for the same visitors in whatever order they come.
 * @see Flajolet et al., HyperLogLog (2007); Ertl, New cardinality estimation algorithms for HyperLogLog sketches (2017), §2
 */

const indexBits = 11;
/** Bytes of a sketch. */
export const sketchBytes = 1 << indexBits;

/** Of the hash, beside the index: as many zeros as can be counted. */
const rankBits = 32;

/** Standard error of an estimate, as a part of it. */
export const sketchError = 1.04 / Math.sqrt(sketchBytes);

/** Mixes a number so that each bit of it moves half of the bits (MurmurHash3's last step). */
function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Takes one visitor in.
 * @returns whether the sketch has changed
 */
export function addToSketch(sketch: Uint8Array, visitorId: number): boolean {
  const high = Math.floor(visitorId / 0x1_0000_0000);
  // Two hashes of the same number: where it is counted, and how rare it is.
  const index = mix(visitorId ^ mix(high + 0x9e3779b9)) & (sketchBytes - 1);
  const rank = Math.clz32(mix(visitorId ^ mix(high + 0x7f4a7c15))) + 1;
  if (rank <= (sketch[index] ?? 0)) return false;
  sketch[index] = rank;
  return true;
}

/** Takes another sketch's visitors in: who is in both is one. */
export function mergeSketch(into: Uint8Array, other: Uint8Array): void {
  for (let index = 0; index < sketchBytes; index++)
    into[index] = Math.max(into[index] ?? 0, other[index] ?? 0);
}

/** About how many different visitors were taken in. */
export function estimateOf(sketch: Uint8Array): number {
  const counts = new Array<number>(rankBits + 2).fill(0);
  for (const rank of sketch) counts[rank] = (counts[rank] ?? 0) + 1;
  const part = (rank: number) => (counts[rank] ?? 0) / sketchBytes;
  let sum = sketchBytes * tau(1 - part(rankBits + 1));
  for (let rank = rankBits; rank >= 1; rank--) sum = 0.5 * (sum + (counts[rank] ?? 0));
  sum += sketchBytes * sigma(part(0));
  return Math.round((sketchBytes * sketchBytes) / (2 * Math.LN2 * sum));
}

/** Ertl's correction for registers that nobody was counted in. */
function sigma(part: number): number {
  if (part === 1) return Number.POSITIVE_INFINITY;
  let power = part;
  let weight = 1;
  let sum = part;
  for (let before = Number.NaN; sum !== before; weight *= 2) {
    power *= power;
    before = sum;
    sum += power * weight;
  }
  return sum;
}

/** The same for registers that are full. */
function tau(part: number): number {
  if (part === 0 || part === 1) return 0;
  let root = part;
  let weight = 1;
  let sum = 1 - part;
  for (let before = Number.NaN; sum !== before; ) {
    root = Math.sqrt(root);
    weight *= 0.5;
    before = sum;
    sum -= (1 - root) ** 2 * weight;
  }
  return sum / 3;
}
