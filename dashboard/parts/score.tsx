/** A score in a list: its number, its word, and on hover or focus the reasons that weigh the most. */
import type { ShownScore, ToldReason } from '../shown-score.ts';
import { pointsWords } from '../words.ts';

export function ReasonList({ reasons }: { reasons: readonly ToldReason[] }) {
  return (
    <ul class="reasons">
      {reasons.map(({ label, points }) => (
        <li>
          <span>{label}</span> <strong>{pointsWords(points)}</strong>
        </li>
      ))}
    </ul>
  );
}

export function ScoreBadge({ score, band }: Pick<ShownScore, 'score' | 'band'>) {
  return (
    <>
      <strong>{score}</strong> <span class={`score-band score-${band}`}>{band}</span>
    </>
  );
}

/** @param id of the account, so that each hint has a name of its own; undefined: it is not worked out yet */
export function ScoreCell({ id, score }: { id: number; score: ShownScore | undefined }) {
  if (score === undefined)
    return (
      <td class="cell-score" data-label="Score">
        –
      </td>
    );
  const { reasons } = score;
  return (
    <td class="cell-score" data-label="Score">
      <div class="score" data-hint>
        <button type="button" class="score-name" aria-describedby={`score-${id}`}>
          <ScoreBadge {...score} />
        </button>
        <div class="hint" id={`score-${id}`} role="tooltip">
          {reasons.length === 0 ? (
            <p>Nothing that they did or are gives points.</p>
          ) : (
            <ReasonList reasons={reasons} />
          )}
        </div>
      </div>
    </td>
  );
}
