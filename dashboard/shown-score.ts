/** Scores on their way to a page: with the words of the rules that they are of. */
import { askedNow, currentScoring } from '../collector/score/keep.ts';
import type { Scoring } from '../collector/score/scoring.ts';
import { type ShownScore, shownScores as shownOf, scoringOf as versionOf } from '../collector/score/told.ts';
import { type Condition, conditionsOf } from '../collector/segment/tree.ts';
import type { ScoreExplained } from '../collector/store/scores.ts';
import type { House } from './house.ts';
import { unlessGivenUp } from './look-at-segment.ts';

export { labelOf, type ShownScore, type ToldReason, toldReasons } from '../collector/score/told.ts';

/** A version's rules; of 0, those that came with the program. */
export const scoringOf = ({ store }: House, version: number): Promise<Scoring | null> =>
  versionOf(store, version);

/** The kept scores of accounts; one that is not worked out yet is left out. */
export const shownScores = (
  { store }: House,
  accountIds: readonly number[],
): Promise<Map<number, ShownScore>> => shownOf(store, accountIds);

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
