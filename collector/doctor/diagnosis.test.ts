import { describe, expect, test } from 'vitest';
import type { AddressVisits } from '../store/store.ts';
import { type Circumstances, diagnose } from './diagnosis.ts';
import { diagnosisWords, likelyProxy, remedies, trustedWords } from './words.ts';

const circumstances: Circumstances = { ownKeys: new Set(), dismissed: new Set() };

function from(prefix: string, visits: number, more: Partial<AddressVisits> = {}): AddressVisits {
  return {
    addressKey: prefix.length * 1_000 + visits,
    prefix,
    network: null,
    visits,
    visitors: visits,
    agents: 6,
    newest: Math.min(20, visits),
    ...more,
  };
}

/** So many visits, each from an address of its own. */
const others = (count: number, newest = 0) =>
  Array.from({ length: count }, (_, at) =>
    from(`192.0.${at + 1}.0/24`, 1, { addressKey: at, agents: 1, newest: at < newest ? 1 : 0 }),
  );

const find = (visits: AddressVisits[], more: Partial<Circumstances> = {}) =>
  diagnose(
    [...visits].sort((a, b) => b.visitors - a.visitors),
    { ...circumstances, ...more },
  );

describe('addresses that no visitor can have', () => {
  test.each([
    '10.0.0.0/24',
    '192.168.1.0/24',
    '172.18.0.0/24',
    '127.0.0.0/24',
    '100.64.7.0/24',
    'fd00:1::/48',
  ])('%s is noticed when it has most of the visits', (prefix) => {
    expect(find([from(prefix, 60), ...others(40)])).toMatchObject({ cause: 'private', share: 0.6 });
    expect(find([from(prefix, 40), ...others(60)])).toBeNull();
  });

  test('this machine’s own is noticed', () => {
    const own = from('198.51.100.0/24', 60);
    expect(find([own, ...others(40)])).toBeNull();
    expect(find([own, ...others(40)], { ownKeys: new Set([own.addressKey]) })).toMatchObject({
      cause: 'own',
    });
  });

  test.each([
    ['172.70.1.0/24', null, 'Cloudflare'],
    ['2606:4700:10::/48', null, 'Cloudflare'],
    ['151.101.1.0/24', null, 'Fastly'],
    ['192.0.2.0/24', 'Akamai', 'Akamai'],
    ['192.0.2.0/24', 'AMAZON-02 - Amazon.com, Inc.', 'Amazon CloudFront'],
    ['192.0.2.0/24', 'Vercel', 'Vercel'],
    ['192.0.2.0/24', 'Netlify', 'Netlify'],
  ])('%s of %s is noticed as %s', (prefix, network, name) => {
    const found = find([from(prefix, 60, { network }), ...others(40)]);
    expect(found).toMatchObject({ cause: 'service', service: { name } });
    expect(found && diagnosisWords(found)).toBe(
      `60 % of the latest visits come from ${name}: it is not named as trusted, so its own addresses are taken for the visitors’`,
    );
  });
});

describe('an address that could be anybody’s', () => {
  const shared = (more: Partial<AddressVisits> = {}) => [from('198.51.100.0/24', 97, more), ...others(3)];

  test('is noticed when nearly all visitors have it, of all sorts', () => {
    const found = find(shared());
    expect(found).toMatchObject({ cause: 'one-address', share: 0.97, service: null });
    expect(found && diagnosisWords(found)).toContain('97 % of the latest visits share one address');
  });

  test.each([
    ['a few people who come often', shared({ visitors: 9 })],
    ['machines that are alike', shared({ agents: 3 })],
    ['one visitor in eight from elsewhere', [from('198.51.100.0/24', 70), ...others(10)]],
    ['many visits, but few of the visitors', shared({ visitors: 12 }).concat(others(10))],
    ['fewer than fifty visits', [from('198.51.100.0/24', 49)]],
    ['none of the newest visits', [from('198.51.100.0/24', 97, { newest: 9 }), ...others(11, 11)]],
  ])('is not accused with %s', (_, visits) => {
    expect(find(visits)).toBeNull();
  });

  test('is not accused once the owner called it right', () => {
    const [office] = shared();
    expect(find(shared(), { dismissed: new Set([`address:${office?.addressKey}`]) })).toBeNull();
    expect(find(shared(), { dismissed: new Set(['address:1', 'private']) })).not.toBeNull();
  });

  test('that is private and was called right is not accused for being one', () => {
    const bridge = from('172.18.0.0/24', 97);
    expect(find([bridge], { dismissed: new Set(['private']) })).toBeNull();
  });
});

describe('what to set', () => {
  const found = (prefix: string, network: string | null = null) => {
    const diagnosis = find([from(prefix, 97, { network })]);
    if (diagnosis === null) throw new Error('not noticed');
    return diagnosis;
  };

  test('is added to what is trusted already', () => {
    const seen = { trusted: ['10.0.0.0/8'], peer: '172.18.0.1' };
    expect(trustedWords(found('172.18.0.0/24'), seen)).toBe('10.0.0.0/8,172.18.0.1/32');
    expect(trustedWords(found('fd00:1::/48'), { trusted: [], peer: 'fd00:1::7' })).toBe('fd00:1::7/128');
  });

  test('is the service’s ranges, where they are known', () => {
    expect(trustedWords(found('172.70.1.0/24'), { trusted: [], peer: null })).toMatch(
      /^173\.245\.48\.0\/20,.*2c0f:f248::\/32$/,
    );
    expect(remedies(found('172.70.1.0/24'), 'footlight.example.com', 8080)[1]?.lines).toContain(
      'trusted_proxies static 173.245.48.0/20',
    );
  });

  test('is never somebody’s whole neighbourhood: a public address is only named where it is seen', () => {
    expect(trustedWords(found('198.51.100.0/24'), { trusted: [], peer: null })).toBe('ADDRESS-OF-YOUR-PROXY');
    expect(trustedWords(found('198.51.100.0/24'), { trusted: [], peer: '198.51.100.7' })).toBe(
      '198.51.100.7/32',
    );
  });

  test.each([
    ['172.18.0.0/24', 'a proxy in Docker, or Docker’s own bridge'],
    ['127.0.0.0/24', 'a proxy on this machine'],
    ['::/48', 'a proxy on this machine'],
    ['10.1.2.0/24', 'a proxy in your own network'],
    ['198.51.100.0/24', 'a proxy of your own'],
    ['172.70.1.0/24', 'Cloudflare'],
  ])('%s is taken for %s', (prefix, name) => {
    expect(likelyProxy(found(prefix))).toBe(name);
  });
});
