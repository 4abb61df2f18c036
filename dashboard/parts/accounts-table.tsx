/** The accounts list itself. */
import type { AccountRow, AccountSort } from '../../collector/store/store.ts';
import { type AccountsFilter, filterHref, firstDirection, periodWords } from '../accounts-filter.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import type { ShownScore } from '../shown-score.ts';
import { countryName, number } from '../words.ts';
import { Claim } from './claim.tsx';
import { Icon } from './icon.tsx';
import { Moment } from './moment.tsx';
import { ScoreCell } from './score.tsx';

function SortHeader(props: { filter: AccountsFilter; sort: AccountSort; label: string; class?: string }) {
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
        {isCurrent && <Icon name={filter.dir === 'asc' ? 'rising' : 'falling'} />}
      </a>
    </th>
  );
}

/** An account's page shows the site that the list was about. */
function accountHref(row: AccountRow, filter: AccountsFilter): string {
  return `/accounts/${row.id}${filter.site === null ? '' : `?site=${filter.site}`}`;
}

function Row(props: { row: AccountRow; filter: AccountsFilter; score: ShownScore | undefined; now: number }) {
  const { row, filter, score, now } = props;
  return (
    <tr>
      <th scope="row" class="cell-company">
        <Claim {...row} id={`why-${row.id}`} href={accountHref(row, filter)} />
      </th>
      <ScoreCell id={row.id} score={score} />
      <td class="cell-country">{row.country ? countryName(row.country) : '–'}</td>
      <td class="cell-last">
        <Moment at={row.lastAt} now={now} />
      </td>
      <td class="cell-number" data-label="Visits">
        {number(row.visits)}
      </td>
      <td class="cell-number cell-people" data-label="People">
        {number(row.people)}
      </td>
      <td class="cell-number" data-label="Pages">
        {number(row.pages)}
      </td>
      <td class="cell-source">
        <span class="source-channel">{row.channel}</span>
        <span class="source-name">{row.source}</span>
      </td>
      <td class="cell-status">
        <span class={row.isNew ? 'badge badge-new' : 'badge'}>{row.isNew ? 'New' : 'Returning'}</span>
      </td>
      <td class="cell-activity">
        <Sparkline values={row.activity} />
      </td>
    </tr>
  );
}

export function AccountsTable(props: {
  rows: readonly AccountRow[];
  filter: AccountsFilter;
  /** By account. */
  scores: ReadonlyMap<number, ShownScore>;
  now: number;
}) {
  const { rows, filter, scores, now } = props;
  return (
    <table class="list list-accounts">
      <caption class="hidden">Companies that visited {periodWords(filter)}</caption>
      <thead>
        <tr>
          <SortHeader filter={filter} sort="name" label="Company" class="cell-company" />
          <SortHeader filter={filter} sort="score" label="Score" class="cell-score" />
          <th scope="col" class="cell-country">
            Country
          </th>
          <SortHeader filter={filter} sort="last" label="Last visit" class="cell-last" />
          <SortHeader filter={filter} sort="visits" label="Visits" class="cell-number" />
          <SortHeader filter={filter} sort="people" label="People" class="cell-number cell-people" />
          <SortHeader filter={filter} sort="pages" label="Pages" class="cell-number" />
          <th scope="col" class="cell-source">
            Source
          </th>
          <th scope="col" class="cell-status">
            Status
          </th>
          <th scope="col" class="cell-activity">
            Activity
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row row={row} filter={filter} score={scores.get(row.id)} now={now} />
        ))}
      </tbody>
    </table>
  );
}
