import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Reader } from 'maxmind';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReveal } from '../reveal/index.ts';
import type { Resolver } from '../reveal/resolver.ts';
import type { Kind, Tier } from '../reveal/verdict.ts';
import { firstAddress } from './addresses.ts';
import { demoCompanies } from './companies.ts';
import { demoDatabaseName, writeDemoDatabase } from './database.ts';
import { type OperatorKind, operators } from './operators.ts';

const now = Date.UTC(2026, 6, 15, 14, 30);
let folder: string;
let file: string;
let bytes: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footlight-demo-'));
  file = await writeDemoDatabase(folder, now);
  bytes = await readFile(file);
});
afterAll(() => rm(folder, { recursive: true }));

describe('the company data of the demo', () => {
  it('lies in the data folder and is the same all day', async () => {
    expect(file).toBe(path.join(folder, demoDatabaseName));
    await writeDemoDatabase(folder, now + 3_600_000);
    expect(await readFile(file)).toEqual(bytes);
  });

  it('names the company of an address and the operator of its line', () => {
    const reader = new Reader(bytes);
    expect(reader.get('198.51.100.17')).toEqual({
      name: 'Nordhavn Robotics',
      domain: 'nordhavn-robotics.example',
      type: 'business',
      asn: 'AS65536',
      as_name: 'Longitude Carrier Services',
      as_domain: 'longitude-carrier.example',
      as_type: 'isp',
      country: 'DK',
    });
    expect(reader.get('192.0.2.1')).toMatchObject({
      name: 'Havenlink Broadband',
      type: 'isp',
      country: 'GB',
    });
    expect(reader.get('192.0.2.233')).toMatchObject({ name: '', as_name: 'KVST-AS', as_type: '' });
  });

  it('knows nothing of addresses that are nobody’s in the demo', () => {
    const reader = new Reader(bytes);
    expect(reader.get('8.8.8.8')).toBeNull();
    expect(reader.get('192.0.2.254')).toBeNull();
  });
});

describe('the resolver with the company data of the demo', () => {
  let resolver: Resolver;
  beforeAll(async () => {
    resolver = await openReveal({ databases: [file], log: () => {}, now: () => now, watch: false });
  });
  afterAll(() => resolver.close());

  it('finds the company of each range, and its country', () => {
    for (const { name, domain, country, networks } of demoCompanies) {
      for (const network of networks) {
        const address = firstAddress(network);
        const verdict = resolver.resolve(address);
        expect(verdict, name).toMatchObject({ kind: 'business', tier: 'account', company: { domain } });
        expect(name, name).toContain(verdict.company?.name);
        expect(resolver.country(address)).toBe(country);
      }
    }
  });

  const expected: { [K in OperatorKind]: { kind: Kind; tier: Tier } } = {
    isp: { kind: 'isp', tier: 'none' },
    mobile: { kind: 'mobile', tier: 'none' },
    hosting: { kind: 'hosting', tier: 'none' },
    vpn: { kind: 'vpn', tier: 'none' },
    education: { kind: 'education', tier: 'account' },
    government: { kind: 'government', tier: 'account' },
    handle: { kind: 'business', tier: 'possible' },
  };

  it('takes no provider, host or VPN for a company, and a bare handle for a possible one', () => {
    for (const { kind, name, networks } of operators) {
      for (const network of networks) {
        const verdict = resolver.resolve(firstAddress(network));
        expect(verdict, `${name} ${network}`).toMatchObject(expected[kind]);
        if (verdict.tier === 'none') expect(verdict.company).toBeNull();
      }
    }
  });
});
