/** The shape of an enrichment step, so that the list and the steps need not import each other. */
import type { Draft, Facts, Network } from '../draft.ts';
import type { Drop } from '../receive/reasons.ts';
import type { Resolver } from '../reveal/resolver.ts';
import type { Context } from '../reveal/verdict.ts';

/** What steps may ask of the rest of the house. */
export interface Tools {
  resolver: Pick<Resolver, 'resolve' | 'country' | 'asNumber'>;
  /** Keyed hash of a line (see `lineOf`), 48 bits. */
  addressKey(line: string): number;
  /** What this installation knows of an address by itself, at a moment. Never waits. */
  contextOf(address: string, addressKey: number, at: number): Context;
  /** True for an address that cannot be a visitor's, since most visits seem to come from it (see `doctor/`). */
  isSuspect(network: Network): boolean;
  /** Host names that belong to a site: a referrer from there is no arrival. */
  isOwnHost(siteId: number, host: string): boolean;
}

/** One named step. Gives the facts it found, or refuses the draft. Pure, save for what `tools` answer. */
export interface Step {
  name: string;
  run(draft: Draft, facts: Readonly<Facts>, tools: Tools): Partial<Facts> | Drop;
}
