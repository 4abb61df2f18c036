/** From a score as it was written to what the store is asked: each rule is read anew, with the names that exist now. */
import { countedOf } from '../segment/counted.ts';
import { type ReadSegment, readSegment } from '../segment/index.ts';
import type { Names } from '../segment/names.ts';
import type { ScoringAsked } from '../store/scores.ts';
import type { ScoreRule, Scoring } from './scoring.ts';

/** Terms that a rule may not ask for. */
const refused = { score: 'a score cannot rest on itself' } as const;

export interface ReadRule {
  read: ReadSegment;
  /** What is wrong with the rule though its expression can be read; null: nothing. */
  problem: string | null;
}

export function readRule(rule: ScoreRule, names: Names): ReadRule {
  const read = readSegment(rule.expression, names, refused);
  if (read.problem !== null || (rule.per === 'once' && rule.halfLifeDays === null))
    return { read, problem: null };
  if (countedOf(read.segment) !== null) return { read, problem: null };
  const what = rule.per === 'time' ? 'Points for each time need' : 'Points that fade need';
  return {
    read,
    problem: `${what} something that is done on days: views, events, forms, visits, time on pages or how they came, as it stands or joined by “and”. Give these points once and for good, or make two rules of it.`,
  };
}

/**
 * What the store is asked. A rule that cannot be read any more, since the name that it rests on is gone, gives nothing.
 * @param version 0: the one that came with the program, or a draft
 */
export function askedOf(
  scoring: Scoring,
  names: Names,
  { version, now }: { version: number; now: number },
): ScoringAsked {
  const rules = scoring.rules.map((rule): ScoringAsked['rules'][number] => {
    const { read, problem } = readRule(rule, names);
    if (read.problem !== null || problem !== null) return null;
    const { per, points, cap, halfLifeDays } = rule;
    const counted = per === 'time' || halfLifeDays !== null ? countedOf(read.segment) : null;
    return { segment: read.segment, counted, per, points, cap, halfLifeDays };
  });
  const { cap, warm, hot } = scoring;
  return { version, rules, cap, warm, hot, now };
}
