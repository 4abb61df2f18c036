import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCidr } from './address.ts';
import { openReveal } from './index.ts';
import { writeMmdb } from './mmdb-writer.ts';
import type { Resolver } from './resolver.ts';
import type { Company, Context, OwnerRule, Verdict } from './verdict.ts';

const builtOn = '2026-07-14';
const now = () => Date.UTC(2026, 7, 1);

/** IPinfo's company layout: the holder of the range beside the carrier's `as_…` fields. */
function range(network: string, fields: { name: string; domain?: string; type?: string; country?: string }) {
  const carrier = {
    asn: 'AS64501',
    as_name: 'Harbour Cable Ltd',
    as_domain: 'harbour.example',
    as_type: 'isp',
  };
  return { network, record: { domain: '', type: 'business', country: 'GB', ...carrier, ...fields } };
}

/** GeoLite2-ASN's layout. */
function system(network: string, number: number, name: string) {
  return { network, record: { autonomous_system_number: number, autonomous_system_organization: name } };
}

let folder: string;
const opened: Resolver[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-reveal-'));
});
afterAll(async () => {
  for (const resolver of opened) resolver.close();
  await rm(folder, { recursive: true });
});

async function reveal(...files: Parameters<typeof writeMmdb>[0][]): Promise<Resolver> {
  const databases: string[] = [];
  for (const entries of files) {
    const file = path.join(folder, `${opened.length}-${databases.length}.mmdb`);
    const about = { databaseType: 'Test', description: 'by a test', buildEpoch: Date.parse(builtOn) / 1000 };
    await writeFile(file, writeMmdb(entries, about));
    databases.push(file);
  }
  const resolver = await openReveal({ databases, log: () => {}, now, watch: false });
  opened.push(resolver);
  return resolver;
}

async function one(record: Record<string, unknown>): Promise<Verdict> {
  return (await reveal([{ network: '198.51.100.0/24', record }])).resolve('198.51.100.7');
}

function rule(match: string, name: string | null, more: Partial<OwnerRule> = {}): OwnerRule {
  const company = name === null ? null : { name, domain: 'rules.example' };
  return { id: 1, match, company, note: '', createdAt: 1, ...more };
}

describe('an address that is nobody’s', () => {
  test.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.10',
    '127.0.0.1',
    '169.254.1.1',
    '100.64.1.1',
    '224.0.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:10.0.0.1',
  ])('%s is private, whatever a database has for it', async (ip) => {
    const everywhere = ['0.0.0.0/1', '128.0.0.0/1', '8000::/1'].map((network) =>
      system(network, 64500, 'Example Foods AG'),
    );
    const verdict = (await reveal(everywhere)).resolve(ip);
    expect(verdict).toMatchObject({ kind: 'private', tier: 'none', company: null });
    expect(verdict.evidence[0]?.source).toBe('blocker');
  });

  test.each([
    '',
    ' ',
    'x',
    '999.1.1.1',
    '8.8.8.8.8',
    '010.1.1.1',
    '1.2.3',
    '0x7f.1',
    'fe80::1%eth0%',
    '::g',
    '1.1.1.1/24',
  ])('“%s” is no address and gives no verdict', async (text) => {
    const resolver = await reveal([system('0.0.0.0/1', 64500, 'Example Foods AG')]);
    expect(resolver.resolve(text)).toMatchObject({
      kind: 'unknown',
      tier: 'none',
      company: null,
      evidence: [],
    });
    expect(resolver.country(text)).toBeNull();
  });

  test('documentation ranges are looked up like any other', async () => {
    const resolver = await reveal([system('2001:db8::/32', 64500, 'Example Foods AG')]);
    expect(resolver.resolve('2001:db8::1').company?.name).toBe('Example Foods');
  });

  test('without databases nothing is known, and nothing fails', async () => {
    const verdict = (await reveal()).resolve('203.0.113.1');
    expect(verdict).toMatchObject({ kind: 'unknown', tier: 'none', company: null, operator: null });
  });
});

describe('the owner’s rules', () => {
  const data = [system('203.0.113.0/24', 64500, 'Example Foods AG')];

  test('name the company, above any data, from the next address on', async () => {
    const resolver = await reveal(data);
    expect(resolver.resolve('203.0.113.7').company?.name).toBe('Example Foods');
    resolver.setRules([rule('203.0.113.0/28', 'Rules Inc')]);
    expect(resolver.resolve('203.0.113.7')).toMatchObject({
      company: { name: 'Rules Inc', domain: 'rules.example' },
      confidence: 1,
      tier: 'account',
    });
    expect(resolver.resolve('203.0.113.99').company?.name).toBe('Example Foods');
    resolver.setRules([]);
    expect(resolver.resolve('203.0.113.7').company?.name).toBe('Example Foods');
  });

  test('the most specific range wins, then the range before the AS, whatever their order', async () => {
    const resolver = await reveal(data);
    const rules = [
      rule('203.0.113.7', 'One address'),
      rule('203.0.113.0/25', 'Half'),
      rule('AS64500', 'The system'),
      rule('203.0.112.0/23', 'Wide'),
    ];
    for (const list of [rules, rules.toReversed()]) {
      resolver.setRules(list);
      expect(resolver.resolve('203.0.113.7').company?.name).toBe('One address');
      expect(resolver.resolve('::ffff:203.0.113.7').company?.name).toBe('One address');
      expect(resolver.resolve('203.0.113.8').company?.name).toBe('Half');
      expect(resolver.resolve('203.0.113.200').company?.name).toBe('Wide');
    }
    resolver.setRules([rule('as64500', 'The system')]);
    expect(resolver.resolve('203.0.113.200').company?.name).toBe('The system');
    expect(resolver.resolve('203.0.114.1').company).toBeNull();
  });

  test('may say that a network is never a company, and why', async () => {
    const resolver = await reveal(data);
    resolver.setRules([rule('AS64500', null, { note: 'our own office' })]);
    const verdict = resolver.resolve('203.0.113.7');
    expect(verdict).toMatchObject({ company: null, tier: 'none', confidence: 0 });
    expect(verdict.evidence[0]?.says).toContain('our own office');
  });

  test('hold for IPv6 too', async () => {
    const resolver = await reveal();
    resolver.setRules([rule('2001:db8:1::/48', 'Rules Inc')]);
    expect(resolver.resolve('2001:db8:1:2::3').company?.name).toBe('Rules Inc');
    expect(resolver.resolve('2001:db8:2::3').company).toBeNull();
  });

  test('a rule that cannot be read has no effect and is told; the others hold', async () => {
    const said: string[] = [];
    const resolver = await openReveal({ databases: [], log: (line) => said.push(line), watch: false });
    resolver.setRules([rule('203.0.113.7/24', 'Slip', { id: 9 }), rule('203.0.113.0/24', 'Rules Inc')]);
    expect(resolver.resolve('203.0.113.7').company?.name).toBe('Rules Inc');
    expect(said).toEqual([expect.stringMatching(/rule 9 has no effect.*203\.0\.113\.0\/24/)]);
  });
});

describe('a range below a provider', () => {
  test('belongs to the customer whose domain is not the provider’s', async () => {
    const resolver = await reveal([
      range('198.51.100.0/28', { name: 'EXAMPLE FOODS PVT LTD', domain: 'example-foods.com' }),
    ]);
    const verdict = resolver.resolve('198.51.100.5');
    expect(verdict).toMatchObject({
      kind: 'business',
      company: { name: 'Example Foods', domain: 'example-foods.com' },
      operator: 'Harbour Cable',
      tier: 'account',
    });
    expect(verdict.evidence[0]).toMatchObject({ source: 'company-database', dataOf: builtOn });
    expect(verdict.evidence[0]?.says).toContain('a customer of Harbour Cable Ltd');
    expect(resolver.country('198.51.100.5')).toBe('GB');
  });

  test.each([
    ['the provider’s own range', { name: 'Harbour Cable Ltd', domain: 'harbour.example', type: 'isp' }],
    [
      'a pool, though its type is business',
      { name: 'Dynamic IP for residential Broadband Customers', domain: 'pool.example' },
    ],
    ['a person', { name: 'Maria da Silva', domain: '' }],
    ['another carrier', { name: 'Westport Telecom Ltd', domain: 'westport.example' }],
    ['a host', { name: 'Westport Hosting Ltd', domain: 'westport.example', type: 'hosting' }],
    ['nothing', { name: '' }],
  ])('is no company’s: %s', async (_, fields) => {
    const verdict = (await reveal([range('198.51.100.0/24', fields)])).resolve('198.51.100.5');
    expect(verdict).toMatchObject({ company: null, tier: 'none' });
    expect(verdict.kind).not.toBe('business');
  });

  test('is the customer’s though the type is the provider’s', async () => {
    const fields = { name: 'Example', domain: 'example.com', type: 'isp' };
    const verdict = (await reveal([range('198.51.100.0/24', fields)])).resolve('198.51.100.5');
    expect(verdict).toMatchObject({ tier: 'account', kind: 'business', company: { domain: 'example.com' } });
  });

  test('is the customer’s where organisation and provider differ (MaxMind), flat and under traits', async () => {
    const fields = { isp: 'Century Link', organization: 'Example Foods' };
    for (const record of [fields, { traits: { ...fields, connection_type: 'Corporate' } }]) {
      expect(await one(record)).toMatchObject({ tier: 'account', company: { name: 'Example Foods' } });
    }
    expect(await one({ isp: 'AT&T Services', organization: 'AT&T Worldnet Services' })).toMatchObject({
      tier: 'none',
    });
  });
});

describe('what hides the visitor’s company', () => {
  const customer = { isp: 'Century Link', organization: 'Example Foods' };
  test.each([
    ['a VPN', 'vpn', { is_anonymous: true, is_anonymous_vpn: true }],
    ['a VPN, as IPinfo writes it', 'vpn', { vpn: 'true', hosting: 'true', proxy: '' }],
    ['a Tor exit', 'proxy', { is_tor_exit_node: true }],
    ['a proxy', 'proxy', { is_public_proxy: true }],
    ['a host', 'hosting', { is_hosting_provider: true }],
    ['a mobile network', 'mobile', { mobile_country_code: '310' }],
    ['a cellular connection', 'mobile', { connection_type: 'Cellular' }],
    ['a home', 'isp', { user_type: 'residential' }],
  ])('%s', async (_, kind, hiding) => {
    expect(await one({ ...customer, ...hiding })).toMatchObject({ kind, tier: 'none', company: null });
  });

  test('empty strings hide nothing', async () => {
    expect(await one({ ...customer, vpn: '', hosting: '', proxy: '', tor: '' })).toMatchObject({
      tier: 'account',
    });
  });

  test('is found in whichever database knows it', async () => {
    const resolver = await reveal(
      [{ network: '198.51.100.0/24', record: customer }],
      [{ network: '198.51.100.0/28', record: { is_anonymous_vpn: true } }],
    );
    expect(resolver.resolve('198.51.100.1')).toMatchObject({ kind: 'vpn', company: null });
    expect(resolver.resolve('198.51.100.99')).toMatchObject({ tier: 'account' });
  });
});

describe('several databases', () => {
  test('that agree are surer than one', async () => {
    const alone = await reveal([system('198.51.100.0/24', 64500, 'Example Foods AG')]);
    const both = await reveal(
      [{ network: '198.51.100.0/24', record: { isp: 'Century Link', organization: 'Example Foods' } }],
      [system('198.51.100.0/24', 64500, 'Example Foods AG')],
    );
    const [one, two] = [alone, both].map((resolver) => resolver.resolve('198.51.100.1'));
    expect(two?.confidence).toBeGreaterThan(one?.confidence ?? 1);
    expect(two?.confidence).toBeLessThan(1);
    expect(two?.evidence).toHaveLength(2);
  });

  test('that disagree say so, and the better one names the company', async () => {
    const resolver = await reveal(
      [{ network: '198.51.100.0/24', record: { isp: 'Century Link', organization: 'Example Foods' } }],
      [system('198.51.100.0/24', 64500, 'Northwind Steel AG')],
    );
    const { company, confidence, evidence } = resolver.resolve('198.51.100.1');
    expect(company?.name).toBe('Example Foods');
    expect(confidence).toBeLessThanOrEqual(0.8);
    expect(evidence[1]?.says).toContain('another name');
    expect(evidence[1]?.confidence).toBe(0);
  });

  test('fill each other’s gaps in order, and never mix two systems', async () => {
    const resolver = await reveal(
      [{ network: '198.51.100.0/24', record: { autonomous_system_number: 64500 } }],
      [
        {
          network: '198.51.100.0/24',
          record: {
            asn: 'AS64500',
            as_name: 'Example Foods AG',
            as_domain: 'example-foods.com',
            country_code: 'de',
          },
        },
      ],
      [system('198.51.100.0/24', 64999, 'Northwind Steel AG')],
    );
    expect(resolver.resolve('198.51.100.1').company).toEqual({
      name: 'Example Foods',
      domain: 'example-foods.com',
    });
    expect(resolver.country('198.51.100.1')).toBe('DE');
  });
});

test('the mapped spelling of an address gives the very same verdict', async () => {
  const resolver = await reveal([system('198.51.100.0/24', 64500, 'Example Foods AG')]);
  expect(resolver.resolve('::ffff:198.51.100.9')).toEqual(resolver.resolve('198.51.100.9'));
  expect(resolver.resolve('::ffff:c633:6409')).toEqual(resolver.resolve('198.51.100.9'));
});

describe('what this installation itself knows of an address', () => {
  const works = { name: 'Example Works', domain: 'example-works.com' };
  const learned = (confidence: number, company: Company = works): Context => ({
    learned: { company, people: confidence > 0.7 ? 2 : 1, confidence, lastAt: 1 },
    reverseName: null,
  });
  const named = (reverseName: string): Context => ({ learned: null, reverseName });
  const ip = '198.51.100.7';
  const on = (name: string) => reveal([system('198.51.100.0/24', 64500, name)]);

  test('names the company that its people’s e-mail named, on a provider’s line too', async () => {
    const resolver = await on('Harbour Cable Ltd');
    expect(resolver.resolve(ip, learned(0.85))).toMatchObject({
      kind: 'isp',
      tier: 'account',
      confidence: 0.85,
      company: works,
    });
    expect(resolver.resolve(ip, learned(0.85)).evidence[0]).toMatchObject({
      source: 'learned',
      says: '2 people with a business e-mail each of Example Works came from this very address',
    });
    expect(resolver.resolve(ip, learned(0.5))).toMatchObject({ tier: 'possible', company: works });
  });

  test('is never told to another visitor of the address', async () => {
    const resolver = await on('Harbour Cable Ltd');
    const before = resolver.resolve(ip);
    expect(resolver.resolve(ip, learned(0.85)).company).toEqual(works);
    expect(resolver.resolve(ip)).toEqual(before);
    expect(resolver.resolve(ip, { learned: null, reverseName: null })).toEqual(before);
    expect(resolver.resolve(ip, learned(0.85, { name: 'Other', domain: null })).company?.name).toBe('Other');
  });

  test.each(['MULLVAD-AS', 'ZSCALER-SJC1', 'Northwind Hosting Ltd', 'Northwind Mobile AG'])(
    'never makes an account of what strangers share: %s',
    async (name) => {
      const context = { ...learned(0.85), reverseName: 'vpn.example-works.com' };
      expect((await on(name)).resolve(ip, context)).toMatchObject({ tier: 'none', company: null });
    },
  );

  test('adds to a short name that agrees, and loses to a better name that does not', async () => {
    expect((await on('EXAMPLE-AS')).resolve(ip)).toMatchObject({ tier: 'possible' });
    const agreed = (await on('EXAMPLE-WORKS-AS')).resolve(ip, named('gw.example-works.com'));
    expect(agreed).toMatchObject({ tier: 'account', company: works });
    expect(agreed.evidence.map(({ source }) => source).sort()).toEqual(['as-handle', 'reverse-dns']);
    const other = (await on('Northwind Steel AG')).resolve(ip, named('gw.example-works.com'));
    expect(other.company?.name).toBe('Northwind Steel');
    expect(other.evidence[1]).toMatchObject({ source: 'reverse-dns', confidence: 0 });
  });

  test('a host name alone is possible only, a well-known company’s is enough', async () => {
    const resolver = await on('Harbour Cable Ltd');
    expect(resolver.resolve(ip, named('gw.example-works.com'))).toMatchObject({ tier: 'possible' });
    expect(resolver.resolve(ip, named('gw.bmw.de'))).toMatchObject({ tier: 'account' });
    expect(resolver.resolve(ip, named('198-51-100-7.pool.harbour.net'))).toEqual(resolver.resolve(ip));
  });

  test('a crawler is told by its host name', async () => {
    const verdict = (await on('Google LLC')).resolve(ip, named('crawl-198-51-100-7.googlebot.com'));
    expect(verdict).toMatchObject({ kind: 'bot', tier: 'none', company: null });
  });

  test('yields to the owner’s rules', async () => {
    const resolver = await on('Harbour Cable Ltd');
    resolver.setRules([rule('198.51.100.0/24', 'Rules Inc')]);
    expect(resolver.resolve(ip, learned(0.85)).company?.name).toBe('Rules Inc');
  });
});

describe('lists of networks that hide who is behind them', () => {
  const vpn = {
    kind: 'vpn' as const,
    label: 'vpn-ipv4.txt',
    ranges: [parseCidr('198.51.100.0/28')],
    asNumbers: [],
    dataOf: '2026-07-14',
  };

  test('block every claim, and say which list', async () => {
    const resolver = await reveal([system('198.51.100.0/24', 64500, 'Example Foods AG')]);
    expect(resolver.resolve('198.51.100.7').tier).toBe('account');
    resolver.setLists([vpn]);
    const verdict = resolver.resolve('198.51.100.7');
    expect(verdict).toMatchObject({ kind: 'vpn', tier: 'none', company: null });
    expect(verdict.evidence[0]?.says).toContain('“vpn-ipv4.txt” lists the address');
    expect(resolver.resolve('198.51.100.77').tier).toBe('account');
    resolver.setLists([]);
    expect(resolver.resolve('198.51.100.7').tier).toBe('account');
  });

  test('of autonomous systems do not outweigh our own table of companies', async () => {
    const resolver = await reveal([
      system('198.51.100.0/24', 64500, 'Example Foods AG'),
      system('203.0.113.0/24', 64501, 'BMW AG'),
    ]);
    resolver.setLists([{ ...vpn, kind: 'hosting', ranges: [], asNumbers: [64500, 64501] }]);
    expect(resolver.resolve('198.51.100.7')).toMatchObject({ kind: 'hosting', tier: 'none' });
    expect(resolver.resolve('203.0.113.7').company?.name).toBe('BMW');
  });
});

describe('a network as large as a provider’s', () => {
  const size = 2 ** 19;

  test('is one, though its name has a trade, unless it is known', async () => {
    const resolver = await reveal([
      system('198.51.100.0/24', 64500, 'Northwind Steel AG'),
      system('203.0.113.0/24', 64501, 'BMW AG'),
    ]);
    resolver.setNetworkSizes(new Map([64500, 64501].map((number) => [number, size])));
    expect(resolver.resolve('198.51.100.7')).toMatchObject({ kind: 'isp', tier: 'none' });
    expect(resolver.resolve('203.0.113.7')).toMatchObject({ tier: 'account' });
    resolver.setNetworkSizes(new Map([[64500, size - 1]]));
    expect(resolver.resolve('198.51.100.7')).toMatchObject({ tier: 'account' });
  });

  test('may be told by the database itself', async () => {
    const record = {
      autonomous_system_number: 64500,
      autonomous_system_organization: 'Northwind Steel AG',
      autonomous_system_size: size,
    };
    expect(await one(record)).toMatchObject({ kind: 'isp', tier: 'none' });
  });
});
