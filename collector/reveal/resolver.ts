/** What the rest of the house may ask about addresses. Types only; `index.ts` makes one. */
import type { NetworkList } from './network-lists.ts';
import type { Context, OwnerRule, Verdict } from './verdict.ts';

/** State of one company database, for the health page and `footlight doctor`. */
export interface DatabaseStatus {
  path: string;
  /** `ready`, or why it cannot be used, in words with what to do. */
  state: 'ready' | 'refused';
  problem: string | null;
  /** From the file: `GeoLite2-ASN`, `ipinfo company`… */
  databaseType: string | null;
  /** ISO date of the file's build. */
  dataOf: string | null;
  /** Networks that it tells of, where they were counted. */
  networks: number | null;
}

export interface Resolver {
  /**
   * Who is behind an address. In memory, no I/O; deterministic for the data loaded, the rules set and the context.
   * @param address IPv4, IPv6 or IPv4-mapped IPv6 literal; anything else gives kind `unknown`, tier `none`
   * @param context what is known of this very address; weighed anew each time, never remembered for another visitor
   */
  resolve(address: string, context?: Context): Verdict;
  /** The autonomous system that announces the address, where a database has it. */
  asNumber(address: string): number | null;
  /** ISO 3166-1 alpha-2 in upper case, where a database has it. */
  country(address: string): string | null;
  /** Takes effect for the next address. */
  setRules(rules: readonly OwnerRule[]): void;
  /** Lists of VPN exits, hosts and the like; replaces those given before. Takes effect for the next address. */
  setLists(lists: readonly NetworkList[]): void;
  /**
   * IPv4 addresses that each autonomous system announces, by its number, for databases that do not say so themselves
   * in a field `autonomous_system_size`. Takes effect for the next address.
   */
  setNetworkSizes(sizes: ReadonlyMap<number, number>): void;
  /** The autonomous system that announces an address, as the databases name it; null if none knows. */
  system(address: string): { number: number; name: string } | null;
  databases(): DatabaseStatus[];
  /** Looks now whether files were replaced on disk, and resolves when the new ones are in use. */
  refresh(): Promise<void>;
  /** Stops watching files. */
  close(): void;
}
