/** Addresses that are nobody's on the internet: private, loopback, link-local, shared, multicast and the like. */
import { type Address, parseCidr } from './address.ts';
import { PrefixMap } from './prefix-map.ts';

/**
 * IANA's special-purpose registries, except the documentation ranges: those are looked up like any other, because no
 * real database has them and sample data does.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const ranges: readonly [network: string, is: string][] = [
  ['0.0.0.0/8', 'an unspecified address'],
  ['10.0.0.0/8', 'a private address'],
  ['100.64.0.0/10', 'an address that a provider shares among customers (carrier-grade NAT)'],
  ['127.0.0.0/8', 'the machine itself (loopback)'],
  ['169.254.0.0/16', 'a link-local address'],
  ['172.16.0.0/12', 'a private address'],
  ['192.0.0.0/24', 'an address for protocols'],
  ['192.168.0.0/16', 'a private address'],
  ['198.18.0.0/15', 'an address for benchmarks'],
  ['224.0.0.0/4', 'a multicast address'],
  ['240.0.0.0/4', 'a reserved address'],
  ['::/128', 'an unspecified address'],
  ['::1/128', 'the machine itself (loopback)'],
  ['100::/64', 'an address that discards what is sent'],
  ['fc00::/7', 'a private address'],
  ['fe80::/10', 'a link-local address'],
  ['fec0::/10', 'a private address'],
  ['ff00::/8', 'a multicast address'],
];

const reserved = new PrefixMap<string>();
for (const [network, is] of ranges) reserved.set(parseCidr(network), is);

/** What kind of nobody's address it is, in words; null for an ordinary one. */
export function reservedFor(address: Address): string | null {
  return reserved.get(address) ?? null;
}
