/** What the overview's numbers stand beside: days before, the year before, or nothing. */
import { type AccountsFilter, type Compared, comparisons, filterHref } from '../accounts-filter.ts';

const labels: Record<Compared, string> = {
  before: 'Days before',
  year: 'A year before',
  none: 'Nothing',
};

export function CompareSwitch({ path, filter }: { path: string; filter: AccountsFilter }) {
  // Since the beginning, there is nothing before.
  if (filter.period === 'all') return null;
  // One key goes to and fro.
  const next: Compared = filter.compare === 'none' ? 'before' : 'none';
  return (
    <div class="compared">
      <span id="compared">Beside</span>
      <nav class="segments" aria-labelledby="compared">
        {comparisons.map((compare) => (
          <a
            href={filterHref(path, filter, { compare })}
            aria-current={compare === filter.compare ? 'true' : undefined}
            aria-keyshortcuts={compare === next ? 'X' : undefined}
            data-key={compare === next ? 'x' : undefined}
          >
            {labels[compare]}
          </a>
        ))}
      </nav>
      {filter.compare !== 'none' && (
        <a href={filterHref(path, filter, { weekdays: !filter.weekdays })}>
          {filter.weekdays ? 'Do not match weekdays' : 'Match weekdays'}
        </a>
      )}
    </div>
  );
}
