/**
 * Scores the resolver on labelled addresses: on our own list, with the AS names that the world knows, and on further
 * ones where they lie beside the project. The floors are far below what is reached, so that only a slip breaks them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { type BenchResult, type Label, type Share, scoreLabels } from './bench.ts';
import { openReveal } from './index.ts';
import { lookupLine } from './lookup.ts';
import { writeMmdb } from './mmdb-writer.ts';
import type { Resolver } from './resolver.ts';

const ownList = path.join(packageRoot, 'collector/reveal/labels/own-labels.json');
const share = ({ part, of }: Share) => part / of;
const readLabels = (file: string): Label[] => JSON.parse(readFileSync(file, 'utf8'));

const opened: Resolver[] = [];
afterAll(() => {
  for (const resolver of opened) resolver.close();
});

async function open(database: string): Promise<Resolver> {
  const resolver = await openReveal({ databases: [database], log: () => {}, watch: false });
  opened.push(resolver);
  return resolver;
}

/** What each list of labels must reach. */
function expectFloors(resultOf: () => BenchResult, floors: { kinds: number }): void {
  test('an account is nearly always the right one', () => {
    expect(share(resultOf().precision)).toBeGreaterThanOrEqual(0.95);
  });

  test('most organisations are found, and nearly all with the possible ones', () => {
    expect(share(resultOf().recall)).toBeGreaterThanOrEqual(0.85);
    expect(share(resultOf().recallWithPossible)).toBeGreaterThanOrEqual(0.95);
  });

  test('providers, hosts, proxies and research networks make no accounts', () => {
    expect(resultOf().falseAccounts.of).toBeGreaterThan(20);
    expect(share(resultOf().falseAccounts)).toBeLessThanOrEqual(0.02);
  });

  test('the kind of network is told', () => {
    expect(share(resultOf().kindAccuracy)).toBeGreaterThanOrEqual(floors.kinds);
  });

  test('names are clean, and mostly spelt as one would', () => {
    expect(share(resultOf().cleanNames)).toBeGreaterThanOrEqual(0.98);
    expect(share(resultOf().canonicalNames)).toBeGreaterThanOrEqual(0.7);
  });

  test('reserved, invalid and mapped addresses are answered rightly', () => {
    expect(resultOf().special.of).toBeGreaterThan(10);
    expect(share(resultOf().special)).toBe(1);
  });

  test('no natural person is named', () => {
    expect(resultOf().persons.part).toBe(0);
  });
}

describe('on our own labelled addresses', () => {
  let result: BenchResult;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'footlight-labels-'));
    const labels = readLabels(ownList);
    const entries = labels
      .filter(({ asn, tier }) => asn !== undefined && tier !== 'special')
      .map(({ ip, asn, as_name }) => ({
        network: `${ip}/${ip.includes(':') ? 128 : 32}`,
        record: { autonomous_system_number: asn, autonomous_system_organization: as_name },
      }));
    const file = path.join(folder, 'own.mmdb');
    const about = { databaseType: 'Test', description: 'by a test', buildEpoch: 1_784_000_000 };
    await writeFile(file, writeMmdb(entries, about));
    const resolver = await open(file);
    result = scoreLabels(labels, ({ ip }) => lookupLine(resolver, ip));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('there are many, and what they say is complete', () => {
    const labels = readLabels(ownList);
    expect(labels.length).toBeGreaterThan(150);
    expect(new Set(labels.map(({ ip }) => ip)).size).toBe(labels.length);
    for (const { ip, kinds, tier, asn, as_name } of labels) {
      expect(kinds.length, ip).toBeGreaterThan(0);
      if (tier !== 'special') expect({ asn, as_name }, ip).not.toMatchObject({ asn: undefined });
    }
  });

  expectFloors(() => result, { kinds: 0.95 });
});

const data = path.join(packageRoot, '../shared/data/reveal');
const labelFile = path.join(data, 'labels/dev-labels.json');
const files: Record<string, string> = {
  asn: 'iptoasn/asn-sample.mmdb',
  any: 'iptoasn/asn-sample.mmdb',
  'mm-isp': 'maxmind-test/GeoIP2-ISP-Test.mmdb',
  'mm-enterprise': 'maxmind-test/GeoIP2-Enterprise-Test.mmdb',
  'ipinfo-company': 'ipinfo-sample/ip_company_sample.mmdb',
};

describe.skipIf(!existsSync(labelFile))('on further labelled addresses', () => {
  const resolvers = new Map<string, Resolver>();
  let result: BenchResult;

  beforeAll(async () => {
    for (const [db, file] of Object.entries(files)) resolvers.set(db, await open(path.join(data, file)));
    const labels = readLabels(labelFile).filter(({ db }) => db !== undefined && db in files);
    result = scoreLabels(labels, ({ db = '', ip }) => {
      const resolver = resolvers.get(db);
      if (resolver === undefined) throw new Error(`no database for labels of ${db}`);
      return lookupLine(resolver, ip);
    });
  });

  expectFloors(() => result, { kinds: 0.9 });

  test('a database sample from each vendor is read as it was measured', () => {
    const resolver = resolvers.get('ipinfo-company');
    expect(resolver?.country('1.6.70.137')).toBe('IN');
    expect(resolver?.resolve('1.6.70.137').company).toEqual({
      name: 'Litmus7 Systems Consulting',
      domain: 'litmus7.com',
    });
    expect(resolver?.resolve('1.0.128.5')).toMatchObject({ tier: 'none', kind: 'isp' });
  });
});
