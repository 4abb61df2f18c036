/** The accounts list itself: the columns that were chosen, a box to tick beside each company. */

import type { AccountRow, AccountSort } from '../../collector/store/store.ts';
import {
  type AccountsFilter,
  filterHref,
  firstDirection,
  periodWords,
  rowsPerPage,
} from '../accounts-filter.ts';
import { comparedWords } from '../change-words.ts';
import type { Column } from '../list-columns.ts';
import { counted } from '../words.ts';
import { type CellsAround, cells, headOf, type ListedRow } from './account-cells.tsx';
import { Claim } from './claim.tsx';
import { Icon } from './icon.tsx';
import { InTurns } from './in-turns.tsx';

function SortHeader(props: { filter: AccountsFilter; sort: AccountSort; label: string; class: string }) {
  const { filter, sort, label } = props;
  const isCurrent = filter.sort === sort;
  const dir = isCurrent ? (filter.dir === 'asc' ? 'desc' : 'asc') : firstDirection(sort);
  return (
    <th
      scope="col"
      class={props.class}
      aria-sort={isCurrent ? (filter.dir === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <a href={filterHref('/accounts', filter, { sort, dir })}>
        {label}
        {sort === 'change' && <span class="hidden">: pages more or fewer {comparedWords(filter)}</span>}
        {isCurrent && <Icon name={filter.dir === 'asc' ? 'rising' : 'falling'} />}
      </a>
    </th>
  );
}

function Header({ column, filter }: { column: Column; filter: AccountsFilter }) {
  const head = headOf(column);
  if (head.sort !== undefined)
    return <SortHeader filter={filter} sort={head.sort} label={head.label} class={head.class} />;
  return (
    <th scope="col" class={head.class}>
      {head.label}
    </th>
  );
}

/** Letters of an expression that each row's link may have: longer ones would fill the page. */
const longestWhere = 60;

/** An account's page shows the site that the list was about, and why it is in the segment. */
function accountHref(row: AccountRow, filter: AccountsFilter): string {
  const asked = new URLSearchParams();
  if (filter.site !== null) asked.set('site', String(filter.site));
  if (filter.segment !== null) asked.set('segment', String(filter.segment));
  else if (filter.where !== '' && filter.where.length <= longestWhere && filter.rows === rowsPerPage)
    asked.set('where', filter.where);
  return `/accounts/${row.id}${asked.size > 0 ? `?${asked}` : ''}`;
}

function Row(props: { listed: ListedRow; columns: readonly Column[]; around: CellsAround }) {
  const { listed, columns, around } = props;
  const { row, marks } = listed;
  return (
    <tr data-row="" data-followed={marks.isFollowed ? 'true' : undefined}>
      <td class="cell-select">
        <label class="tick">
          <input type="checkbox" name="id" value={String(row.id)} />
          <span class="hidden">Choose {row.name}</span>
        </label>
      </td>
      <th scope="row" class="cell-company">
        <Claim {...row} id={`why-${row.id}`} href={accountHref(row, around.filter)} hasPreview />
      </th>
      {columns.map((column) => (
        <td class={cells[column].class} data-label={cells[column].label ? headOf(column).label : undefined}>
          {cells[column].cell(listed, around)}
        </td>
      ))}
    </tr>
  );
}

/** Columns that fit beside each other on a desk; more of them scroll. */
const fittingColumns = 10;

/** To be put into a form, which its boxes are of. */
export function AccountsTable(props: {
  rows: readonly ListedRow[];
  columns: readonly Column[];
  around: CellsAround;
}) {
  const { rows, columns, around } = props;
  const { filter } = around;
  const table = (
    <table class="list list-accounts">
      <caption class="hidden">Companies that visited {periodWords(filter)}</caption>
      <thead>
        <tr>
          <th scope="col" class="cell-select">
            <input type="hidden" name="listed" value={rows.map(({ row }) => row.id).join()} />
            <label class="tick">
              <input type="checkbox" name="every" value="1" />
              <span class="hidden">Choose {counted(rows.length, 'company', 'companies')} on this page</span>
            </label>
          </th>
          <SortHeader filter={filter} sort="name" label="Company" class="cell-company" />
          {columns.map((column) => (
            <Header column={column} filter={filter} />
          ))}
        </tr>
      </thead>
      <tbody>
        <InTurns>
          {rows.map((listed) => (
            <Row listed={listed} columns={columns} around={around} />
          ))}
        </InTurns>
      </tbody>
    </table>
  );
  if (columns.length <= fittingColumns) return table;
  // What scrolls must be reachable by keyboard.
  return (
    <section class="list-wide" tabindex={0} aria-label="Companies, in many columns">
      {table}
    </section>
  );
}
