/**
 * What the owner decides: who a network is, which accounts are one, which are nobody or ourselves. Decisions are
 * settings: they are kept beside the events, never written into them, so that each can be undone. Pure.
 */
import { type Address, type Cidr, parseAddress, parseCidr } from '../reveal/address.ts';
import { PrefixMap } from '../reveal/prefix-map.ts';

export const decisionKinds = ['network', 'merge', 'split', 'never', 'own', 'parent', 'forget'] as const;
/**
 * `network`: who a network is. `merge`: two accounts are one. `split`: an account stands alone again. `never`: an
 * account is no company. `own`: an account is ourselves. `parent`: an account is part of another. `forget`: what an
 * address was taught so far does not count.
 */
export type DecisionKind = (typeof decisionKinds)[number];

/** What a decision says of a network. */
export type NetworkSays = 'company' | 'never' | 'own';

/** A decision as far as attribution depends on it. */
export interface Ruling {
  id: number;
  kind: DecisionKind;
  /** `network`: a range, an address or `AS64500`. */
  match: string | null;
  /** `network`, `forget`: the keyed hash of one exact address. */
  addressKey: number | null;
  says: NetworkSays | null;
  accountId: number | null;
  targetId: number | null;
  madeAt: number;
}

/** A stored network, as far as a decision can be about it. */
export interface DecidedNetwork {
  prefix: string;
  addressKey: number;
  asNumber: number | null;
}

/** Where visits of an account belong, once all decisions about it have been followed. */
export interface Home {
  /** Null: nobody's. */
  accountId: number | null;
  /** The decision by which they are nobody's. */
  decisionId: number | null;
  isOwn: boolean;
}

export interface Rulings {
  /** The decision about the most specific network: an address, the longest range, the autonomous system. */
  ofNetwork(network: DecidedNetwork): Ruling | null;
  home(accountId: number): Home;
  /** The account at the end of all merges, whatever was said of it then. */
  root(accountId: number): number;
  /** True if its merges lead back to it: of what is undone, an earlier merge may point the other way. */
  isCircular(accountId: number): boolean;
  /** An account and all that were merged into it, over any number of steps. */
  members(accountId: number): number[];
  /** Every account that is merged into another, and the one at the end of that. */
  merged(): [accountId: number, root: number][];
  parent(accountId: number): number | null;
  children(accountId: number): number[];
  /** Until when what an address was taught does not count. */
  forgottenAt(addressKey: number): number | null;
}

/**
 * Sorts decisions for look-up. Of two about the same thing the later one counts.
 * @param inForce decisions that are not undone
 */
export function sortRulings(inForce: readonly Ruling[]): Rulings {
  const byAddress = new Map<number, Ruling>();
  const byRange = new PrefixMap<Ruling>();
  const byAs = new Map<number, Ruling>();
  const ofAccount = new Map<number, Ruling>();
  const parents = new Map<number, number>();
  const forgotten = new Map<number, number>();
  for (const ruling of [...inForce].sort((a, b) => a.id - b.id)) {
    const { kind, accountId, targetId, addressKey } = ruling;
    if (kind === 'network') addNetwork(ruling);
    else if (kind === 'forget') {
      if (addressKey !== null) forgotten.set(addressKey, ruling.madeAt);
    } else if (accountId !== null) {
      if (kind !== 'parent') ofAccount.set(accountId, ruling);
      else if (targetId === null) parents.delete(accountId);
      else parents.set(accountId, targetId);
    }
  }

  function addNetwork(ruling: Ruling): void {
    const scope = scopeOf(ruling.match ?? '');
    if (ruling.addressKey !== null) byAddress.set(ruling.addressKey, ruling);
    else if (scope === null) return;
    else if ('asNumber' in scope) byAs.set(scope.asNumber, ruling);
    else if (isKept(scope.range)) byRange.set(scope.range, ruling);
  }

  function root(accountId: number): number {
    const seen = new Set<number>();
    let at = accountId;
    for (let next = ofAccount.get(at); next?.kind === 'merge'; next = ofAccount.get(at)) {
      // The store refuses to close a circle; a damaged one must not hang us.
      if (next.targetId === null || seen.has(at)) break;
      seen.add(at);
      at = next.targetId;
    }
    return at;
  }

  return {
    ofNetwork({ prefix, addressKey, asNumber }) {
      const base = baseOf(prefix);
      return (
        byAddress.get(addressKey) ??
        (base === null ? undefined : byRange.get(base)) ??
        (asNumber === null ? undefined : byAs.get(asNumber)) ??
        null
      );
    },
    home(accountId) {
      const id = root(accountId);
      const said = ofAccount.get(id);
      if (said?.kind === 'never' || said?.kind === 'own')
        return { accountId: null, decisionId: said.id, isOwn: said.kind === 'own' };
      return { accountId: id, decisionId: null, isOwn: false };
    },
    root,
    isCircular(accountId) {
      const target = ofAccount.get(accountId);
      return target?.kind === 'merge' && ofAccount.get(root(accountId))?.kind === 'merge';
    },
    members(accountId) {
      const merged = [...ofAccount.values()].filter(({ kind }) => kind === 'merge');
      const found = new Set([accountId]);
      for (let size = 0; size < found.size; ) {
        size = found.size;
        for (const { accountId: from, targetId } of merged)
          if (from !== null && targetId !== null && found.has(targetId)) found.add(from);
      }
      return [...found];
    },
    merged: () =>
      [...ofAccount.values()].flatMap(({ kind, accountId }): [number, number][] =>
        kind === 'merge' && accountId !== null ? [[accountId, root(accountId)]] : [],
      ),
    parent(accountId) {
      const target = parents.get(accountId);
      const parent = target === undefined ? null : root(target);
      return parent === accountId ? null : parent;
    },
    children: (accountId) => [
      ...new Set(
        [...parents]
          .filter(([, parent]) => root(parent) === accountId)
          .map(([child]) => root(child))
          .filter((child) => child !== accountId),
      ),
    ],
    forgottenAt: (addressKey) => forgotten.get(addressKey) ?? null,
  };
}

/** What a network's decision reaches: an autonomous system or a range; null for what is neither. */
export function scopeOf(match: string): { asNumber: number } | { range: Cidr } | null {
  const as = /^as\s*(\d{1,10})$/i.exec(match.trim());
  if (as !== null) return { asNumber: Number(as[1]) };
  const address = parseAddress(match);
  if (address !== null)
    return { range: { version: address.version, words: address.words, bits: address.words.length * 32 } };
  try {
    return { range: parseCidr(match.trim()) };
  } catch {
    return null;
  }
}

/** Prefix lengths at which addresses are cut before they are stored. */
const keptBits = { 4: 24, 6: 48 } as const;

/** True if a stored network is wholly inside such a range or wholly outside: finer ones only the look-up can tell. */
function isKept(range: Cidr): boolean {
  return range.bits <= keptBits[range.version];
}

/** True if a decision about this network must be made while the address is still there. */
export function needsAddress({ match, addressKey }: Pick<Ruling, 'match' | 'addressKey'>): boolean {
  const scope = scopeOf(match ?? '');
  return addressKey === null && scope !== null && 'range' in scope && !isKept(scope.range);
}

function baseOf(prefix: string): Address | null {
  const slash = prefix.indexOf('/');
  return slash < 0 ? null : parseAddress(prefix.slice(0, slash));
}
