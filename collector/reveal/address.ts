/** Addresses and networks as numbers: parsing, the one spelling we look up, and the cut that storage keeps. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address in its one spelling. IPv4-mapped IPv6 is IPv4 here. */
export interface Address {
  version: 4 | 6;
  /** Canonical, without zone, never with dots in IPv6. */
  text: string;
  /** Big-endian 32-bit words: one for IPv4, four for IPv6. */
  words: readonly number[];
}

/** A range of addresses; `words` has no bits set beyond `bits`. */
export interface Cidr {
  version: 4 | 6;
  words: readonly number[];
  /** Prefix length, 0–32 or 0–128. */
  bits: number;
}

/** Reads an IPv4 or IPv6 literal; null for anything else, `8.8.8.8.8` and `010.1.2.3` included. */
export function parseAddress(input: string): Address | null {
  const text = input.trim();
  const version = isIP(text);
  if (version === 4) return ipv4(text);
  if (version !== 6) return null;
  const zone = text.indexOf('%');
  const parsed = ipaddr.IPv6.parse(zone < 0 ? text : text.slice(0, zone));
  if (parsed.isIPv4MappedAddress()) return ipv4(parsed.toIPv4Address().toString());
  const parts = parsed.parts;
  const word = (at: number) => (((parts[at] ?? 0) << 16) | (parts[at + 1] ?? 0)) >>> 0;
  return { version: 6, text: parsed.toString(), words: [word(0), word(2), word(4), word(6)] };
}

function ipv4(text: string): Address {
  let value = 0;
  for (const part of text.split('.')) value = value * 256 + Number(part);
  return { version: 4, text, words: [value] };
}

/**
 * Reads `203.0.113.0/24` or `2001:db8::/32`.
 * @throws Error with the value and what is wrong with it; bits set beyond the prefix are a typing mistake, not a range
 */
export function parseCidr(input: string): Cidr {
  const slash = input.indexOf('/');
  const size = input.slice(slash + 1);
  const address = slash < 0 ? null : parseAddress(input.slice(0, slash));
  if (address === null || !/^\d{1,3}$/.test(size)) {
    throw new Error(`"${input}" is not a network; write it like 203.0.113.0/24 or 2001:db8::/32`);
  }
  // ::ffff:198.51.100.0/120 is an IPv4 network in IPv6 spelling.
  const isMapped = address.version === 4 && input.slice(0, slash).includes(':');
  const bits = Number(size) - (isMapped ? 96 : 0);
  if (bits < 0 || bits > address.words.length * 32) {
    throw new Error(`"${input}" has a prefix length that does not fit an IPv${address.version} address`);
  }
  const words = cutWords(address.words, bits);
  if (words.some((word, at) => word !== address.words[at])) {
    throw new Error(`"${input}" has bits set beyond /${size}; its network is ${spell(words)}/${bits}`);
  }
  return { version: address.version, words, bits };
}

/** Keeps the first `bits` bits and clears the others. */
export function cutWords(words: readonly number[], bits: number): number[] {
  return words.map((word, at) => {
    const keep = Math.min(32, Math.max(0, bits - at * 32));
    return keep === 0 ? 0 : (word & (0xffffffff << (32 - keep))) >>> 0;
  });
}

function spell(words: readonly number[]): string {
  const bytes = words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
  return ipaddr.fromByteArray(bytes).toString();
}

/** True if the network holds the address. */
export function isWithin(address: Address, network: Cidr): boolean {
  if (address.version !== network.version) return false;
  return cutWords(address.words, network.bits).every((word, at) => word === network.words[at]);
}

/**
 * True if a range holds all of another.
 * @param prefix `198.51.100.0/24`; what is no range is in none
 */
export function covers(range: Cidr, prefix: string): boolean {
  let inner: Cidr;
  try {
    inner = parseCidr(prefix);
  } catch {
    return false;
  }
  return (
    inner.version === range.version &&
    inner.bits >= range.bits &&
    cutWords(inner.words, range.bits).every((word, at) => word === range.words[at])
  );
}

/**
 * What may be stored of an address: its `/24` (IPv4) or `/48` (IPv6).
 * @returns empty for what is no address
 * @example cutAddress('::ffff:198.51.100.7') // '198.51.100.0/24'
 */
export function cutAddress(ip: string): string {
  return cutTo(ip, { 4: 24, 6: 48 });
}

/**
 * The line that an address belongs to: the address itself, or its `/64` (IPv6), within which a machine takes a new
 * address every day.
 * @returns empty for what is no address
 */
export function lineOf(ip: string): string {
  return cutTo(ip, { 4: 32, 6: 64 });
}

function cutTo(ip: string, prefix: { 4: number; 6: number }): string {
  const address = parseAddress(ip);
  if (address === null) return '';
  const bits = prefix[address.version];
  return `${spell(cutWords(address.words, bits))}/${bits}`;
}
