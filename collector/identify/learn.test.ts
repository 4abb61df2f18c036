import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence, SourceName, Verdict } from '../reveal/verdict.ts';
import { expiryMs, halfLifeMs, learn, restsOnLearning, type Teaching } from './learn.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 5, 1);
const [acme, vocus] = [1, 2];

const said = (personId: number, accountId: number, at = now, until = at): Teaching => ({
  personId,
  accountId,
  firstAt: at,
  lastAt: until,
});

describe('an address', () => {
  test.each<{ what: string; teachings: Teaching[]; at?: number; learned: object }>([
    { what: 'that nobody taught', teachings: [], learned: { state: 'nothing', confidence: 0 } },
    {
      what: 'that one person taught',
      teachings: [said(1, acme)],
      learned: { state: 'possible', accountId: acme, people: 1, confidence: 0.5, purity: 1 },
    },
    {
      what: 'that two people taught',
      teachings: [said(1, acme), said(2, acme)],
      learned: { state: 'learned', accountId: acme, people: 2, confidence: 0.85 },
    },
    {
      what: 'that two people taught, and a third contradicts',
      teachings: [said(1, acme), said(2, acme), said(3, vocus)],
      learned: { state: 'disputed', accountId: null, confidence: 0 },
    },
    {
      what: 'that four people taught, and a guest contradicts',
      teachings: [said(1, acme), said(2, acme), said(3, acme), said(4, acme), said(5, vocus)],
      learned: { state: 'learned', accountId: acme, people: 4, purity: 0.8 },
    },
    {
      what: 'that two people taught long ago, and one contradicts now',
      teachings: [said(1, acme, now - 200 * day), said(2, acme, now - 200 * day), said(3, vocus)],
      learned: { state: 'disputed', accountId: null },
    },
    {
      what: 'that two people taught one half-life ago',
      teachings: [said(1, acme, now - halfLifeMs), said(2, acme, now - halfLifeMs)],
      learned: { state: 'possible', accountId: acme, people: 2, confidence: 0.68 },
    },
    {
      what: 'that four people taught one half-life ago',
      teachings: [1, 2, 3, 4].map((person) => said(person, acme, now - halfLifeMs)),
      learned: { state: 'learned', people: 4, confidence: 0.85 },
    },
    {
      what: 'that two people taught before and after the visit',
      teachings: [said(1, acme, now - 300 * day, now + day), said(2, acme, now - day, now + 300 * day)],
      learned: { state: 'learned', confidence: 0.85 },
    },
    {
      what: 'whose teaching has expired',
      teachings: [said(1, acme), said(2, acme)],
      at: now + expiryMs + 1,
      learned: { state: 'nothing', accountId: null },
    },
    {
      what: 'that four companies taught',
      teachings: [said(1, 1), said(2, 2), said(3, 3), said(4, 4)],
      learned: { state: 'shared', accountId: null },
    },
    {
      what: 'that many of one company taught, and one each of three others',
      teachings: [
        ...Array.from({ length: 20 }, (_, person) => said(person, acme)),
        said(21, 2),
        said(22, 3),
        said(23, 4),
      ],
      learned: { state: 'shared', accountId: null },
    },
  ])('$what', ({ teachings, at = now, learned }) => {
    expect(learn(teachings, at)).toMatchObject(learned);
  });

  test('that was forgotten is learned anew from what is taught after', () => {
    const before = [said(1, acme, now - day), said(2, acme, now - day)];
    expect(learn(before, now, now)).toMatchObject({ state: 'nothing' });
    const after = [said(1, acme, now - day, now + day), said(3, acme, now + day)];
    expect(learn([...before, ...after].slice(1), now + 2 * day, now)).toMatchObject({
      state: 'learned',
      people: 2,
    });
  });

  const teaching: fc.Arbitrary<Teaching> = fc
    .record({
      accountId: fc.integer({ min: 1, max: 5 }),
      at: fc.integer({ min: -500, max: 500 }),
      days: fc.integer({ min: 0, max: 300 }),
    })
    .map(({ accountId, at, days }) => said(0, accountId, now + at * day, now + (at + days) * day));
  const teachings = fc
    .array(teaching, { maxLength: 12 })
    .map((list) => list.map((one, personId) => ({ ...one, personId })));
  const moment = fc.integer({ min: -900, max: 900 }).map((days) => now + days * day);

  test('whatever it was taught, is thought of the same in any order, and within bounds', () => {
    fc.assert(
      fc.property(teachings, moment, (list, at) => {
        const learned = learn(list, at);
        const { state, accountId, people, purity, confidence } = learned;
        expect(learn([...list].reverse(), at)).toEqual({ ...learned, purity: expect.closeTo(purity, 9) });
        expect(['learned', 'possible'].includes(state)).toBe(accountId !== null);
        expect(accountId === null ? confidence === 0 : confidence >= 0.5 && confidence <= 0.85).toBe(true);
        if (state === 'learned') {
          expect(people).toBeGreaterThanOrEqual(2);
          expect(purity).toBeGreaterThanOrEqual(0.8);
          expect(confidence).toBeGreaterThanOrEqual(0.7);
        }
        expect(purity).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is surer of a company with every other person who says so, and less with every one who does not', () => {
    fc.assert(
      fc.property(teachings, moment, (list, at) => {
        const { state, accountId, confidence } = learn(list, at);
        if (accountId === null) return;
        const agreed = learn([...list, said(99, accountId, at)], at);
        expect(agreed).toMatchObject({ accountId });
        expect(agreed.confidence).toBeGreaterThanOrEqual(confidence);
        const denied = learn([...list, said(99, 77, at)], at);
        if (denied.accountId === accountId) expect(denied.confidence).toBeLessThanOrEqual(confidence);
        if (state === 'possible' && denied.state === 'learned') expect.unreachable();
      }),
    );
  });

  test('depends on how far away in time each word is, and on no clock', () => {
    fc.assert(
      fc.property(teachings, moment, fc.integer({ min: -3_000, max: 3_000 }), (list, at, days) => {
        const shift = days * day;
        const shifted = list.map((one) => ({
          ...one,
          firstAt: one.firstAt + shift,
          lastAt: one.lastAt + shift,
        }));
        const { lastAt: _, ...learned } = learn(list, at);
        expect(learn(shifted, at + shift)).toMatchObject(learned);
      }),
    );
  });
});

describe('a verdict', () => {
  const verdict = (...evidence: [SourceName, number][]): Verdict => ({
    kind: 'isp',
    company: { name: 'Acme', domain: 'acme.example' },
    operator: 'Wide Area Telecom',
    confidence: 0.85,
    tier: 'account',
    evidence: evidence.map(
      ([source, confidence]): Evidence => ({ source, confidence, says: '', dataOf: null }),
    ),
  });

  test.each<[string, Verdict, boolean]>([
    ['of learning alone', verdict(['learned', 0.85]), true],
    ['of learning and a reason against', verdict(['learned', 0.85], ['blocker', 0]), true],
    ['that learning lifts over the line', verdict(['learned', 0.5], ['as-handle', 0.45]), true],
    ['that the data makes by itself', verdict(['company-database', 0.8], ['learned', 0.85]), false],
    [
      'that two weak sources make without it',
      verdict(['as-handle', 0.5], ['as-name', 0.6], ['learned', 0.5]),
      false,
    ],
    ['without learning', verdict(['as-handle', 0.45]), false],
    ['that names no account', { ...verdict(['learned', 0.5]), tier: 'possible' }, false],
  ])('%s', (_, given, rests) => {
    expect(restsOnLearning(given)).toBe(rests);
  });
});
