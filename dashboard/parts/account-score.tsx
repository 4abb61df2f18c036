/** One company's score with everything that it is made of. */
import type { ScoreRule } from '../../collector/score/scoring.ts';
import type { RuleExplained } from '../../collector/store/scores.ts';
import { type ExplainedScore, labelOf } from '../shown-score.ts';
import { counted, date, duration, pointsWords } from '../words.ts';
import { ScoreBadge } from './score.tsx';

/** How the points came about, where they are not simply those of the rule. */
function howWords(rule: ScoreRule, explained: RuleExplained): string {
  const { given } = explained;
  if (given === null) return '';
  const { before, faded, points, count, lastAt } = given;
  const isTime = explained.conditions.length > 0 && rule.expression.trimStart().startsWith('engaged');
  const times = count === null ? [] : [isTime ? duration(count * 1_000) : counted(count, 'time')];
  const last = lastAt === null ? [] : [`last on ${date(lastAt)}`];
  const isFaded = Math.abs(before - faded) >= 0.05;
  const fading = isFaded ? [`${pointsWords(before)} before it faded`] : [];
  const capped = Math.abs(faded - points) >= 0.05 ? [`${pointsWords(faded)} before its cap`] : [];
  return [...times, ...last, ...fading, ...capped].join(', ');
}

function Met({ rule, explained }: { rule: ScoreRule; explained: RuleExplained }) {
  const how = howWords(rule, explained);
  return (
    <li>
      <strong class="score-points">{pointsWords(explained.given?.points ?? 0)}</strong>
      <span>
        {labelOf(rule)}
        {how !== '' && <span class="score-how">{how}</span>}
      </span>
    </li>
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
  const { scoring, explained } = shown;
  const rules = scoring.rules.map((rule, index) => ({ rule, found: explained.rules[index] ?? null }));
  const met = rules
    .flatMap(({ rule, found }) => (found?.given ? [{ rule, found, points: found.given.points }] : []))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
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
      {met.length > 0 && (
        <ul class="score-reasons">
          {met.map(({ rule, found }) => (
            <Met rule={rule} explained={found} />
          ))}
        </ul>
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
            {unmet.map(({ rule, found }) => (
              <li>
                {labelOf(rule)} <code>{rule.expression}</code>
                {found === null && ' – cannot be read: a name in it does not exist'}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
