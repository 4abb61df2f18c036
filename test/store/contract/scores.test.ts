/** What every engine must answer about scores: the same as whoever works them out by hand. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createScoreKeeper, refreshScores } from '../../../collector/score/keep.ts';
import { askedOf } from '../../../collector/score/read.ts';
import type { ScoreRule, Scoring } from '../../../collector/score/scoring.ts';
import { asOf } from '../../../collector/segment/as-of.ts';
import { countedOf } from '../../../collector/segment/counted.ts';
import { readSegment } from '../../../collector/segment/index.ts';
import { noNames } from '../../../collector/segment/names.ts';
import type { ScoreRuleAsked, ScoringAsked } from '../../../collector/store/scores.ts';
import type { Store } from '../../../collector/store/store.ts';
import { dayNumber } from '../../../collector/time.ts';
import { countedByDay, inSegment } from '../../support/count-by-hand.ts';
import { type DraftWish, day, draft, monday } from '../../support/drafts.ts';
import { now, settle, type World, world } from '../../support/small-world.ts';
import { segment } from '../../support/some-segment.ts';
import { engines } from '../../support/stores.ts';

const points = fc.integer({ min: -30, max: 30 }).filter((one) => one !== 0);

/** Any segment; where it has something to count, also by time and fading. */
const rule: fc.Arbitrary<ScoreRuleAsked> = segment.chain((of) => {
  const counted = countedOf(of);
  const whole = { segment: fc.constant(of), points };
  const once = fc.record({
    ...whole,
    counted: fc.constant(null),
    per: fc.constant('once' as const),
    cap: fc.constant(null),
    halfLifeDays: fc.constant(null),
  });
  if (counted === null) return once;
  const halfLifeDays = fc.integer({ min: 1, max: 20 });
  return fc.oneof(
    once,
    fc.record({
      ...whole,
      counted: fc.constant(counted),
      per: fc.constant('once' as const),
      cap: fc.constant(null),
      halfLifeDays,
    }),
    fc.record({
      ...whole,
      counted: fc.constant(counted),
      per: fc.constant('time' as const),
      cap: fc.integer({ min: 1, max: 40 }),
      halfLifeDays: fc.option(halfLifeDays),
    }),
  );
});

const scoring: fc.Arbitrary<ScoringAsked> = fc.record({
  version: fc.constant(3),
  rules: fc.array(fc.option(rule, { freq: 9 }), { minLength: 1, maxLength: 5 }),
  cap: fc.integer({ min: 20, max: 100 }),
  warm: fc.constant(10),
  hot: fc.constant(20),
  now: fc.constant(now),
});

/** What one rule gives, worked out in the plainest way; null: nothing. */
function byHand(one: ScoreRuleAsked, all: World, company: string): { before: number; points: number } | null {
  if (!inSegment(one.segment, all).includes(company)) return null;
  if (one.counted === null) return { before: one.points, points: one.points };
  const { halfLifeDays } = one;
  const done = countedByDay(one.counted, all, company);
  const fades = (on: number) => (halfLifeDays === null ? 1 : 0.5 ** ((dayNumber(now) - on) / halfLifeDays));
  if (one.per === 'once') {
    const last = Math.max(...done.map((row) => row.day));
    return { before: one.points, points: one.points * fades(last) };
  }
  const isTime = one.counted.kind === 'count' && one.counted.term === 'engaged';
  const times = (weight: (on: number) => number) =>
    done.reduce((sum, row) => sum + (row.count / (isTime ? 60 : 1)) * weight(row.day), 0);
  const faded = one.points * times(fades);
  const cap = one.cap ?? Number.POSITIVE_INFINITY;
  return { before: one.points * times(() => 1), points: Math.max(-cap, Math.min(cap, faded)) };
}

describe.each(engines)('$name', ({ open, isSwift }) => {
  test('scores are as worked out by hand, whatever the rules and the visits', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(scoring, { minLength: 12, maxLength: 12 }),
        async (wishes, scorings) => {
          const { store } = await open(() => now);
          try {
            const accounts = await settle(store, { wishes, at: now });
            for (const asked of scorings) {
              await store.saveScores(await store.staleScores(asked, 100));
              const kept = await store.scoresOf([...accounts.values()]);
              for (const [company, id] of accounts) {
                const said = `${company}: ${JSON.stringify(asked.rules)}`;
                const given = asked.rules.map((one) => (one === null ? null : byHand(one, wishes, company)));
                const sum = given.reduce((all, one) => all + (one?.points ?? 0), 0);
                const exact = Math.max(0, Math.min(asked.cap, sum));
                const row = kept.find(({ accountId }) => accountId === id);
                const hasVisits = (await store.account(id, null, now))?.visits !== 0;
                expect(row !== undefined, said).toBe(hasVisits);
                if (row === undefined) continue;
                // A half may be rounded either way by the last digit of a fraction.
                expect(Math.abs(row.score - exact), said).toBeLessThanOrEqual(0.5 + 1e-5);
                expect(row.band).toBe(row.score >= 20 ? 'hot' : row.score >= 10 ? 'warm' : 'cold');
                const explained = await store.explainScore(asked, id);
                expect(explained.score, said).toBe(row.score);
                expect(explained.rules).toHaveLength(asked.rules.length);
                for (const [index, one] of explained.rules.entries()) {
                  expect(one === null, said).toBe(asked.rules[index] === null);
                  if (one === null) continue;
                  const expected = given[index] ?? null;
                  expect(one.isMet, said).toBe(expected !== null);
                  if (expected === null) continue;
                  expect(one.given?.before, said).toBeCloseTo(expected.before, 6);
                  expect(one.given?.points, said).toBeCloseTo(expected.points, 6);
                }
              }
              // What is kept is what would be worked out: nothing is left to write.
              expect(await store.staleScores(asked, 100)).toEqual({ scores: [], removed: [] });
            }
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: isSwift ? 20 : 1 },
    );
  });

  test('an earlier day is as if nothing had come since', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        world.map((one) => ({ ...one, isMerged: false })),
        fc.array(segment, { minLength: 15, maxLength: 15 }),
        fc.integer({ min: 0, max: 11 }),
        async (wishes, segments, back) => {
          const last = dayNumber(now) - back;
          // The day of the first visit is told by those that there were; and titles have no past.
          const past: World = {
            ...wishes,
            visits: wishes.visits.filter((visit) => dayNumber(now) - 11 + visit.day <= last),
          };
          const { store } = await open(() => now);
          try {
            const accounts = await settle(store, { wishes, at: now });
            const nameOf = new Map([...accounts].map(([name, id]) => [id, name]));
            for (const one of segments) {
              if (JSON.stringify(one).includes('"trait"')) continue;
              const then = now - back * day;
              const members = await store.segmentMembers({ segment: asOf(one, last), now: then });
              const expected = inSegment(one, past, then);
              expect([...members].map((id) => nameOf.get(id)).sort(), JSON.stringify(one)).toEqual(
                expected.sort(),
              );
            }
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: isSwift ? 20 : 1 },
    );
  });
});

const kim = 'kim@example.com';
const once = (expression: string, points: number, halfLifeDays: number | null = null): ScoreRule => ({
  label: expression,
  expression,
  per: 'once',
  points,
  cap: null,
  halfLifeDays,
});
const scoringOf = (...rules: ScoreRule[]): Scoring => ({ rules, cap: 100, warm: 20, hot: 50 });

describe.each(engines)('$name: a score', ({ open }) => {
  let store: Store;
  const now = monday + 10 * day;

  beforeEach(async () => {
    ({ store } = await open(() => now));
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(async () => {
    expect(await store.verify()).toEqual([]);
    await store.close();
  });

  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  const asked = (scoring: Scoring, version = 0, at = now) => askedOf(scoring, noNames, { version, now: at });
  const list = { siteId: null, period: { from: 0, to: now + day }, search: '', offset: 0, limit: 10 };
  const names = async (typed: string) => {
    const read = readSegment(typed, noNames);
    if (read.problem !== null) throw new Error(read.problem.says);
    return (await store.segmentAccounts({ segment: read.segment, now }, 10)).rows.map(({ name }) => name);
  };
  const idOf = async (name: string) => (await store.findAccounts(name, 1))[0]?.id ?? 0;
  const purchase: Pick<DraftWish, 'type' | 'detail'> = {
    type: 'track',
    detail: { track: { name: 'Purchase', props: {} } },
  };
  /** Acme looks at prices twice today and once a week ago, Borealis a week ago, Corvid never. */
  const three = () =>
    append(
      { visitor: 'a', company: 'Acme', at: now, path: '/pricing' },
      { visitor: 'a', company: 'Acme', at: now + 1_000, path: '/pricing' },
      { visitor: 'a', company: 'Acme', at: now - 7 * day, path: '/pricing' },
      { visitor: 'b', company: 'Borealis', at: now - 7 * day, path: '/pricing' },
      { visitor: 'c', company: 'Corvid', at: now, path: '/' },
    );
  const prices: ScoreRule = {
    label: 'Looked at prices',
    expression: 'viewed("/pricing")',
    per: 'time',
    points: 20,
    cap: 45,
    halfLifeDays: 7,
  };

  test('fades by the day, is capped, and says how it came about', async () => {
    await three();
    const scoring = scoringOf(prices, once('visits >= 1', 3));
    const explained = await store.explainScore(asked(scoring), await idOf('Acme'));
    expect(explained).toMatchObject({ score: 48, band: 'warm' });
    expect(explained.rules[0]).toEqual({
      isMet: true,
      // Two of today and one that counts half.
      given: {
        rule: 0,
        before: 60,
        faded: 50,
        points: 45,
        count: 3,
        lastAt: Math.floor(now / day) * day,
      },
      conditions: [{ isMet: true, found: 3, people: null }],
    });
    expect((await store.explainScore(asked(scoring), await idOf('Borealis'))).score).toBe(13);
    // Three weeks on, nothing was done, and less of it counts.
    const later = await store.explainScore(asked(scoring, 0, now + 21 * day), await idOf('Borealis'));
    expect(later.score).toBe(Math.round(20 / 16 + 3));
    expect((await store.explainScore(asked(scoring), await idOf('Corvid'))).rules[0]).toMatchObject({
      isMet: false,
      given: null,
      conditions: [{ isMet: false, found: 0 }],
    });
  });

  test('is never below nothing nor above its cap', async () => {
    await three();
    const acme = await idOf('Acme');
    const of = async (...rules: ScoreRule[]) =>
      (await store.explainScore({ ...asked(scoringOf(...rules)), cap: 70 }, acme)).score;
    expect(await of(once('visits >= 1', -5), once('viewed("/pricing")', 2))).toBe(0);
    expect(await of(once('visits >= 1', 60), once('viewed("/pricing")', 60))).toBe(70);
  });

  test('sorts the list and is a word of the language, once it is worked out', async () => {
    await three();
    const order = async () => {
      const query = { ...list, sort: 'score', descending: true } as const;
      return (await store.accounts(query)).rows.map(({ name }) => name);
    };
    expect(await names('score >= 0')).toEqual([]);
    await store.publishScoring(scoringOf(prices, once('name = corvid', 1)), kim, '', now);
    await refreshScores(store, now);
    expect(await order()).toEqual(['Acme', 'Borealis', 'Corvid']);
    expect(await names('score >= 10')).toEqual(['Acme', 'Borealis']);
    expect(await names('score = "Warm"')).toEqual(['Acme']);
    expect(await names('score != "cold" or score < 5')).toEqual(['Acme', 'Corvid']);
    expect(await store.scoreBands()).toEqual({ cold: 2, warm: 1, hot: 0 });
    expect(await store.scoresOf([await idOf('Acme')])).toMatchObject([
      { version: 1, score: 45, band: 'warm', reasons: [{ rule: 0, points: 45 }] },
    ]);
  });

  test('changes when a version is published, and what was published before stays as it was', async () => {
    await three();
    const first = await store.publishScoring(scoringOf(once('visits >= 1', 10)), kim, 'the first', now);
    await refreshScores(store, now);
    const acme = await idOf('Acme');
    expect(await store.scoresOf([acme])).toMatchObject([{ version: 1, score: 10 }]);
    const second = await store.publishScoring(scoringOf(once('visits >= 1', 60)), kim, 'more', now + 1);
    // Published is not yet worked out: what is kept says of which version it is.
    expect(await store.scoresOf([acme])).toMatchObject([{ version: 1, score: 10 }]);
    await refreshScores(store, now);
    expect(await store.scoresOf([acme])).toMatchObject([{ version: 2, score: 60, band: 'hot' }]);
    expect(await store.scoreVersions(9)).toEqual([second, first]);
    expect(await store.scoreVersion(1)).toEqual({
      id: 1,
      scoring: scoringOf(once('visits >= 1', 10)),
      note: 'the first',
      madeBy: kim,
      madeAt: now,
    });
    expect(await store.scoreVersion(3)).toBeNull();
  });

  test('goes with the visits when they are found to be another’s', async () => {
    await three();
    await refreshScores(store, now);
    expect(await store.scoreBands()).toMatchObject({ cold: 3 });
    const [acme, corvid] = [await idOf('Acme'), await idOf('Corvid')];
    await store.decide({ kind: 'merge', accountId: corvid, targetId: acme, note: '' }, kim, now);
    await refreshScores(store, now);
    expect((await store.scoresOf([acme, corvid])).map(({ accountId }) => accountId)).toEqual([acme]);
  });

  test('is kept by looking now and then: after a visit, a day, a version; and not where nothing is new', async () => {
    let at = now;
    let clock = 0;
    const rounds: number[] = [];
    const watched: Store = {
      ...store,
      staleScores: (...given) => {
        rounds.push(at);
        return store.staleScores(...given);
      },
    };
    const keeper = createScoreKeeper(
      watched,
      () => at,
      () => clock,
    );
    const look = async () => {
      clock += 10_000;
      const before = rounds.length;
      await keeper.look();
      return rounds.length - before;
    };
    await three();
    expect(await look()).toBe(1);
    expect(await look()).toBe(0);
    expect(await look()).toBe(0);
    at += day;
    expect(await look()).toBe(1);
    await append({ visitor: 'd', company: 'Delta', at: now });
    // Too soon after the last round.
    await keeper.look();
    expect(await store.scoresOf([await idOf('Delta')])).toEqual([]);
    expect(await look()).toBe(1);
    expect(await store.scoresOf([await idOf('Delta')])).toHaveLength(1);
    await store.publishScoring(scoringOf(prices), kim, '', at);
    expect(await look()).toBe(1);
    expect(await look()).toBe(0);
  });

  test('can be compared with another before anybody sees it', async () => {
    await three();
    const [before, after] = [scoringOf(once('visits >= 1', 30)), scoringOf(prices, once('visits >= 1', 5))];
    const found = await store.compareScores(asked(before, 1), asked(after), 1);
    expect(found).toMatchObject({
      before: { cold: 0, warm: 3, hot: 0 },
      after: { cold: 2, warm: 0, hot: 1 },
      changed: 3,
      risers: [
        {
          name: 'Acme',
          before: 30,
          after: 50,
          reasonsBefore: [{ rule: 0, points: 30 }],
          reasonsAfter: [
            { rule: 0, points: 45 },
            { rule: 1, points: 5 },
          ],
        },
      ],
      fallers: [{ name: 'Corvid', before: 30, after: 5 }],
    });
    expect(await store.scoreBands()).toEqual({ cold: 0, warm: 0, hot: 0 });
  });

  test('can be tried on those who bought, as they were a while before', async () => {
    const bought = (name: string, at: number): DraftWish => ({
      visitor: name,
      company: name,
      at,
      ...purchase,
    });
    await append(
      // Read prices long before, and again after.
      { visitor: 'Acme', company: 'Acme', at: now - 50 * day, path: '/pricing' },
      { visitor: 'Acme', company: 'Acme', at: now - 49 * day, path: '/pricing' },
      bought('Acme', now - 10 * day),
      bought('Acme', now - day),
      { visitor: 'Acme', company: 'Acme', at: now, path: '/pricing' },
      // Came, and read prices only shortly before.
      { visitor: 'Borealis', company: 'Borealis', at: now - 60 * day, path: '/' },
      { visitor: 'Borealis', company: 'Borealis', at: now - 12 * day, path: '/pricing' },
      bought('Borealis', now - 10 * day),
      // Had not come by then.
      bought('Corvid', now - day),
      // Never bought; and one who came too late to be compared with.
      { visitor: 'Delta', company: 'Delta', at: now - 90 * day, path: '/pricing' },
      { visitor: 'Ember', company: 'Ember', at: now - day, path: '/pricing' },
    );
    const read = readSegment('event("Purchase")', noNames);
    const counted = read.problem === null ? countedOf(read.segment) : null;
    if (read.problem !== null || counted === null) throw new Error('it can be counted');
    const scoring = scoringOf({ ...prices, cap: 100, halfLifeDays: null });
    const found = await store.scoreBuyers(
      { segment: read.segment, counted },
      { before: asked(scoringOf(once('visits >= 1', 20)), 1), after: asked(scoring) },
      { daysBefore: 30, looked: 10 },
    );
    expect(found).toEqual({
      buyers: 3,
      known: 2,
      looked: 2,
      before: { cold: 0, warm: 2, hot: 0 },
      after: { cold: 1, warm: 1, hot: 0 },
      others: { cold: 0, warm: 1, hot: 0 },
    });
  });

  test('asks nothing of a rule whose name is gone, and cannot rest on itself', async () => {
    await three();
    const scoring = scoringOf(once('projects_created > 2', 50), once('visits >= 1', 5));
    const explained = await store.explainScore(asked(scoring), await idOf('Acme'));
    expect(explained.score).toBe(5);
    expect(explained.rules[0]).toBeNull();
    expect(asked(scoringOf(once('score > 10', 5))).rules).toEqual([null]);
  });
});
