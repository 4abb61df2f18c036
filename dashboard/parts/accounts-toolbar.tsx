/** Everything above the accounts list that changes what it shows. Works without scripts: links and plain forms. */
import type { Site } from '../../collector/store/store.ts';
import { type AccountsFilter, filterHref, type View, views } from '../accounts-filter.ts';
import { Icon } from './icon.tsx';
import { KeptFilter } from './kept-filter.tsx';
import { PeriodSwitch, rowKeys, SiteSwitch } from './period-bar.tsx';

const viewLabels: Record<View, string> = {
  companies: 'Companies',
  possible: 'Possible',
  providers: 'Providers',
  hosting: 'Hosting & VPN',
  unknown: 'Unknown',
  own: 'Ourselves',
};

export function ViewTabs({ filter }: { filter: AccountsFilter }) {
  return (
    <nav class="tabs" aria-label="Kinds of visitors">
      {views.map((view) => (
        <a
          href={filterHref('/accounts', filter, { view })}
          aria-current={view === filter.view ? 'page' : undefined}
        >
          {viewLabels[view]}
        </a>
      ))}
    </nav>
  );
}

export function Toolbar(props: { filter: AccountsFilter; sites: readonly Site[]; now: number }) {
  const { filter, sites, now } = props;
  return (
    <div class="toolbar">
      <search>
        <form method="get" action="/accounts" class="search">
          <KeptFilter filter={filter} except={['q']} />
          <Icon name="search" />
          <label class="hidden" for="q">
            Search by name or domain
          </label>
          <input
            type="search"
            id="q"
            name="q"
            value={filter.q}
            placeholder="Search by name or domain"
            data-search
          />
          <button type="submit" class="hidden-until-focus">
            Search
          </button>
        </form>
      </search>
      {sites.length > 1 && <SiteSwitch path="/accounts" filter={filter} sites={sites} />}
      <PeriodSwitch path="/accounts" filter={filter} now={now} taken={rowKeys} />
    </div>
  );
}
