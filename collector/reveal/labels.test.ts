/** Scores the resolver on labelled addresses, where the data lies beside the project. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { openReveal } from './index.ts';
import { wordsOf } from './name.ts';
import type { Resolver } from './resolver.ts';
import type { Company, Verdict } from './verdict.ts';

const data = path.join(packageRoot, '../shared/data/reveal');
const labelFile = path.join(data, 'labels/dev-labels.json');
const hasData = existsSync(labelFile);

interface Label {
  ip: string;
  /** Which database it is meant for. */
  db: string;
  /** `special`: reserved, invalid or mapped. */
  tier: string;
  kinds: string[];
  account: { name: string; aliases: string[]; domain: string | null } | null;
}

const files: Record<string, string> = {
  asn: 'iptoasn/asn-sample.mmdb',
  any: 'iptoasn/asn-sample.mmdb',
  'mm-isp': 'maxmind-test/GeoIP2-ISP-Test.mmdb',
  'mm-enterprise': 'maxmind-test/GeoIP2-Enterprise-Test.mmdb',
  'ipinfo-company': 'ipinfo-sample/ip_company_sample.mmdb',
};

const labels: Label[] = hasData ? JSON.parse(readFileSync(labelFile, 'utf8')) : [];
const resolvers = new Map<string, Resolver>();

function verdictOf({ db, ip }: Label): Verdict {
  const resolver = resolvers.get(db);
  if (resolver === undefined) throw new Error(`no database for labels of ${db}`);
  return resolver.resolve(ip);
}

function isRight(company: Company | null, account: NonNullable<Label['account']>): boolean {
  if (company === null) return false;
  if (account.domain !== null && company.domain === account.domain) return true;
  const squeezed = (name: string) => wordsOf(name).join('');
  return [account.name, ...account.aliases].some((name) => squeezed(company.name).includes(squeezed(name)));
}

const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length;

describe.skipIf(!hasData)('on labelled addresses', () => {
  beforeAll(async () => {
    for (const [db, file] of Object.entries(files)) {
      const options = { databases: [path.join(data, file)], log: () => {}, watch: false };
      resolvers.set(db, await openReveal(options));
    }
  });
  afterAll(() => {
    for (const resolver of resolvers.values()) resolver.close();
  });

  const known = labels.filter(({ db }) => db in files);
  const organisations = known.filter(({ account }) => account !== null);
  const others = known.filter(({ account }) => account === null);

  test('an account is nearly always the right one', () => {
    const claimed = known.filter((label) => verdictOf(label).tier === 'account');
    const right = claimed.filter(
      (label) => label.account !== null && isRight(verdictOf(label).company, label.account),
    );
    expect(share(right, claimed)).toBeGreaterThanOrEqual(0.95);
  });

  test('most organisations are found, and nearly all with the possible ones', () => {
    const named = organisations.filter(({ account, ...label }) => {
      return account !== null && isRight(verdictOf({ account, ...label }).company, account);
    });
    const sure = named.filter((label) => verdictOf(label).tier === 'account');
    expect(share(sure, organisations)).toBeGreaterThanOrEqual(0.85);
    expect(share(named, organisations)).toBeGreaterThanOrEqual(0.95);
  });

  test('providers, hosts and pools make no accounts', () => {
    const wrong = others.filter((label) => verdictOf(label).tier === 'account');
    expect(share(wrong, others)).toBeLessThanOrEqual(0.02);
  });

  test('the kind of network is told', () => {
    const ordinary = known.filter(({ tier }) => tier !== 'special');
    const right = ordinary.filter((label) => label.kinds.includes(verdictOf(label).kind));
    expect(share(right, ordinary)).toBeGreaterThanOrEqual(0.88);
  });

  test('reserved and invalid addresses are never anybody', () => {
    const special = known.filter(({ tier, account }) => tier === 'special' && account === null);
    expect(special.length).toBeGreaterThan(10);
    for (const label of special)
      expect(verdictOf(label), label.ip).toMatchObject({ tier: 'none', company: null });
  });

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
