/** A score as somebody wrote it, checked: the same for the page and for programs. */
import { type ReadRule, readRule } from '../score/read.ts';
import { maxHalfLifeDays, maxPoints, type ScoreRule, type Scoring } from '../score/scoring.ts';
import type { Names } from '../segment/names.ts';

/** A rule as it was typed: numbers may be none. */
export interface TypedRule {
  label: string;
  expression: string;
  per: 'once' | 'time';
  points: string;
  cap: string;
  halfLife: string;
}

export interface TypedScoring {
  rules: TypedRule[];
  cap: string;
  warm: string;
  hot: string;
}

/** What is wrong with a rule, by field; `read` says it of the expression. */
export interface RuleProblems {
  read: ReadRule | null;
  points?: string;
  cap?: string;
  halfLife?: string;
}

export interface ScoringProblems {
  rules: RuleProblems[];
  cap?: string;
  warm?: string;
  hot?: string;
  /** Of the whole. */
  all?: string;
}

/** A score as it would be typed. */
export function typedOf({ rules, cap, warm, hot }: Scoring): TypedScoring {
  const text = (number: number | null) => (number === null ? '' : String(number));
  return {
    rules: rules.map((rule) => ({
      label: rule.label,
      expression: rule.expression,
      per: rule.per,
      points: text(rule.points),
      cap: text(rule.cap),
      halfLife: text(rule.halfLifeDays),
    })),
    cap: text(cap),
    warm: text(warm),
    hot: text(hot),
  };
}

/** A whole number within bounds, else null. */
function whole(text: string, least: number, most: number): number | null {
  const number = /^[-+−]?\d{1,6}$/.test(text) ? Number(text.replace('−', '-')) : Number.NaN;
  return number >= least && number <= most ? number : null;
}

function checkRule(typed: TypedRule, names: Names): { rule: ScoreRule | null; problems: RuleProblems } {
  const { label, expression, per } = typed;
  const points = whole(typed.points, -maxPoints, maxPoints);
  const cap = per === 'once' ? null : whole(typed.cap, 1, maxPoints);
  const halfLifeDays = typed.halfLife === '' ? null : whole(typed.halfLife, 1, maxHalfLifeDays);
  const rule = { label, expression, per, points: points ?? 1, cap, halfLifeDays };
  const problems: RuleProblems = { read: readRule(rule, names) };
  if (points === null || points === 0) problems.points = `From −${maxPoints} to ${maxPoints}, and not 0.`;
  if (per === 'time' && cap === null) problems.cap = `The most it gives: 1 to ${maxPoints}.`;
  if (typed.halfLife !== '' && halfLifeDays === null)
    problems.halfLife = `1 to ${maxHalfLifeDays} days, or nothing.`;
  const isFine =
    problems.read?.read.problem === null &&
    problems.read.problem === null &&
    Object.keys(problems).length === 1;
  return { rule: isFine ? rule : null, problems };
}

/** @returns the score, null where something cannot be as it is */
export function checkScoring(
  typed: TypedScoring,
  names: Names,
): { scoring: Scoring | null; problems: ScoringProblems } {
  const checked = typed.rules.map((rule) => checkRule(rule, names));
  const problems: ScoringProblems = { rules: checked.map((one) => one.problems) };
  const cap = whole(typed.cap, 1, 100);
  const warm = whole(typed.warm, 1, 100);
  const hot = whole(typed.hot, 1, 100);
  if (cap === null) problems.cap = '1 to 100.';
  if (warm === null) problems.warm = '1 to 100.';
  if (hot === null) problems.hot = '1 to 100.';
  else if (warm !== null && hot <= warm) problems.hot = 'More than for warm.';
  else if (cap !== null && hot > cap) problems.hot = 'No score is more than the most it can be.';
  if (typed.rules.length === 0) problems.all = 'Without a rule every score is 0: write one at least.';
  const rules = checked.flatMap(({ rule }) => rule ?? []);
  const isFine = rules.length === checked.length && Object.keys(problems).length === 1;
  return {
    scoring: isFine && cap !== null && warm !== null && hot !== null ? { rules, cap, warm, hot } : null,
    problems,
  };
}
