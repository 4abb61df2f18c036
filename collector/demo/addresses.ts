/** Addresses inside a CIDR range. */
import ipaddr from 'ipaddr.js';
import type { Random } from './random.ts';

/** Base address, and per byte the bits that are free. */
function split(network: string): { base: number[]; free: number[] } {
  const [address, length] = ipaddr.parseCIDR(network);
  const base = address.toByteArray();
  const free = base.map((_, index) => 0xff >> Math.min(8, Math.max(0, length - index * 8)));
  return { base: base.map((byte, index) => byte & ~(free[index] ?? 0)), free };
}

const write = (bytes: number[]): string => ipaddr.fromByteArray(bytes).toString();

/** Any host of the range; never an IPv4 range's own first and last address, which nobody uses. */
export function drawAddress(random: Random, network: string): string {
  const { base, free } = split(network);
  for (;;) {
    const host = free.map((mask) => random.between(0, 255) & mask);
    const isEdge = host.every((byte) => byte === 0) || host.every((byte, index) => byte === free[index]);
    if (!isEdge) return write(base.map((byte, index) => byte | (host[index] ?? 0)));
  }
}

/** The first host of the range. */
export function firstAddress(network: string): string {
  const { base } = split(network);
  return write([...base.slice(0, -1), (base.at(-1) ?? 0) + 1]);
}
