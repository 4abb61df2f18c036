/** Everything above the accounts list that changes what it shows. Works without scripts: links and plain forms. */
import type { Site } from '../../collector/store/store.ts';
import {
  type AccountsFilter,
  filterHref,
  type Preset,
  presetLabels,
  presets,
  type View,
  views,
} from '../accounts-filter.ts';
import { Icon } from './icon.tsx';
import { KeptFilter } from './kept-filter.tsx';

/** One letter each, as in other products of the field. */
const periodKeys: Record<Exclude<Preset, 'custom'>, string> = {
  '7d': 'w',
  '30d': 't',
  '90d': 'q',
  '12m': 'y',
  all: 'a',
};

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

function SiteSwitch({ filter, sites }: { filter: AccountsFilter; sites: readonly Site[] }) {
  return (
    <form method="get" action="/accounts" class="site-switch">
      <KeptFilter filter={filter} except={['site']} />
      <label class="hidden" for="site">
        Site
      </label>
      <select id="site" name="site" data-submit>
        <option value="">All sites</option>
        {sites.map((site) => (
          <option value={String(site.id)} selected={site.id === filter.site}>
            {site.domain}
          </option>
        ))}
      </select>
      <noscript>
        <button type="submit" class="button">
          Show
        </button>
      </noscript>
    </form>
  );
}

function CustomPeriod({ filter }: { filter: AccountsFilter }) {
  const isCustom = filter.period === 'custom';
  return (
    <details class="menu period-custom" data-menu>
      <summary aria-current={isCustom ? 'true' : undefined}>
        <Icon name="calendar" />
        <span>{isCustom ? `${filter.from} – ${filter.to}` : presetLabels.custom}</span>
      </summary>
      <form method="get" action="/accounts" class="menu-panel form">
        <KeptFilter filter={filter} except={['period', 'from', 'to']} />
        <input type="hidden" name="period" value="custom" />
        <label>
          From
          <input type="date" name="from" value={filter.from} required />
        </label>
        <label>
          To
          <input type="date" name="to" value={filter.to} required />
        </label>
        <button type="submit" class="button button-primary">
          Show
        </button>
      </form>
    </details>
  );
}

function Periods({ filter }: { filter: AccountsFilter }) {
  const shown = presets.filter((preset): preset is Exclude<Preset, 'custom'> => preset !== 'custom');
  return (
    <nav class="segments" aria-label="Period">
      {shown.map((period) => (
        <a
          href={filterHref('/accounts', filter, { period })}
          data-key={periodKeys[period]}
          aria-current={period === filter.period ? 'true' : undefined}
        >
          {presetLabels[period]}
        </a>
      ))}
    </nav>
  );
}

export function Toolbar({ filter, sites }: { filter: AccountsFilter; sites: readonly Site[] }) {
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
      {sites.length > 1 && <SiteSwitch filter={filter} sites={sites} />}
      <div class="periods">
        <Periods filter={filter} />
        <CustomPeriod filter={filter} />
      </div>
    </div>
  );
}
