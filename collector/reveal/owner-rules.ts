/** What the owner says of ranges and autonomous systems, ready to be asked. Stronger than any data. */
import { type Address, type Cidr, parseAddress, parseCidr } from './address.ts';
import { PrefixMap } from './prefix-map.ts';
import type { OwnerRule } from './verdict.ts';

export interface OwnerRules {
  /** The rule for the most specific range that holds the address, else for the autonomous system. */
  find(address: Address, asNumber: number | null): OwnerRule | null;
}

/**
 * Sorts rules for look-up. Of two for the same range or AS the later made wins.
 * @param log told of each rule that cannot be read; such a rule has no effect
 */
export function sortRules(rules: readonly OwnerRule[], log: (line: string) => void): OwnerRules {
  const byRange = new PrefixMap<OwnerRule>();
  const byAs = new Map<number, OwnerRule>();
  for (const rule of [...rules].sort((a, b) => a.createdAt - b.createdAt || a.id - b.id)) {
    const as = /^as\s*(\d{1,10})$/i.exec(rule.match.trim());
    if (as !== null) {
      byAs.set(Number(as[1]), rule);
      continue;
    }
    try {
      byRange.set(readRange(rule.match.trim()), rule);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(`owner's rule ${rule.id} has no effect: ${reason}`);
    }
  }
  return {
    find: (address, asNumber) =>
      byRange.get(address) ?? (asNumber === null ? undefined : byAs.get(asNumber)) ?? null,
  };
}

/** A CIDR range, or a single address. */
function readRange(match: string): Cidr {
  const address = parseAddress(match);
  if (address === null) return parseCidr(match);
  return { version: address.version, words: address.words, bits: address.words.length * 32 };
}
