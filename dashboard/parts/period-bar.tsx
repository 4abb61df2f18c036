/** Which site and which days a page shows, for every page whose address says so. Links and plain forms. */
import type { Site } from '../../collector/store/store.ts';
import { type AccountsFilter, filterHref, type Preset, presetLabels, presets } from '../accounts-filter.ts';
import { Icon } from './icon.tsx';
import { KeptFilter } from './kept-filter.tsx';

interface BarProps {
  /** Of the page that it is on. */
  path: string;
  filter: AccountsFilter;
}

/** One key each, where the page has the script `periods`, or `keys`. */
const keys: Record<Exclude<Preset, 'custom'>, string> = {
  '7d': 'W',
  '30d': 'T',
  '90d': 'Q',
  '12m': 'L',
  all: 'A',
};

export function SiteSwitch({ path, filter, sites }: BarProps & { sites: readonly Site[] }) {
  return (
    <form method="get" action={path} class="site-switch">
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

function CustomPeriod({ path, filter }: BarProps) {
  const isCustom = filter.period === 'custom';
  return (
    <details class="menu period-custom" data-menu>
      <summary aria-current={isCustom ? 'true' : undefined}>
        <Icon name="calendar" />
        <span>{isCustom ? `${filter.from} – ${filter.to}` : presetLabels.custom}</span>
      </summary>
      <form method="get" action={path} class="menu-panel form">
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

function Periods({ path, filter }: BarProps) {
  const shown = presets.filter((preset): preset is Exclude<Preset, 'custom'> => preset !== 'custom');
  return (
    <nav class="segments" aria-label="Period">
      {shown.map((period) => (
        <a
          href={filterHref(path, filter, { period })}
          aria-keyshortcuts={keys[period]}
          data-key={keys[period].toLowerCase()}
          aria-current={period === filter.period ? 'true' : undefined}
        >
          {presetLabels[period]}
        </a>
      ))}
    </nav>
  );
}

/** The periods to choose from. */
export function PeriodSwitch({ path, filter }: BarProps) {
  return (
    <div class="periods">
      <Periods path={path} filter={filter} />
      <CustomPeriod path={path} filter={filter} />
    </div>
  );
}
