/** Lists of networks that hide who is behind them (VPN exits, hosts), ready to be asked for each address. */
import { type Address, type Cidr, isWithin } from './address.ts';
import type { Kind } from './verdict.ts';

/** One list, read already: where it came from and how it was written is its reader's business. */
export interface NetworkList {
  /** What its networks are. */
  kind: Extract<Kind, 'vpn' | 'proxy' | 'hosting' | 'bot'>;
  /** For the evidence: the file's name, or what the list calls itself. */
  label: string;
  ranges: readonly Cidr[];
  asNumbers: readonly number[];
  /** Day of the list, ISO date; null if it has none. */
  dataOf: string | null;
}

/** The list that an address is on. */
export interface Listing {
  kind: NetworkList['kind'];
  label: string;
  dataOf: string | null;
  /** By range, which is about this very address; or by autonomous system, which is about its neighbours too. */
  by: 'range' | 'as';
}

export interface NetworkLists {
  find(address: Address, asNumber: number | null): Listing | null;
}

/** The most telling first: an exit of a VPN is hosted too. */
const rank: readonly NetworkList['kind'][] = ['bot', 'vpn', 'proxy', 'hosting'];

/** Sorts lists for look-up. Ranges before autonomous systems; of two lists of one kind the earlier wins. */
export function sortLists(lists: readonly NetworkList[]): NetworkLists {
  const sorted = [...lists]
    .sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind))
    .map(({ kind, label, dataOf, ranges, asNumbers }) => ({
      listing: { kind, label, dataOf },
      ranges: { 4: sortRanges(ranges, 4), 6: sortRanges(ranges, 6) },
      asNumbers: Uint32Array.from(asNumbers).sort(),
    }));
  return {
    find(address, asNumber) {
      for (const { listing, ranges } of sorted) {
        if (holds(ranges[address.version], address)) return { ...listing, by: 'range' };
      }
      if (asNumber === null) return null;
      for (const { listing, asNumbers } of sorted) {
        if (asNumbers[lastUpTo(asNumbers, 1, [asNumber])] === asNumber) return { ...listing, by: 'as' };
      }
      return null;
    },
  };
}

/** Networks without those that lie in others, sorted; their first addresses in one typed array. */
interface SortedRanges {
  /** Big-endian words, one (IPv4) or four (IPv6) a network. */
  starts: Uint32Array;
  networks: readonly Cidr[];
}

/** Half a microsecond a question at ten thousand ranges, where `net.BlockList` takes three hundred. */
function sortRanges(ranges: readonly Cidr[], version: 4 | 6): SortedRanges {
  const networks: Cidr[] = [];
  const ordered = ranges
    .filter((range) => range.version === version)
    .sort((a, b) => compare(a.words, b.words) || a.bits - b.bits);
  for (const network of ordered) {
    const last = networks.at(-1);
    // CIDR ranges never overlap by halves: who begins in the last one lies in it.
    if (last === undefined || !isWithin({ version, text: '', words: network.words }, last)) {
      networks.push(network);
    }
  }
  return { networks, starts: Uint32Array.from(networks.flatMap(({ words }) => [...words])) };
}

function holds({ starts, networks }: SortedRanges, address: Address): boolean {
  const network = networks[lastUpTo(starts, address.words.length, address.words)];
  return network !== undefined && isWithin(address, network);
}

/** Index of the last entry that is not above the words looked for; -1 if all are. */
function lastUpTo(sorted: Uint32Array, width: number, words: readonly number[]): number {
  let low = 0;
  let high = sorted.length / width;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareAt(sorted, middle * width, words) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function compareAt(sorted: Uint32Array, offset: number, words: readonly number[]): number {
  for (let at = 0; at < words.length; at++) {
    const difference = (sorted[offset + at] ?? 0) - (words[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
