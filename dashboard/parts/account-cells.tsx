/** Each column of the accounts list: how it is headed, sorted and filled. */
import type { Child } from 'hono/jsx';
import type { AccountMarks } from '../../collector/store/marks.ts';
import type { AccountRow, AccountSort } from '../../collector/store/store.ts';
import type { AccountsFilter } from '../accounts-filter.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { type Column, columnLabels } from '../list-columns.ts';
import type { User } from '../roles.ts';
import type { ShownScore } from '../shown-score.ts';
import { countryName, duration, number } from '../words.ts';
import { Change } from './change.tsx';
import { Moment } from './moment.tsx';
import { ScoreInList } from './score.tsx';

/** One line of the list, with what is known beside its sums. */
export interface ListedRow {
  row: AccountRow;
  marks: AccountMarks;
  /** Seconds, where the column is shown. */
  engaged: number | null;
  /** Null where the column is not shown, or it is not worked out yet. */
  score: ShownScore | null;
}

export interface CellsAround {
  filter: AccountsFilter;
  now: number;
  user: User;
}

interface ColumnPlan {
  sort?: AccountSort;
  class: string;
  /** Has the column's name beside the value where rows are cards; the empty text: not shown where there is nothing. */
  label?: boolean;
  cell(listed: ListedRow, around: CellsAround): Child;
}

const nothing = '–';

export function isMine(marks: AccountMarks, user: User): boolean {
  return marks.owner?.name.toLowerCase() === user.email.toLowerCase();
}

function Badges({ listed: { row, marks }, user }: { listed: ListedRow; user: User }) {
  const badges: [word: string, kind: string][] = [
    ...(row.isNew ? [['New', 'badge-new'] as [string, string]] : []),
    ...(isMine(marks, user) ? [['Mine', 'badge-mine'] as [string, string]] : []),
    ...(marks.isFollowed ? [['Followed', 'badge-followed'] as [string, string]] : []),
    ...(marks.isHidden ? [['Hidden', ''] as [string, string]] : []),
  ];
  if (badges.length === 0) return <span class="badge">Returning</span>;
  return (
    <span class="badges">
      {badges.map(([word, kind]) => (
        <span class={`badge ${kind}`}>{word}</span>
      ))}
    </span>
  );
}

/** Tags shown in a row; the others are on the company's page. */
const shownTags = 3;

export const cells: Record<Column, ColumnPlan> = {
  score: {
    sort: 'score',
    class: 'cell-score',
    label: true,
    cell: ({ score }) => (score === null ? nothing : <ScoreInList score={score} />),
  },
  country: {
    class: 'cell-country',
    cell: ({ row }) => (row.country ? countryName(row.country) : nothing),
  },
  industry: { class: 'cell-fact', label: true, cell: ({ marks }) => marks.industry ?? nothing },
  size: { class: 'cell-fact', label: true, cell: ({ marks }) => marks.size ?? nothing },
  owner: {
    class: 'cell-fact',
    label: true,
    cell: ({ marks }, { user }) =>
      marks.owner === null ? nothing : isMine(marks, user) ? 'You' : marks.owner.name,
  },
  tags: {
    class: 'cell-fact cell-tags',
    label: true,
    cell: ({ marks: { tags } }) =>
      tags.length === 0 ? (
        nothing
      ) : (
        <span class="chips">
          {tags.slice(0, shownTags).map((tag) => (
            <span class="chip">{tag}</span>
          ))}
          {tags.length > shownTags && <span class="chip">+{tags.length - shownTags}</span>}
        </span>
      ),
  },
  last: {
    sort: 'last',
    class: 'cell-last',
    cell: ({ row }, { now }) => <Moment at={row.lastAt} now={now} />,
  },
  visits: { sort: 'visits', class: 'cell-number', label: true, cell: ({ row }) => number(row.visits) },
  people: {
    sort: 'people',
    class: 'cell-number cell-people',
    label: true,
    cell: ({ row }) => number(row.people),
  },
  pages: { sort: 'pages', class: 'cell-number', label: true, cell: ({ row }) => number(row.pages) },
  engaged: {
    class: 'cell-number cell-engaged',
    label: true,
    cell: ({ engaged }) => (engaged === null || engaged === 0 ? nothing : duration(engaged * 1_000)),
  },
  change: {
    sort: 'change',
    class: 'cell-number cell-change',
    label: true,
    cell: ({ row }, { filter }) => <Change row={row} filter={filter} />,
  },
  source: {
    class: 'cell-source',
    cell: ({ row }) => (
      <>
        <span class="source-channel">{row.channel}</span>
        <span class="source-name">{row.source}</span>
      </>
    ),
  },
  status: { class: 'cell-status', cell: (listed, { user }) => <Badges listed={listed} user={user} /> },
  activity: { class: 'cell-activity', cell: ({ row }) => <Sparkline values={row.activity} /> },
};

export const headOf = (column: Column) => ({ ...cells[column], label: columnLabels[column] });
