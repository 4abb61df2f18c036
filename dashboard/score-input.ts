/** What the form of a score sent, and what of it cannot be. */
import { type ReadRule, readRule } from '../collector/score/read.ts';
import {
  maxHalfLifeDays,
  maxLabelLength,
  maxPoints,
  maxRules,
  type ScoreRule,
  type Scoring,
} from '../collector/score/scoring.ts';
import { maxTextLength } from '../collector/segment/bounds.ts';
import type { Names } from '../collector/segment/names.ts';
import type { Fields } from './form.ts';

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

export const emptyRule: TypedRule = {
  label: '',
  expression: '',
  per: 'once',
  points: '',
  cap: '',
  halfLife: '',
};

/** Names of a rule's fields in the form. */
export const ruleField = (index: number, field: keyof TypedRule) => `rule${index}-${field}`;

export function readTypedScoring(field: Fields): TypedScoring {
  const rules = Array.from({ length: maxRules }, (_, index): TypedRule => {
    const of = (name: keyof TypedRule, most = 12) => field(ruleField(index, name)).trim().slice(0, most);
    return {
      label: of('label', maxLabelLength),
      expression: of('expression', maxTextLength).replace(/\r\n?/g, '\n'),
      per: of('per') === 'time' ? 'time' : 'once',
      points: of('points'),
      cap: of('cap'),
      halfLife: of('halfLife'),
    };
  }).filter(({ label, expression, points }) => label !== '' || expression !== '' || points !== '');
  const of = (name: string) => field(name).trim().slice(0, 12);
  return { rules, cap: of('cap'), warm: of('warm'), hot: of('hot') };
}

/** A score as its form has it. */
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
