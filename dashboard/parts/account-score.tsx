/** One company's score with everything that it is made of. */
import type { ScoreRule } from '../../collector/score/scoring.ts';
import type { Condition } from '../../collector/segment/tree.ts';
import type { RuleExplained } from '../../collector/store/scores.ts';
import { foundWords } from '../found-words.ts';
import { type ExplainedScore, labelOf } from '../shown-score.ts';
import { counted, date, pointsWords } from '../words.ts';
import { ScoreBadge } from './score.tsx';

/** A rule of the score with what it found here. */
interface Found {
  rule: ScoreRule;
  conditions: readonly Condition[];
  found: RuleExplained;
}

/** What there is of each of the rule's conditions. */
const valuesOf = ({ conditions, found }: Found) =>
  conditions.flatMap((condition, index) => {
    const value = found.conditions[index];
    return value === undefined ? [] : [foundWords(condition, value)];
  });

/** How the points came about: what was found, and where they are not simply those of the rule, why. */
function howWords(one: Found): string {
  const { given } = one.found;
  if (given === null) return valuesOf(one).join(', ');
  const { before, faded, points, lastAt } = given;
  const last = lastAt === null ? [] : [`last on ${date(lastAt)}`];
  const isFaded = Math.abs(before - faded) >= 0.05;
  const fading = isFaded ? [`${pointsWords(before)} before it faded`] : [];
  const capped = Math.abs(faded - points) >= 0.05 ? [`${pointsWords(faded)} before its cap`] : [];
  return [...valuesOf(one), ...last, ...fading, ...capped].join(', ');
}

function Met(one: Found) {
  return (
    <li>
      <strong class="score-points">{pointsWords(one.found.given?.points ?? 0)}</strong>
      <span>
        {labelOf(one.rule)}
        <span class="score-how">{howWords(one)}</span>
      </span>
    </li>
  );
}

/** As many as weigh the most stand at once. */
const shownReasons = 3;

function Reasons({ met }: { met: readonly Found[] }) {
  return (
    <ul class="score-reasons">
      {met.map((one) => (
        <Met {...one} />
      ))}
    </ul>
  );
}

export function AccountScore({ shown }: { shown: ExplainedScore | null }) {
  if (shown === null) {
    return (
      <section class="card score-card" aria-labelledby="score-title">
        <h2 id="score-title">Score</h2>
        <p class="field-hint">Working it out took too long just now. The list has the one that was kept.</p>
      </section>
    );
  }
  const { scoring, conditions, explained } = shown;
  const rules = scoring.rules.map((rule, index) => ({
    rule,
    conditions: conditions[index] ?? [],
    found: explained.rules[index] ?? null,
  }));
  const met = rules
    .flatMap(({ rule, conditions, found }) =>
      found?.given ? [{ rule, conditions, found, points: found.given.points }] : [],
    )
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  // What has faded to nothing is no reason to begin with.
  const weighty = met.filter(({ points }) => Math.abs(points) >= 0.05).length;
  const shownAtOnce = Math.min(shownReasons, weighty);
  const unmet = rules.filter(({ found }) => !found?.given);
  const sum = met.reduce((all, { points }) => all + points, 0);
  return (
    <section class="card score-card" aria-labelledby="score-title">
      <div class="card-head">
        <h2 id="score-title">Score</h2>
        <a href="/settings/score">How it is made</a>
      </div>
      <p class="score-whole">
        <ScoreBadge {...explained} />
      </p>
      {shownAtOnce > 0 && <Reasons met={met.slice(0, shownAtOnce)} />}
      {met.length > shownAtOnce && (
        <details class="score-unmet">
          <summary>{counted(met.length - shownAtOnce, 'more reason')}</summary>
          <Reasons met={met.slice(shownAtOnce)} />
        </details>
      )}
      {sum > scoring.cap + 0.5 && (
        <p class="field-hint">
          Together {pointsWords(sum)}; a score is {scoring.cap} at most.
        </p>
      )}
      {sum < -0.5 && <p class="field-hint">Together {pointsWords(sum)}; a score is never below 0.</p>}
      {unmet.length > 0 && (
        <details class="score-unmet">
          <summary>{counted(unmet.length, 'rule')} without points here</summary>
          <ul>
            {unmet.map(({ rule, conditions, found }) => (
              <li>
                {labelOf(rule)} <code>{rule.expression}</code>
                <span class="score-how">
                  {found === null
                    ? 'cannot be read: a name in it does not exist'
                    : howWords({ rule, conditions, found })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
