/** The search tree of a MaxMind-format file while it is written: pairs of records in typed arrays, not objects. */
import type { Cidr } from './address.ts';

/** Slots between two chances for the caller to do something else. */
const stride = 65_536;

/**
 * A record is 0 (nothing known), a node's number (> 0; the root is never pointed to), or −(n + 1) for data n.
 */
export class MmdbTree {
  #records = new Int32Array(1 << 16);
  #nodes = 1;

  /**
   * Puts a network in. Shorter prefixes must come before longer ones: what is inserted later lies on top.
   * IPv4 lives in `::/96`, where readers look for it.
   */
  insert(network: Cidr, data: number): void {
    const isV4 = network.version === 4;
    const bits = network.bits + (isV4 ? 96 : 0);
    const value = -(data + 1);
    if (bits === 0) {
      this.#records[0] = value;
      this.#records[1] = value;
      return;
    }
    let node = 0;
    for (let depth = 0; ; depth++) {
      const word = isV4 ? (depth < 96 ? 0 : network.words[0]) : network.words[depth >> 5];
      const slot = node * 2 + (((word ?? 0) >>> (31 - (depth & 31))) & 1);
      if (depth === bits - 1) {
        this.#records[slot] = value;
        return;
      }
      const record = this.#records[slot] ?? 0;
      node = record > 0 ? record : this.#split(slot, record);
    }
  }

  /** Makes a node below a slot; what the slot said holds for both halves. */
  #split(slot: number, record: number): number {
    if ((this.#nodes + 1) * 2 > this.#records.length) {
      const larger = new Int32Array(this.#records.length * 2);
      larger.set(this.#records);
      this.#records = larger;
    }
    const node = this.#nodes++;
    this.#records[node * 2] = record;
    this.#records[node * 2 + 1] = record;
    this.#records[slot] = node;
    return node;
  }

  /**
   * Joins halves that say the same and numbers what is left without gaps, parents before children; in steps, since a
   * whole internet has millions of nodes.
   * @returns records in pairs, as described above
   */
  *finish(): Generator<void, Int32Array> {
    const records = this.#records;
    // Children have higher numbers than their parents, so one pass from the end joins whole subtrees.
    for (let slot = this.#nodes * 2 - 1; slot >= 0; slot--) {
      if (slot % stride === 0) yield;
      const child = records[slot] ?? 0;
      if (child <= 0) continue;
      const left = records[child * 2] ?? 0;
      if (left <= 0 && left === records[child * 2 + 1]) records[slot] = left;
    }
    const number = new Int32Array(this.#nodes).fill(-1);
    number[0] = 0;
    let count = 1;
    for (let slot = 0; slot < this.#nodes * 2; slot++) {
      if (slot % stride === 0) yield;
      if (number[slot >> 1] === -1) continue;
      const child = records[slot] ?? 0;
      if (child > 0) number[child] = count++;
    }
    const finished = new Int32Array(count * 2);
    for (let slot = 0; slot < this.#nodes * 2; slot++) {
      if (slot % stride === 0) yield;
      const node = number[slot >> 1] ?? -1;
      if (node === -1) continue;
      const record = records[slot] ?? 0;
      finished[node * 2 + (slot & 1)] = record > 0 ? (number[record] ?? 0) : record;
    }
    return finished;
  }
}
