import { expect, test } from 'vitest';
import { openReveal } from './index.ts';
import { lookupLine } from './lookup.ts';

test('each line has one answer, invalid ones too', async () => {
  const resolver = await openReveal({ databases: [], log: () => {}, watch: false });
  const company = { name: 'Example Foods', domain: 'example-foods.com' };
  resolver.setRules([{ id: 1, match: '203.0.113.0/24', company, note: '', createdAt: 0 }]);
  expect(lookupLine(resolver, ' 203.0.113.7\r')).toEqual({
    ip: '203.0.113.7',
    kind: 'business',
    account: company,
    confidence: 1,
    tier: 'account',
    evidence: [expect.objectContaining({ source: 'rule' })],
  });
  expect(lookupLine(resolver, '10.0.0.1')).toMatchObject({ kind: 'private', account: null, tier: 'none' });
  for (const line of ['', 'hello', '999.1.1.1', '8.8.8.8.8']) {
    expect(lookupLine(resolver, line)).toEqual({
      ip: line,
      kind: 'invalid',
      account: null,
      confidence: 0,
      tier: 'none',
      evidence: [],
    });
  }
});
