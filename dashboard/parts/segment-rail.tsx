/** Segments that people keep, below the lists that everybody has, each with how many it holds and who is new. */
import type { SavedSegment, SegmentNews } from '../../collector/store/segments.ts';
import { type AccountsFilter, filterHref } from '../accounts-filter.ts';
import type { CountedSegments } from '../segment-counts.ts';
import { counted, number } from '../words.ts';

/** More than these are on the segments' page. */
export const shownSegments = 30;

/** Room for the number is kept before it is known, so that nothing moves when it comes. */
function Count({ news }: { news: SegmentNews | undefined }) {
  const unseen = news?.unseen ?? 0;
  return (
    <span class="rail-count rail-counted">
      {unseen > 0 && (
        <span class="rail-new" title={`${counted(unseen, 'company', 'companies')} new since you looked`}>
          +{number(unseen)}
          <span class="hidden"> new since you looked,</span>
        </span>
      )}
      {news !== undefined && <span>{number(news.total)}</span>}
    </span>
  );
}

/** The lines alone: the script `rail` puts them in place of the ones whose numbers were not known yet. */
export function SegmentLines(props: {
  filter: AccountsFilter;
  segments: readonly SavedSegment[];
  news: CountedSegments['news'];
}) {
  const { filter, segments, news } = props;
  return (
    <>
      {segments.slice(0, shownSegments).map(({ id, name }) => (
        <li>
          <a
            href={filterHref('/accounts', filter, { view: 'companies', list: 'all', segment: id })}
            aria-current={filter.segment === id ? 'page' : undefined}
          >
            <span>{name}</span>
            <Count news={news.get(id)} />
          </a>
        </li>
      ))}
      <li>
        <a href="/segments">{segments.length > 0 ? 'All segments' : 'Segments'}</a>
      </li>
    </>
  );
}

export function SegmentRail(props: {
  filter: AccountsFilter;
  segments: readonly SavedSegment[];
  counts: CountedSegments;
}) {
  const { filter, segments, counts } = props;
  return (
    <ul
      class="rail-list"
      data-rail={counts.isFresh ? undefined : filterHref('/segments/rail', filter, { page: filter.page })}
    >
      <SegmentLines filter={filter} segments={segments} news={counts.news} />
    </ul>
  );
}
