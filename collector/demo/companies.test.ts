import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { demoCompanies } from './companies.ts';
import { operators } from './operators.ts';

const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'].map((range) =>
  ipaddr.parseCIDR(range),
);

/** First and last address of a range as numbers, IPv4 and IPv6 apart. */
function bounds(network: string): { version: string; first: bigint; last: bigint } {
  const [address, length] = ipaddr.parseCIDR(network);
  const bytes = address.toByteArray();
  const first = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(bytes.length * 8 - length);
  expect(first % size, `${network} starts at a border`).toBe(0n);
  return { version: address.kind(), first, last: first + size - 1n };
}

const everyNetwork = [...demoCompanies, ...operators].flatMap(({ name, networks }) =>
  networks.map((network) => ({ name, network })),
);

describe('the companies of the demo', () => {
  it('are more than sixty, and no two share a name or a domain', () => {
    expect(demoCompanies.length).toBeGreaterThan(60);
    const regional = operators.filter(({ domain }) => domain !== '');
    const names = [...demoCompanies.map(({ name }) => name), ...new Set(regional.map(({ name }) => name))];
    expect(new Set(names).size).toBe(names.length);
    const domains = [
      ...demoCompanies.map(({ domain }) => domain),
      ...new Set(regional.map((one) => one.domain)),
    ];
    expect(new Set(domains).size).toBe(domains.length);
  });

  it('have domains that nobody can register', () => {
    for (const { domain } of demoCompanies) expect(domain).toMatch(/^[a-z0-9-]+\.example$/);
    for (const { domain } of operators) expect(domain).toMatch(/^([a-z0-9-]+\.example)?$/);
  });

  it('live on addresses that are kept for documentation', () => {
    for (const { network } of everyNetwork) {
      const [address, length] = ipaddr.parseCIDR(network);
      const isInside = documentation.some(
        ([base, bits]) => base.kind() === address.kind() && length >= bits && address.match(base, bits),
      );
      expect(isInside, network).toBe(true);
    }
  });

  it('have autonomous systems that are kept for documentation or private use', () => {
    for (const { asn } of operators) {
      const isReserved = (asn >= 64_496 && asn <= 65_534) || (asn >= 65_536 && asn <= 65_551);
      expect(isReserved, `AS${asn}`).toBe(true);
    }
  });

  it('share no address with each other', () => {
    const ranges = everyNetwork.map(({ name, network }) => ({ name, network, ...bounds(network) }));
    for (const a of ranges) {
      for (const b of ranges) {
        if (a.network === b.network && a.name === b.name) continue;
        const isApart = a.version !== b.version || a.last < b.first || b.last < a.first;
        expect(isApart, `${a.name} ${a.network} and ${b.name} ${b.network}`).toBe(true);
      }
    }
  });
});
