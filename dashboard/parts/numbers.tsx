/** A row of figures above a page: what, how many, and of what. */
import type { Child } from 'hono/jsx';

export interface Figure {
  label: string;
  value: Child;
  note?: string;
}

export function Numbers({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl class="numbers">
      {figures.map(({ label, value, note }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            <strong>{value}</strong>
            {note && <span>{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
