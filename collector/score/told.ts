/** Scores on their way out: with the words of the rules that they are of. */
import type { Band } from '../segment/tree.ts';
import type { Reason } from '../store/scores.ts';
import type { Store } from '../store/store.ts';
import { presetScoring } from './preset.ts';
import type { ScoreRule, Scoring } from './scoring.ts';

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
export async function scoringOf(
  store: Pick<Store, 'scoreVersion'>,
  version: number,
): Promise<Scoring | null> {
  if (version === 0) return presetScoring;
  return (await store.scoreVersion(version))?.scoring ?? null;
}

export function toldReasons(reasons: readonly Reason[], scoring: Scoring): ToldReason[] {
  return reasons.flatMap(({ rule, points }) => {
    const found = scoring.rules[rule];
    return found === undefined ? [] : [{ label: labelOf(found), points }];
  });
}

/** The kept scores of accounts; one that is not worked out yet is left out. */
export async function shownScores(
  store: Pick<Store, 'scoresOf' | 'scoreVersion'>,
  accountIds: readonly number[],
): Promise<Map<number, ShownScore>> {
  const kept = await store.scoresOf(accountIds);
  const scorings = new Map<number, Scoring | null>();
  for (const version of new Set(kept.map((one) => one.version)))
    scorings.set(version, await scoringOf(store, version));
  return new Map(
    kept.map(({ accountId, version, score, band, reasons }) => {
      const scoring = scorings.get(version) ?? null;
      return [accountId, { score, band, reasons: scoring === null ? [] : toldReasons(reasons, scoring) }];
    }),
  );
}
