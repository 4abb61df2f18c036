import { Resolver } from 'node:dns/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DnsServer, startDnsServer } from '../../test/support/dns-server.ts';
import { openReverseDns, type ReverseDns, type ReverseDnsOptions } from './reverse-dns.ts';

const zone = {
  '7.100.51.198.in-addr.arpa PTR': ['Office.Example-Works.com'],
  'Office.Example-Works.com A': ['198.51.100.7'],
  '8.100.51.198.in-addr.arpa PTR': ['vpn.bmw.de'],
  'vpn.bmw.de A': ['192.0.2.99'],
  '9.100.51.198.in-addr.arpa PTR': ['198-51-100-9.dyn.harbour.net'],
  '198-51-100-9.dyn.harbour.net A': ['198.51.100.9'],
  '11.100.51.198.in-addr.arpa PTR': ['www.harbour-hosting.net', 'mail.example-works.com'],
  'mail.example-works.com A': ['192.0.2.1', '198.51.100.11'],
  '12.100.51.198.in-addr.arpa PTR': ['office.silent'],
  '5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR': ['six.example-works.com'],
  'six.example-works.com AAAA': ['2001:db8:0:0:0:0:0:5'],
};

let server: DnsServer;
let now: number;

beforeEach(async () => {
  server = await startDnsServer(zone);
  now = 0;
});
afterEach(() => server.close());

function open(more: Partial<ReverseDnsOptions> = {}): ReverseDns {
  const client = new Resolver({ timeout: 1_000, tries: 1 });
  client.setServers([server.address]);
  return openReverseDns({ now: () => now, client, ...more });
}

async function nameOf(dns: ReverseDns, address: string): Promise<string | null> {
  expect(dns.nameOf(address)).toBeNull();
  await dns.idle();
  return dns.nameOf(address);
}

describe('the host name of an address', () => {
  test('is known to its next event, once it leads back to the address', async () => {
    expect(await nameOf(open(), '198.51.100.7')).toBe('office.example-works.com');
  });

  test('is found for IPv6, and for IPv4 in IPv6 spelling', async () => {
    const dns = open();
    expect(await nameOf(dns, '2001:db8::5')).toBe('six.example-works.com');
    expect(await nameOf(dns, '::ffff:198.51.100.7')).toBe('office.example-works.com');
    expect(dns.nameOf('198.51.100.7')).toBe('office.example-works.com');
  });

  test('is the first of several that says something', async () => {
    expect(await nameOf(open(), '198.51.100.11')).toBe('mail.example-works.com');
  });

  test.each([
    ['it leads to somebody else: anybody may call his address so', '198.51.100.8'],
    ['it is a provider’s, for whoever has the address today', '198.51.100.9'],
    ['there is none', '198.51.100.10'],
  ])('is not used where %s', async (_, address) => {
    expect(await nameOf(open(), address)).toBeNull();
  });

  test('is not asked for where the address is private or none', async () => {
    const dns = open();
    for (const text of ['10.0.0.1', '::1', '', 'x']) expect(dns.nameOf(text)).toBeNull();
    await dns.idle();
    expect(server.asked).toEqual([]);
  });
});

describe('the DNS server', () => {
  test('is asked once, and again when the name is a day old; meanwhile the old name serves', async () => {
    const dns = open();
    await nameOf(dns, '198.51.100.7');
    const questions = server.asked.length;
    dns.nameOf('198.51.100.7');
    await dns.idle();
    expect(server.asked).toHaveLength(questions);
    now += 25 * 3_600_000;
    expect(dns.nameOf('198.51.100.7')).toBe('office.example-works.com');
    await dns.idle();
    expect(server.asked).toHaveLength(2 * questions);
  });

  test('that does not answer is not waited for longer than allowed, and is asked again later', async () => {
    // The name is there; where it leads is never answered.
    const dns = open({ timeoutMs: 50 });
    expect(await nameOf(dns, '198.51.100.12')).toBeNull();
    const questions = server.asked.length;
    dns.nameOf('198.51.100.12');
    await dns.idle();
    expect(server.asked).toHaveLength(questions);
    now += 11 * 60_000;
    dns.nameOf('198.51.100.12');
    await dns.idle();
    expect(server.asked.length).toBeGreaterThan(questions);
  });

  test('is not asked for more addresses at once than allowed: the others wait for their next event', async () => {
    const dns = open({ maxInFlight: 1 });
    dns.nameOf('198.51.100.7');
    dns.nameOf('198.51.100.11');
    await dns.idle();
    expect(dns.nameOf('198.51.100.7')).toBe('office.example-works.com');
    expect(server.asked).not.toContain('11.100.51.198.in-addr.arpa PTR');
    expect(await nameOf(dns, '198.51.100.11')).toBe('mail.example-works.com');
  });

  test('names are forgotten, the oldest first, when there are too many', async () => {
    const dns = open({ maxNames: 1 });
    await nameOf(dns, '198.51.100.7');
    await nameOf(dns, '198.51.100.11');
    expect(dns.nameOf('198.51.100.11')).toBe('mail.example-works.com');
    expect(dns.nameOf('198.51.100.7')).toBeNull();
    await dns.idle();
  });
});
