/** Finds the most specific of many networks that holds an address: one hash look-up per prefix length in use. */
import { type Address, type Cidr, cutWords } from './address.ts';

/**
 * `net.BlockList` walks its whole list for each address (300 µs at 10,000 networks); this asks at most 32 or 128
 * maps, and in practice two or three.
 */
export class PrefixMap<Value> {
  #lengths: { [version in 4 | 6]: { bits: number; values: Map<string | number, Value> }[] } = {
    4: [],
    6: [],
  };

  /** Of two values for the same network the later stays. */
  set(network: Cidr, value: Value): void {
    const lengths = this.#lengths[network.version];
    let length = lengths.find(({ bits }) => bits === network.bits);
    if (length === undefined) {
      length = { bits: network.bits, values: new Map() };
      lengths.push(length);
      lengths.sort((a, b) => b.bits - a.bits);
    }
    length.values.set(keyOf(network.words), value);
  }

  /** The value of the longest prefix that holds the address. */
  get(address: Address): Value | undefined {
    for (const { bits, values } of this.#lengths[address.version]) {
      const value = values.get(keyOf(cutWords(address.words, bits)));
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

function keyOf(words: readonly number[]): string | number {
  return words.length === 1 ? (words[0] ?? 0) : words.join();
}
