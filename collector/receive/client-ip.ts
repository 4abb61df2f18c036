/** The address a visitor came from, as far as we can trust it. */
import { type Address, type Cidr, isWithin, parseAddress, parseCidr } from '../reveal/address.ts';

/** Ranges of our own proxies, parsed once. */
export type TrustedProxies = readonly Cidr[];

/** Hops looked at; a longer chain is somebody's joke. */
const maxHops = 32;

/**
 * @param ranges CIDR ranges or single addresses
 * @throws Error with the one that is neither
 */
export function parseTrusted(ranges: readonly string[]): TrustedProxies {
  return ranges.map((range) => {
    const address = parseAddress(range);
    if (address !== null)
      return { version: address.version, words: address.words, bits: address.words.length * 32 };
    try {
      return parseCidr(range);
    } catch (error) {
      throw new Error(`FOOTLIGHT_TRUSTED_PROXIES: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  });
}

/**
 * The client's address.
 *
 * Walks `X-Forwarded-For`, else `Forwarded`, from the right and stops at the first hop that is not one of `trusted`:
 * whatever stands left of it was written by a stranger.
 * @param headers request headers
 * @param peer    socket address, the answer when no proxy is trusted
 * @param trusted our own proxies; empty means trust nobody
 * @returns an IPv4 or IPv6 literal, without port, brackets, or IPv4-mapped spelling; `peer` as it is if that is none
 * @throws never: a malformed hop ends the walk, and the last hop that was understood counts
 * @see RFC 7239 §5.2
 * @example clientIp(headers, '10.0.0.2', parseTrusted(['10.0.0.0/8'])) // '198.51.100.7'
 */
export function clientIp(headers: Pick<Headers, 'get'>, peer: string, trusted: TrustedProxies): string {
  let client = parseAddress(peer);
  if (client === null) return peer;
  if (!isTrusted(client, trusted)) return client.text;
  for (const hop of hopsFromTheRight(headers)) {
    const address = parseHop(hop);
    if (address === null) break;
    client = address;
    if (!isTrusted(address, trusted)) break;
  }
  return client.text;
}

/** True if the socket's other end is one of our own proxies, so that its headers are ours. */
export function isOwnProxy(peer: string, trusted: TrustedProxies): boolean {
  const address = parseAddress(peer);
  return address !== null && isTrusted(address, trusted);
}

function isTrusted(address: Address, trusted: TrustedProxies): boolean {
  return trusted.some((range) => isWithin(address, range));
}

function hopsFromTheRight(headers: Pick<Headers, 'get'>): string[] {
  const list = headers.get('x-forwarded-for');
  if (list !== null) return list.split(',').slice(-maxHops).reverse();
  const forwarded = headers.get('forwarded');
  if (forwarded === null) return [];
  return forwarded
    .split(',')
    .slice(-maxHops)
    .reverse()
    .map((element) => /(?:^|;)\s*for=\s*("[^"]*"|[^;\s]*)/i.exec(element)?.[1]?.replaceAll('"', '') ?? '');
}

/** `198.51.100.7`, `198.51.100.7:4711`, `2001:db8::1`, `[2001:db8::1]:4711`. */
function parseHop(hop: string): Address | null {
  const text = hop.trim();
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  return parseAddress(bare);
}
