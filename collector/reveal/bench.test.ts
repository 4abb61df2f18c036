import { describe, expect, test } from 'vitest';
import { halfOf, isCleanName, type Label, scoreLabels } from './bench.ts';
import type { LookupAnswer } from './lookup.ts';

const label = (more: Partial<Label>): Label => ({
  ip: '198.51.100.7',
  kinds: ['business'],
  account: null,
  ...more,
});
const account = (name: string, aliases: string[] = [], domain: string | null = null) => ({
  name,
  aliases,
  domain,
});
const answer = (more: Partial<LookupAnswer>): LookupAnswer => ({
  ip: '198.51.100.7',
  kind: 'business',
  account: null,
  confidence: 0,
  tier: 'none',
  evidence: [],
  ...more,
});
const said = (name: string, tier: 'account' | 'possible' = 'account', domain: string | null = null) =>
  answer({ account: { name, domain }, tier, confidence: 0.8 });

function score(...rows: [Label, LookupAnswer][]) {
  return scoreLabels(
    rows.map(([one]) => one),
    (one) => rows.find(([other]) => other === one)?.[1] ?? answer({}),
  );
}

describe('a label list is scored', () => {
  test('an account is right by its domain, or by a name or alias within it', () => {
    const { precision, recall, wrong } = score(
      [
        label({ account: account('Example Foods', [], 'example.com') }),
        said('Whatever', 'account', 'example.com'),
      ],
      [label({ account: account('Example Foods') }), said('Example Foods Group')],
      [label({ account: account('Example Foods', ['Exfo']) }), said('EXFO International')],
      [label({ account: account('Example Foods') }), said('Northwind')],
    );
    expect([precision, recall]).toEqual([
      { part: 3, of: 4 },
      { part: 3, of: 4 },
    ]);
    expect(wrong.map(({ problem }) => problem)).toEqual(['says Northwind (account); it is Example Foods']);
  });

  test('a possible one counts as found, not as claimed', () => {
    const { precision, recall, recallWithPossible } = score([
      label({ account: account('Example Foods') }),
      said('Example Foods', 'possible'),
    ]);
    expect(precision.of).toBe(0);
    expect([recall.part, recallWithPossible.part]).toEqual([0, 1]);
  });

  test('an account where nobody is, is false; where nobody can tell, it is counted apart', () => {
    const { falseAccounts, claimedOnUnknowable, precision } = score(
      [label({ kinds: ['isp'] }), said('Example Foods')],
      [label({ tier: 'unknowable' }), said('Example Foods')],
    );
    expect(falseAccounts).toEqual({ part: 1, of: 1 });
    expect(claimedOnUnknowable).toEqual({ part: 1, of: 1 });
    expect(precision.of).toBe(1);
  });

  test('kinds are compared; labels that know no proxies call them VPNs', () => {
    const { kindAccuracy } = score(
      [label({ kinds: ['isp', 'mobile'] }), answer({ kind: 'mobile' })],
      [label({ kinds: ['vpn'] }), answer({ kind: 'proxy' })],
      [label({ kinds: ['hosting'] }), answer({ kind: 'isp' })],
    );
    expect(kindAccuracy).toEqual({ part: 2, of: 3 });
  });

  test('special addresses and natural persons are counted apart', () => {
    const { special, persons } = score(
      [label({ tier: 'special', kinds: ['unknown'] }), answer({ kind: 'private' })],
      [label({ why: 'registered to a natural person', kinds: ['isp'] }), said('Somebody', 'possible')],
    );
    expect(special).toEqual({ part: 1, of: 1 });
    expect(persons).toEqual({ part: 1, of: 1 });
  });
});

test.each(['Example Foods', 'BMW', 'E.ON', '3M', 'Procter & Gamble', 'X'])('“%s” is a clean name', (name) => {
  expect(isCleanName(name)).toBe(true);
});

test.each([
  'Example Foods AG',
  'EXAMPLE-FOODS-AS1',
  'EXAMPLE FOODS',
  'Example_Foods',
  ' Example',
  'Ex “ample” "x"',
  '',
])('“%s” is not', (name) => {
  expect(isCleanName(name)).toBe(false);
});

test('the addresses of one organisation are in one half, and halves are of a size', () => {
  const one = halfOf(label({ account: account('Example Foods') }));
  expect(halfOf(label({ ip: '203.0.113.1', account: account('EXAMPLE FOODS') }))).toBe(one);
  const halves = Array.from({ length: 400 }, (_, asn) => halfOf(label({ asn })));
  const inA = halves.filter((half) => half === 'A').length;
  expect(inA).toBeGreaterThan(150);
  expect(inA).toBeLessThan(250);
});
