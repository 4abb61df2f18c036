/** What the form of a score sent. */
import { maxLabelLength, maxRules } from '../collector/score/scoring.ts';
import { maxTextLength } from '../collector/segment/bounds.ts';
import type { TypedRule, TypedScoring } from '../collector/typed/scoring.ts';
import type { Fields } from './form.ts';

export {
  checkScoring,
  type RuleProblems,
  type ScoringProblems,
  type TypedRule,
  type TypedScoring,
  typedOf,
} from '../collector/typed/scoring.ts';

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
