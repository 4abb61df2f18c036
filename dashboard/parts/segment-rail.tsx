/** Segments that people keep, below the lists that everybody has. Their counts are on the segments' own page. */
import type { SavedSegment } from '../../collector/store/segments.ts';
import { type AccountsFilter, filterHref } from '../accounts-filter.ts';

/** More than these are on the segments' page. */
const shown = 12;

export function SegmentRail({
  filter,
  segments,
}: {
  filter: AccountsFilter;
  segments: readonly SavedSegment[];
}) {
  return (
    <ul class="rail-list">
      {segments.slice(0, shown).map(({ id, name }) => (
        <li>
          <a
            href={filterHref('/accounts', filter, { view: 'companies', list: 'all', segment: id })}
            aria-current={filter.segment === id ? 'page' : undefined}
          >
            <span>{name}</span>
          </a>
        </li>
      ))}
      <li>
        <a href="/segments">{segments.length > 0 ? 'All segments' : 'Segments'}</a>
      </li>
    </ul>
  );
}
