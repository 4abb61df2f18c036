/** A score: its number, its word, and the reasons that weigh the most. */
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

/** In a row: the reasons are said on hover, and in the company's preview. */
export function ScoreInList({ score }: { score: ShownScore }) {
  const { reasons } = score;
  const says =
    reasons.length === 0
      ? 'Nothing that they did or are gives points.'
      : reasons.map(({ label, points }) => `${label} ${pointsWords(points)}`).join(' · ');
  return (
    <span class="score" title={says}>
      <ScoreBadge {...score} />
    </span>
  );
}
