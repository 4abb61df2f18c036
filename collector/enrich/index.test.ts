import { expect, test } from 'vitest';
import { firefox } from '../../test/support/agents.ts';
import type { Draft } from '../draft.ts';
import type { Verdict } from '../reveal/verdict.ts';
import { createEnricher } from './index.ts';
import type { Tools } from './step.ts';

const verdict: Verdict = {
  kind: 'business',
  company: { name: 'Acme', domain: 'acme.example' },
  operator: null,
  confidence: 0.8,
  tier: 'account',
  evidence: [],
};
const asked: string[] = [];
const tools: Tools = {
  resolver: {
    resolve: (address) => {
      asked.push(address);
      return verdict;
    },
    country: () => 'NO',
    asNumber: () => 64500,
  },
  addressKey: () => 42,
  isSuspect: () => false,
  contextOf: () => ({ learned: null, reverseName: null }),
  isOwnHost: (_, host) => host === 'www.lumen.example',
};

const draft = (more: Partial<Draft> = {}): Draft => ({
  siteId: 1,
  eventKey: 'event-0001',
  via: 'tag',
  type: 'page',
  at: 0,
  receivedAt: 0,
  visitorKey: 'visitor-1',
  address: '198.51.100.7',
  userAgent: firefox,
  page: { host: 'www.lumen.example', path: '/' },
  search: '',
  title: '',
  referrer: '',
  detail: {},
  ...more,
});

test('a draft comes out with its agent, arrival, country and company, and a cut address', () => {
  const { enrich } = createEnricher(tools);
  expect(enrich(draft({ referrer: 'https://www.google.com/' }))).toMatchObject({
    facts: {
      agent: { browser: 'Firefox', os: 'Linux', device: 'desktop' },
      arrival: { channel: 'Organic Search' },
      network: { prefix: '198.51.100.0/24', addressKey: 42, country: 'NO', verdict },
    },
  });
});

test('a page before it on the same site is no arrival, and neither is none at all', () => {
  const { enrich } = createEnricher(tools);
  expect(enrich(draft({ referrer: 'https://www.lumen.example/pricing' }))).toMatchObject({
    facts: { arrival: null },
  });
  expect(enrich(draft())).toMatchObject({ facts: { arrival: null } });
});

test('an agent that nobody can read is not called a desktop', () => {
  const { enrich } = createEnricher(tools);
  expect(enrich(draft({ userAgent: 'Mozilla/5.0 (not logged)' }))).toMatchObject({
    facts: { agent: { browser: 'Unknown', os: 'Unknown', device: 'other' } },
  });
});

test('only a page view arrives', () => {
  const { enrich } = createEnricher(tools);
  expect(enrich(draft({ type: 'form', search: '?utm_source=x' }))).toMatchObject({
    facts: { arrival: null },
  });
});

test.each([
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'curl/8.5.0',
  'Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  '',
])('a program is refused before anyone looks up its address: %j', (userAgent) => {
  const { enrich, timings } = createEnricher(tools);
  asked.length = 0;
  expect(enrich(draft({ userAgent }))).toEqual({ drop: 'bot' });
  expect(asked).toEqual([]);
  expect(timings().map(({ name, count }) => ({ name, count }))).toEqual([
    { name: 'bot', count: 1 },
    { name: 'agent', count: 0 },
    { name: 'arrival', count: 0 },
    { name: 'country', count: 0 },
    { name: 'company', count: 0 },
  ]);
});

test('the time of each step is added up under its name', () => {
  let now = 0;
  const { enrich, timings } = createEnricher(tools, () => {
    now += 5;
    return now;
  });
  enrich(draft());
  enrich(draft());
  expect(timings()).toContainEqual({ name: 'company', count: 2, totalUs: 10 });
});
