/** The lists beside the accounts: those that everybody has, each with how many it holds. Segments that people keep come below them. */
import type { Child } from 'hono/jsx';
import { builtInLists, type ListCounts } from '../../collector/store/marks.ts';
import { type AccountsFilter, filterHref } from '../accounts-filter.ts';
import { listLabels } from '../mark-words.ts';
import { number } from '../words.ts';

export function ListRail(props: { filter: AccountsFilter; counts: ListCounts; children?: Child }) {
  const { filter, counts, children } = props;
  return (
    <nav class="rail" aria-label="Segments">
      <ul class="rail-list">
        {builtInLists.map((list) => (
          <li>
            <a
              href={filterHref('/accounts', filter, {
                view: 'companies',
                list,
                // What nobody has looked at is read from the newest on.
                ...(list === 'unseen' && { sort: 'last', dir: 'desc' }),
              })}
              aria-current={
                filter.view === 'companies' && filter.list === list && filter.segment === null
                  ? 'page'
                  : undefined
              }
            >
              <span>{listLabels[list]}</span>
              <span class="rail-count">{number(counts[list])}</span>
            </a>
          </li>
        ))}
      </ul>
      {children}
    </nav>
  );
}
