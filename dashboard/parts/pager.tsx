/** `1–50 of 312`, and the ways to the pages beside. */
import { type AccountsFilter, filterHref, mostRows, rowsPerPage } from '../accounts-filter.ts';
import { number } from '../words.ts';
import { Icon } from './icon.tsx';

export function Pager({ filter, shown, total }: { filter: AccountsFilter; shown: number; total: number }) {
  const first = (filter.page - 1) * filter.rows + 1;
  const last = first + shown - 1;
  const otherRows = filter.rows === rowsPerPage ? mostRows : rowsPerPage;
  return (
    <nav class="pager" aria-label="Pages">
      <span>
        {number(first)}–{number(last)} of {number(total)}
      </span>
      {total > rowsPerPage && (
        <a class="button" href={filterHref('/accounts', filter, { rows: otherRows })}>
          {otherRows} a page
        </a>
      )}
      {filter.page > 1 && (
        <a class="button" rel="prev" href={filterHref('/accounts', filter, { page: filter.page - 1 })}>
          <Icon name="left" />
          Previous
        </a>
      )}
      {last < total && (
        <a class="button" rel="next" href={filterHref('/accounts', filter, { page: filter.page + 1 })}>
          Next
          <Icon name="right" />
        </a>
      )}
    </nav>
  );
}
