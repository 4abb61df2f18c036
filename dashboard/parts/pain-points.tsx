/** Where people of an account got stuck, each with the way to the visit in which it happened last. */
import type { PainKind, PainPoint, PainPoints as Points } from '../../collector/store/pain-points.ts';
import { counted, date } from '../words.ts';

const painWords: Record<PainKind, (name: string) => string> = {
  abandoned: (name) => `Gave up the form “${name}”`,
  again: (name) => `Sent the form “${name}” again`,
  missing: (name) => `Found nothing at ${name}`,
};

/** The story from this visit on. */
function hrefOf(accountId: number, { session }: PainPoint): string {
  // A place is above the visit that it names: this one is the first below the next number.
  return `/accounts/${accountId}?before=${session.startedAt}-${session.id + 1}#visit-${session.id}`;
}

export function PainPoints({ accountId, found }: { accountId: number; found: Points }) {
  const { points, looked } = found;
  if (points.length === 0) return null;
  return (
    <section class="card person-card" aria-labelledby="pain-title">
      <div class="card-head">
        <h2 id="pain-title">Where they got stuck</h2>
        <span class="muted">in the latest {counted(looked, 'visit')}</span>
      </div>
      <ul class="person-browsers">
        {points.map((point) => (
          <li>
            <strong>{painWords[point.kind](point.name)}</strong>
            <span class="muted">
              {counted(point.times, 'time')} in {counted(point.visits, 'visit')}
              {point.field && ` · last at “${point.field}”`} ·{' '}
              <a href={hrefOf(accountId, point)}>the visit of {date(point.session.startedAt)}</a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
