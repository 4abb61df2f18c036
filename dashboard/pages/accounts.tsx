/** The home page: which companies came, and beside them the visits that are nobody's. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { NetworkGroup, Overview, Period, Site } from '../../collector/store/store.ts';
import {
  type AccountsFilter,
  filterHref,
  periodOf,
  periodWords,
  readFilter,
  rowsPerPage,
} from '../accounts-filter.ts';
import { type FilterSegment, sawSegment, segmentOf } from '../asked-segment.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AccountsTable } from '../parts/accounts-table.tsx';
import { Toolbar, ViewTabs } from '../parts/accounts-toolbar.tsx';
import { emptyList } from '../parts/empty-list.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { NetworksTable } from '../parts/networks-table.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { Pager } from '../parts/pager.tsx';
import { SegmentChip, UnreadableSegment } from '../parts/segment-chip.tsx';
import { mayManageAccounts, maySetUp, type User } from '../roles.ts';
import { number, percent } from '../words.ts';

const groupWords: Record<NetworkGroup, string> = {
  possible: 'Companies that it may have been. Not sure enough to be accounts, and never exported.',
  providers: 'Internet and mobile providers: people at home or on their way, whose employer cannot be told.',
  hosting: 'Data centres, VPNs and proxies: programs, or people who hide where they are.',
  unknown: 'Networks that no source could name.',
  own: 'Our own people, where you said so. They are in none of the numbers above.',
};

function figures(overview: Overview, filter: AccountsFilter): Figure[] {
  const { accounts, newAccounts, accountVisits, visits, pages } = overview;
  // Since the beginning, everybody came for the first time.
  const isNew = filter.period === 'all' ? '–' : number(newAccounts);
  return [
    { label: 'Companies', value: number(accounts), note: periodWords(filter) },
    { label: 'New', value: isNew, note: 'here for the first time' },
    {
      label: 'Visits with a name',
      value: percent(accountVisits, visits),
      note: `${number(accountVisits)} of ${number(visits)}`,
    },
    { label: 'Pages', value: number(pages), note: 'seen by everybody' },
  ];
}

async function list(
  house: House,
  filter: AccountsFilter,
  around: { period: Period; sites: readonly Site[]; user: User; segment: FilterSegment | null },
): Promise<Child> {
  const window = { offset: (filter.page - 1) * rowsPerPage, limit: rowsPerPage };
  const asked = { siteId: filter.site, period: around.period, search: filter.q, ...window };
  const now = house.now();
  if (filter.view === 'companies') {
    const { segment } = around;
    if (segment?.asked === null) return <UnreadableSegment segment={segment} />;
    const { rows, total } = await house.store.accounts({
      ...asked,
      ...(segment !== null && { segment: segment.asked }),
      sort: filter.sort,
      descending: filter.dir === 'desc',
    });
    if (rows.length === 0) return emptyList(house, filter, { ...around, total });
    return (
      <>
        <AccountsTable rows={rows} filter={filter} now={now} />
        <Pager filter={filter} shown={rows.length} total={total} />
      </>
    );
  }
  const { rows, total } = await house.store.networks({ ...asked, group: filter.view });
  const caption = groupWords[filter.view];
  if (rows.length === 0) return emptyList(house, filter, { ...around, total });
  return (
    <>
      <p class="list-note">{caption}</p>
      <NetworksTable rows={rows} caption={caption} now={now} />
      <Pager filter={filter} shown={rows.length} total={total} />
    </>
  );
}

function noSite(c: Context<Env>, house: House) {
  const isOwner = maySetUp(c.get('user'));
  return render(
    c,
    house,
    { title: 'Companies', place: 'accounts' },
    <EmptyState
      icon="plus"
      title="Which site shall we watch?"
      {...(isOwner && { action: { href: '/sites/new', label: 'Add your site' } })}
    >
      {isOwner
        ? 'Name your site, paste one line into it, and the companies that visit it appear here.'
        : 'No site has been added yet. An owner of this Footlight can do that.'}
    </EmptyState>,
  );
}

export function accountsPage(house: House): Page {
  return async (c) => {
    const sites = await house.store.sites();
    if (sites.length === 0) return noSite(c, house);
    const filter = readFilter(c.req.query(), sites);
    const period = periodOf(filter, house.now());
    const segment = await segmentOf(house, c.get('user'), filter);
    if (segment !== null && filter.view === 'companies' && filter.page === 1)
      await sawSegment(house, c.get('user'), segment);
    const rules = segment === null ? [] : await house.store.alertRules(c.get('user').email);
    const isTold = rules.some(({ segmentId }) => segmentId === segment?.id);
    const overview = await house.store.overview(filter.site, period);
    return render(
      c,
      house,
      { title: 'Companies', place: 'accounts', scripts: ['hints', 'filters'] },
      <>
        <div class="page-head">
          <h1>Companies</h1>
          {filter.view === 'companies' && (
            <span class="page-actions">
              {mayManageAccounts(c.get('user')) && (
                <a class="button" href="/accounts/import">
                  Import profiles
                </a>
              )}
              <a class="button" href={filterHref('/accounts.csv', filter)}>
                <Icon name="download" />
                Export CSV
              </a>
            </span>
          )}
        </div>
        <Numbers figures={figures(overview, filter)} />
        <Toolbar filter={filter} sites={sites} />
        {segment !== null && filter.view === 'companies' && (
          <SegmentChip filter={filter} segment={segment} isTold={isTold} />
        )}
        <section class="card card-list">
          <ViewTabs filter={filter} />
          {await list(house, filter, { period, sites, user: c.get('user'), segment })}
        </section>
      </>,
    );
  };
}
