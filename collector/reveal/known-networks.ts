/** Autonomous systems whose names do not say whose they are. Data, from public knowledge. */
import type { Kind } from './verdict.ts';

/** `[AS number, name, domain, kind]`; without a domain it is never an account. Kind: business unless said. */
const rows: readonly (readonly [as: number, name: string, domain: string | null, kind?: Kind])[] = [
  [3356, 'Lumen', null, 'isp'],
];

export const knownNetworks: ReadonlyMap<number, { kind: Kind; name: string; domain: string | null }> =
  new Map(rows.map(([as, name, domain, kind]) => [as, { kind: kind ?? 'business', name, domain }]));
