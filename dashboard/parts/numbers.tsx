/** A row of figures above a page: what, how many, and of what. */
import type { Child } from 'hono/jsx';

export interface Figure {
  label: string;
  value: Child;
  note?: string;
  /** Beside the period before. */
  change?: string | undefined;
}

export function Numbers({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl class="numbers">
      {figures.map(({ label, value, note, change }) => (
        <div>
          <dt>{label}</dt>
          <dd>
            <strong>{value}</strong>
            {note && <span>{note}</span>}
            {change && <span class="number-change">{change}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
