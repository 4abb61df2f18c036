/** Which columns the list has: ticked in a menu, kept for whoever chose them. */
import type { AccountsFilter } from '../accounts-filter.ts';
import { type Column, columnLabels, columns } from '../list-columns.ts';
import { Icon } from './icon.tsx';
import { KeptFilter } from './kept-filter.tsx';

export function ColumnChoice({ filter, shown }: { filter: AccountsFilter; shown: readonly Column[] }) {
  return (
    <details class="menu column-choice" data-menu>
      <summary class="button">
        Columns
        <Icon name="down" />
      </summary>
      <form method="post" action="/accounts/columns" class="menu-panel">
        <KeptFilter filter={filter} except={['columns']} withPage />
        <fieldset class="column-list">
          <legend class="hidden">Columns beside the company</legend>
          {columns.map((column) => (
            <label>
              <input type="checkbox" name="column" value={column} checked={shown.includes(column)} />
              {columnLabels[column]}
            </label>
          ))}
        </fieldset>
        <span class="menu-buttons">
          <button type="submit" class="button button-primary">
            Show these
          </button>
          <button type="submit" name="usual" value="1" class="button">
            As usual
          </button>
        </span>
      </form>
    </details>
  );
}
