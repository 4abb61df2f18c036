/** Above the accounts list: the segment that it is narrowed to. */
import { type AccountsFilter, filterHref } from '../accounts-filter.ts';
import type { FilterSegment } from '../asked-segment.ts';
import { EmptyState } from './empty-state.tsx';
import { TellMe } from './tell-me.tsx';

const editHref = ({ id, text }: FilterSegment) =>
  id === null ? `/segments/new?text=${encodeURIComponent(text)}` : `/segments/${id}/edit`;

export function SegmentChip(props: {
  filter: AccountsFilter;
  segment: FilterSegment;
  /** Whether whoever looks is told of it. */
  isTold: boolean;
}) {
  const { filter, segment, isTold } = props;
  return (
    <div class="segment-chip">
      <span>Segment</span>
      {segment.id === null ? <code>{segment.name}</code> : <strong>{segment.name}</strong>}
      <a href={editHref(segment)}>{segment.id === null ? 'Change or keep it' : 'Change it'}</a>
      <a href={filterHref('/accounts', filter, { segment: null, where: '' })}>Show all companies</a>
      {segment.id !== null && <TellMe segment={{ id: segment.id, name: segment.name }} isTold={isTold} />}
    </div>
  );
}

export function UnreadableSegment({ segment }: { segment: FilterSegment }) {
  return (
    <EmptyState
      icon="warning"
      title="This segment cannot be read"
      action={
        segment.text === ''
          ? { href: '/segments', label: 'All segments' }
          : { href: editHref(segment), label: 'Mend it' }
      }
    >
      {segment.problem}
    </EmptyState>
  );
}
