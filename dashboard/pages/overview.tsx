/** The overview: how many came, how many of them have a name, and from where; each beside the period before. */

import type { Context } from 'hono';
import type { Period, Site } from '../../collector/store/store.ts';
import type { Traffic } from '../../collector/store/traffic.ts';
import { dayMs } from '../../collector/time.ts';
import { type AccountsFilter, filterHref, periodOf, periodWords, readFilter } from '../accounts-filter.ts';
import { DailyVisits } from '../charts/daily-visits.tsx';
import { companiesWith } from '../companies-with.ts';
import {
  beforeWords,
  changeWords,
  periodBefore,
  roughChangeWords,
  shareChangeWords,
  whyNotComparable,
} from '../comparison.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { CompareSwitch } from '../parts/compare-switch.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { NoSite } from '../parts/no-site.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { PeriodSwitch, SiteSwitch } from '../parts/period-bar.tsx';
import { TopList } from '../parts/top-list.tsx';
import { maySetUp } from '../roles.ts';
import { about, countryName, number, percent } from '../words.ts';

const path = '/overview';
const rowsOfList = 10;

/** Longer than this, days before the first visit are left out of the chart. */
const wholeChartDays = 366;

interface Shown {
  filter: AccountsFilter;
  period: Period;
  before: Period | null;
  traffic: Traffic;
  /** The period before in words, where it can be compared with. */
  than: string | null;
}

function figures({ filter, traffic: { sums, sumsBefore }, than }: Shown): Figure[] {
  const then = than === null ? null : sumsBefore;
  const change = (now: number, before: number | undefined) =>
    before === undefined || than === null ? undefined : changeWords(now, before, than);
  // Since the beginning, everybody came for the first time.
  const isEver = filter.period === 'all';
  return [
    {
      label: 'Visitors',
      value: <Estimated value={sums.visitors} />,
      note: 'different browsers',
      change: then && than !== null ? roughChangeWords(sums.visitors, then.visitors, than) : undefined,
    },
    {
      label: 'Visits',
      value: number(sums.visits),
      note: periodWords(filter),
      change: change(sums.visits, then?.visits),
    },
    {
      label: 'Visits with a name',
      value: percent(sums.accountVisits, sums.visits),
      note: `${number(sums.accountVisits)} of ${number(sums.visits)}`,
      change:
        then && than !== null
          ? shareChangeWords(
              { part: sums.accountVisits, whole: sums.visits },
              { part: then.accountVisits, whole: then.visits },
              than,
            )
          : undefined,
    },
    {
      label: 'Companies',
      value: <a href={filterHref('/accounts', filter)}>{number(sums.accounts)}</a>,
      note: 'known to have come',
      change: change(sums.accounts, then?.accounts),
    },
    {
      label: 'New companies',
      value: isEver ? '–' : number(sums.newAccounts),
      note: 'here for the first time',
      change: isEver ? undefined : change(sums.newAccounts, then?.newAccounts),
    },
    {
      label: 'Pages',
      value: number(sums.pages),
      note: 'seen by everybody',
      change: change(sums.pages, then?.pages),
    },
  ];
}

/** The days that the chart has room for. */
function chartPeriod({ from, to }: Period, firstDay: number, now: number): Period {
  const end = Math.min(to, (Math.floor(now / dayMs) + 1) * dayMs);
  return to - from > wholeChartDays * dayMs
    ? { from: Math.max(from, firstDay * dayMs), to: end }
    : { from, to };
}

function Charts({ shown, now }: { shown: Shown; now: number }) {
  const { traffic, period, before, than } = shown;
  return (
    <section class="card">
      <DailyVisits
        days={traffic.days}
        period={chartPeriod(period, traffic.firstDay ?? 0, now)}
        before={before && than !== null ? { days: traffic.daysBefore, period: before, words: than } : null}
      />
    </section>
  );
}

/** The word is small, or it would not fit beside the figure. */
function Estimated({ value }: { value: number }) {
  const [figure, ...words] = about(value).split(' ').toReversed();
  return (
    <>
      {words.length > 0 && <span>{words.join(' ')} </span>}
      {figure}
    </>
  );
}

function Lists({ shown: { filter, traffic, than }, now }: { shown: Shown; now: number }) {
  const to = companiesWith(filter, now);
  return (
    <div class="top-lists">
      <div class="top-column">
        <TopList
          title="Sources"
          hint="Where visits came from: each visit’s first source."
          label="Source"
          rows={traffic.sources}
          wordsOf={({ channel, source }) => ({
            name: source,
            href: to.visit('source', source),
            detail: channel,
            detailHref: to.visit('channel', channel),
          })}
          than={than}
        />
        <TopList
          title="Landing pages"
          hint="Pages that visits began on. A visit counts once, whatever else it saw."
          label="Page"
          rows={traffic.landings}
          wordsOf={({ host, path }) => ({ name: path, href: to.viewed(path), detail: host })}
          than={than}
        />
      </div>
      <div class="top-column">
        <TopList
          title="Countries"
          hint="Where the visitor’s network is."
          label="Country"
          rows={traffic.countries}
          wordsOf={({ country }) =>
            country === null
              ? { name: 'Not known' }
              : { name: countryName(country), href: to.country(country) }
          }
          than={than}
        />
        <TopList
          title="Campaigns"
          hint="Visits whose link carried a campaign’s name."
          label="Campaign"
          rows={traffic.campaigns}
          wordsOf={({ campaign, source }) => ({
            name: campaign,
            href: to.visit('campaign', campaign),
            detail: source,
            detailHref: to.visit('source', source),
          })}
          than={than}
        />
      </div>
    </div>
  );
}

/** In place of everything else where no visit began in the period. */
function Nothing(props: {
  c: Context<Env>;
  filter: AccountsFilter;
  sites: readonly Site[];
  isEver: boolean;
}) {
  const { c, filter, sites, isEver } = props;
  const site = sites.find(({ id }) => id === filter.site) ?? sites[0];
  if (!isEver)
    return (
      <EmptyState
        icon="calendar"
        title={`No visits ${periodWords(filter)}`}
        action={{ href: filterHref(path, filter, { period: 'all' }), label: 'Show all time' }}
      >
        There is nothing to show for these days; there is for others.
      </EmptyState>
    );
  return (
    <EmptyState
      icon="bolt"
      title="No visits yet"
      {...(site &&
        maySetUp(c.get('user')) && { action: { href: `/sites/${site.id}/tag`, label: 'Check the tag' } })}
    >
      Numbers appear here as soon as the tag on {site?.domain ?? 'your site'} has seen the first visit.
    </EmptyState>
  );
}

export function overviewPage(house: House): Page {
  return async (c) => {
    const page = { title: 'Overview', place: 'overview' as const };
    const sites = await house.store.sites();
    if (sites.length === 0) return render(c, house, page, <NoSite user={c.get('user')} />);
    const now = house.now();
    const filter = readFilter(c.req.query(), sites);
    const period = periodOf(filter, now);
    const before = periodBefore(filter, period);
    const traffic = await house.store.traffic({ siteId: filter.site, period, before, rows: rowsOfList });
    const words = beforeWords(filter, period);
    const whyNot = filter.compare === 'none' ? '' : whyNotComparable(traffic.firstDay, before, words);
    const shown: Shown = { filter, period, before, traffic, than: whyNot === null ? words : null };
    const isEmpty = traffic.sums.visits === 0;
    return render(
      c,
      house,
      { ...page, scripts: ['filters', 'periods'] },
      <>
        <div class="page-head">
          <h1>Overview</h1>
        </div>
        <div class="toolbar">
          {sites.length > 1 && <SiteSwitch path={path} filter={filter} sites={sites} />}
          <CompareSwitch path={path} filter={filter} />
          <PeriodSwitch path={path} filter={filter} now={now} />
        </div>
        {isEmpty ? (
          <section class="card">
            <Nothing c={c} filter={filter} sites={sites} isEver={traffic.firstDay === null} />
          </section>
        ) : (
          <>
            <Numbers figures={figures(shown)} />
            <Charts shown={shown} now={now} />
            <Lists shown={shown} now={now} />
            <p class="muted overview-note">
              Whole days in UTC, today as far as it has gone. Our own people are not counted, but among the
              visitors, whose number is estimated: within 5 % of the truth, nineteen times in twenty. {whyNot}
            </p>
          </>
        )}
      </>,
    );
  };
}
