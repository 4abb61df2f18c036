/** Which site and which days a page shows, for every page whose address says so. Links and plain forms. */
import type { Site } from '../../collector/store/store.ts';
import { dayMs } from '../../collector/time.ts';
import { type AccountsFilter, filterHref, type Preset, periodOf, presetLabels } from '../accounts-filter.ts';
import { Icon } from './icon.tsx';
import { KeptFilter } from './kept-filter.tsx';

interface BarProps {
  /** Of the page that it is on. */
  path: string;
  filter: AccountsFilter;
}

type Listed = Exclude<Preset, 'custom'>;

/** One key each, where the page has the script `periods`, or `keys`. */
const keys: Record<Listed, string> = {
  today: 'D',
  yesterday: 'E',
  '7d': 'W',
  '28d': 'F',
  '30d': 'T',
  '90d': 'Q',
  month: 'M',
  'last-month': 'P',
  year: 'Y',
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

/** On a list of rows, these letters are about the rows. */
export const rowKeys: readonly string[] = ['E', 'F', 'X'];

interface SwitchProps extends BarProps {
  now: number;
  /** Letters that mean something else on this page. */
  taken?: readonly string[];
}

const beside: readonly Listed[] = ['7d', '30d', '90d', '12m', 'all'];
const inMenu: readonly Listed[] = ['today', 'yesterday', '28d', 'month', 'last-month', 'year'];

const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

/** As many days, right before or after those shown; null: there are none, or they have not come yet. */
function shifted(filter: AccountsFilter, now: number, by: 1 | -1): Partial<AccountsFilter> | null {
  if (filter.period === 'all') return null;
  const { from, to } = periodOf(filter, now);
  const start = from + by * (to - from);
  const isToCome = start > now;
  if (isToCome || start < 0) return null;
  return { period: 'custom', from: isoDay(start), to: isoDay(start + (to - from) - dayMs) };
}

function Period({ path, filter, taken = [], period }: SwitchProps & { period: Listed }) {
  const key = keys[period];
  const hasKey = !taken.includes(key);
  return (
    <a
      href={filterHref(path, filter, { period })}
      aria-keyshortcuts={hasKey ? key : undefined}
      data-key={hasKey ? key.toLowerCase() : undefined}
      aria-current={period === filter.period ? 'true' : undefined}
    >
      {presetLabels[period]}
    </a>
  );
}

/** Further periods, and two days of one's own. */
function PeriodMenu(props: SwitchProps) {
  const { path, filter } = props;
  const isCustom = filter.period === 'custom';
  const isHere = isCustom || inMenu.some((period) => period === filter.period);
  return (
    <details class="menu period-custom" data-menu>
      <summary aria-current={isHere ? 'true' : undefined} aria-keyshortcuts="C" data-key="c">
        <Icon name="calendar" />
        <span>
          {isCustom ? `${filter.from} – ${filter.to}` : presetLabels[isHere ? filter.period : 'custom']}
        </span>
      </summary>
      <div class="menu-panel">
        <ul class="period-more">
          {inMenu.map((period) => (
            <li>
              <Period {...props} period={period} />
            </li>
          ))}
          <li>
            <a
              href={filter.site === null ? '/live' : `/live?site=${filter.site}`}
              aria-keyshortcuts="R"
              data-key="r"
            >
              Live
            </a>
          </li>
        </ul>
        <form method="get" action={path} class="form">
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
      </div>
    </details>
  );
}

function Shift({ path, filter, now, by }: SwitchProps & { by: 1 | -1 }) {
  const to = shifted(filter, now, by);
  if (to === null) return null;
  const key = by === 1 ? 'ArrowRight' : 'ArrowLeft';
  return (
    <a
      class="period-shift"
      href={filterHref(path, filter, to)}
      aria-keyshortcuts={key}
      data-key={key.toLowerCase()}
      aria-label={by === 1 ? 'As many days after these' : 'As many days before these'}
    >
      <Icon name={by === 1 ? 'right' : 'left'} />
    </a>
  );
}

/** The periods to choose from. */
export function PeriodSwitch(props: SwitchProps) {
  return (
    <div class="periods">
      <nav class="segments" aria-label="Period">
        {beside.map((period) => (
          <Period {...props} period={period} />
        ))}
      </nav>
      <Shift {...props} by={-1} />
      <PeriodMenu {...props} />
      <Shift {...props} by={1} />
    </div>
  );
}
