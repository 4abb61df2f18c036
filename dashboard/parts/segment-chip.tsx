/** Above the accounts list: the segment that it is narrowed to, or its conditions one by one, each to be taken away. */
import { print } from '../../collector/segment/print.ts';
import type { Segment } from '../../collector/segment/tree.ts';
import { type AccountsFilter, filterHref } from '../accounts-filter.ts';
import type { FilterSegment } from '../asked-segment.ts';
import { EmptyState } from './empty-state.tsx';
import { Icon } from './icon.tsx';
import { TellMe } from './tell-me.tsx';

const editHref = ({ id, text }: FilterSegment) =>
  id === null ? `/segments/new?text=${encodeURIComponent(text)}` : `/segments/${id}/edit`;

/** What is left of conditions that are joined by `and` once one of them is taken away; empty: nothing. */
function without(parts: readonly Segment[], gone: Segment): string {
  const rest = parts.filter((part) => part !== gone);
  const [only] = rest;
  if (only === undefined) return '';
  return print(rest.length === 1 ? only : { kind: 'all', parts: rest });
}

function Conditions({ filter, segment }: { filter: AccountsFilter; segment: FilterSegment }) {
  const tree = segment.asked?.segment;
  if (tree === undefined) return <code>{segment.name}</code>;
  const parts = tree.kind === 'all' ? tree.parts : [tree];
  return (
    <ul class="filter-chips">
      {parts.map((part) => (
        <li>
          <code>{print(part)}</code>
          <a
            href={filterHref('/accounts', filter, { where: without(parts, part) })}
            aria-label={`Take away: ${print(part)}`}
          >
            <Icon name="close" />
          </a>
        </li>
      ))}
    </ul>
  );
}

export function SegmentChip(props: {
  filter: AccountsFilter;
  segment: FilterSegment;
  /** Whether whoever looks is told of it. */
  isTold: boolean;
}) {
  const { filter, segment, isTold } = props;
  return (
    <div class="segment-chip">
      <span>{segment.id === null ? 'Companies where' : 'Segment'}</span>
      {segment.id === null ? (
        <Conditions filter={filter} segment={segment} />
      ) : (
        <strong>{segment.name}</strong>
      )}
      <a href={editHref(segment)}>{segment.id === null ? 'Change or keep it' : 'Change it'}</a>
      {segment.asked !== null && <a href={filterHref('/segments/people', filter)}>Their people</a>}
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
