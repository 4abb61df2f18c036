/** What the rest of the house may ask about addresses. Types only; `index.ts` makes one. */
import type { Company, OwnerRule, Verdict } from './verdict.ts';

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
}

/** What this installation itself knows of one address, beyond the data. */
export interface Context {
  /** Taught by people whose business e-mail came from this very address. */
  learned: { company: Company; people: number; confidence: number /* 0.5…0.85 */; lastAt: number } | null;
  /** Host name of the address, forward-confirmed; null if unknown or reverse DNS is off. */
  reverseName: string | null;
}

export interface Resolver {
  /**
   * Who is behind an address. In memory, no I/O; deterministic for the data loaded, the rules set and the context.
   * @param address IPv4, IPv6 or IPv4-mapped IPv6 literal; anything else gives kind `unknown`, tier `none`
   */
  resolve(address: string, context?: Context): Verdict;
  /** The autonomous system that announces the address, where a database has it. */
  asNumber(address: string): number | null;
  /** ISO 3166-1 alpha-2 in upper case, where a database has it. */
  country(address: string): string | null;
  /** Takes effect for the next address. */
  setRules(rules: readonly OwnerRule[]): void;
  databases(): DatabaseStatus[];
  /** Stops watching files. */
  close(): void;
}
