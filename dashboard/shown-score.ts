/** Scores on their way to a page: with the words of the rules that they are of. */
import { askedNow, currentScoring } from '../collector/score/keep.ts';
import { presetScoring } from '../collector/score/preset.ts';
import type { ScoreRule, Scoring } from '../collector/score/scoring.ts';
import { type Band, type Condition, conditionsOf } from '../collector/segment/tree.ts';
import type { Reason, ScoreExplained } from '../collector/store/scores.ts';
import type { House } from './house.ts';
import { unlessGivenUp } from './look-at-segment.ts';

/** A reason in words. */
export interface ToldReason {
  label: string;
  points: number;
}

export interface ShownScore {
  score: number;
  band: Band;
  /** The heaviest first. */
  reasons: ToldReason[];
}

/** What a rule is called: by its writer, else by what it asks. */
export const labelOf = ({ label, expression }: Pick<ScoreRule, 'label' | 'expression'>) =>
  label || expression;

/** A version's rules; of 0, those that came with the program. */
export async function scoringOf(house: House, version: number): Promise<Scoring | null> {
  if (version === 0) return presetScoring;
  return (await house.store.scoreVersion(version))?.scoring ?? null;
}

export function toldReasons(reasons: readonly Reason[], scoring: Scoring): ToldReason[] {
  return reasons.flatMap(({ rule, points }) => {
    const found = scoring.rules[rule];
    return found === undefined ? [] : [{ label: labelOf(found), points }];
  });
}

/** The kept scores of accounts; one that is not worked out yet is left out. */
export async function shownScores(
  house: House,
  accountIds: readonly number[],
): Promise<Map<number, ShownScore>> {
  const kept = await house.store.scoresOf(accountIds);
  const scorings = new Map<number, Scoring | null>();
  for (const version of new Set(kept.map((one) => one.version)))
    scorings.set(version, await scoringOf(house, version));
  return new Map(
    kept.map(({ accountId, version, score, band, reasons }) => {
      const scoring = scorings.get(version) ?? null;
      return [accountId, { score, band, reasons: scoring === null ? [] : toldReasons(reasons, scoring) }];
    }),
  );
}

/** One account's score as of now; null: it took too long to work out. */
export interface ExplainedScore {
  scoring: Scoring;
  /** The conditions of each rule, in the order of what was found. */
  conditions: Condition[][];
  explained: ScoreExplained;
}

export async function explainedScore(house: House, accountId: number): Promise<ExplainedScore | null> {
  const { scoring } = await currentScoring(house.store);
  const asked = await askedNow(house.store, house.now());
  const explained = await house.store.explainScore(asked, accountId).catch(unlessGivenUp);
  if (explained === null) return null;
  const conditions = asked.rules.map((rule) => (rule === null ? [] : conditionsOf(rule.segment)));
  return { scoring, conditions, explained };
}
