/** A score as it would have been on an earlier day. Pure. */
import { asOf, countedUntil } from '../segment/as-of.ts';
import type { Day } from '../segment/tree.ts';
import type { ScoringAsked } from '../store/scores.ts';
import { dayMs } from '../time.ts';

/** @param day the last one that counts */
export function askedThen(asked: ScoringAsked, day: Day): ScoringAsked {
  const rules = asked.rules.map((rule) =>
    rule === null
      ? null
      : {
          ...rule,
          segment: asOf(rule.segment, day),
          counted: rule.counted === null ? null : countedUntil(rule.counted, day),
        },
  );
  return { ...asked, rules, now: (day + 1) * dayMs - 1 };
}
