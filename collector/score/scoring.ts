/** What a score is made of, as an owner writes it. */
import type { Band } from '../segment/tree.ts';

export interface ScoreRule {
  /** What it is about, in the words of whoever reads the score. */
  label: string;
  /** A segment: who is in it gets the points. */
  expression: string;
  /** `time`: the points for each time that the first thing counted was done; of `engaged`, for each minute. */
  per: 'once' | 'time';
  /** Whole; may be negative. */
  points: number;
  /** The most that the rule gives or takes, without a sign; null: the points themselves, where they are given once. */
  cap: number | null;
  /** Days after which what was done counts half; null: it counts for ever. */
  halfLifeDays: number | null;
}

export interface Scoring {
  rules: ScoreRule[];
  /** The most that a score can be, up to 100. The least is 0. */
  cap: number;
  /** Scores from which on an account is called so. */
  warm: number;
  hot: number;
}

export const maxRules = 20;
export const maxPoints = 100;
export const maxHalfLifeDays = 730;
export const maxLabelLength = 60;

/** The word for a score. */
export function bandOfScore(score: number, { warm, hot }: Pick<Scoring, 'warm' | 'hot'>): Band {
  return score >= hot ? 'hot' : score >= warm ? 'warm' : 'cold';
}

/** A score from the points of its rules. */
export function scoreOf(points: readonly number[], { cap }: Pick<Scoring, 'cap'>): number {
  const sum = points.reduce((all, one) => all + one, 0);
  // Fractions add up to a hair less than they are: 29.999999999999996 is 30.
  return Math.max(0, Math.min(cap, Math.round(Number(sum.toFixed(6)))));
}
