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
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AccountsTable } from '../parts/accounts-table.tsx';
import { Toolbar, ViewTabs } from '../parts/accounts-toolbar.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { NetworksTable } from '../parts/networks-table.tsx';
import { Pager } from '../parts/pager.tsx';
import { maySetUp } from '../roles.ts';
import { counted, number, percent } from '../words.ts';

const groupWords: Record<NetworkGroup, string> = {
  possible: 'Companies that it may have been. Not sure enough to be accounts, and never exported.',
  providers: 'Internet and mobile providers: people at home or on their way, whose employer cannot be told.',
  hosting: 'Data centres, VPNs and proxies: programs, or people who hide where they are.',
  unknown: 'Networks that no source could name.',
};

function Numbers({ overview, filter }: { overview: Overview; filter: AccountsFilter }) {
  const { accounts, newAccounts, accountVisits, visits, pages } = overview;
  const items: [label: string, value: string, note: string][] = [
    ['Companies', number(accounts), periodWords(filter)],
    ['New', number(newAccounts), 'here for the first time'],
    ['Visits with a name', percent(accountVisits, visits), `${number(accountVisits)} of ${number(visits)}`],
    ['Pages', number(pages), 'seen by everybody'],
  ];
  return (
    <dl class="numbers">
      {items.map(([label, value, note]) => (
        <div>
          <dt>{label}</dt>
          <dd>
            <strong>{value}</strong>
            <span>{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Why the list is empty, from the most general reason to the nearest. */
async function emptyList(house: House, filter: AccountsFilter, sites: readonly Site[]) {
  if (filter.q) {
    return (
      <EmptyState
        icon="search"
        title="Nothing matches"
        action={{ href: filterHref('/accounts', filter, { q: '' }), label: 'Clear the search' }}
      >
        No name or domain here contains “{filter.q}” {periodWords(filter)}.
      </EmptyState>
    );
  }
  const ever = await house.store.overview(filter.site, periodOf({ ...filter, period: 'all' }, house.now()));
  const site = sites.find(({ id }) => id === filter.site) ?? sites[0];
  if (ever.visits === 0 && site) {
    return (
      <EmptyState
        icon="bolt"
        title="No visits yet"
        action={{ href: `/sites/${site.id}/tag`, label: 'Check the tag' }}
      >
        Companies appear here as soon as the tag on {site.domain} has seen the first one.
      </EmptyState>
    );
  }
  if (filter.period === 'all') {
    return (
      <EmptyState icon="building" title="Nothing here">
        {filter.view === 'companies'
          ? 'There were visits, but none from a network that could be given a company’s name.'
          : 'No visits of this kind.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="calendar"
      title={`Nothing ${periodWords(filter)}`}
      action={{ href: filterHref('/accounts', filter, { period: 'all' }), label: 'Show all time' }}
    >
      There is nothing to show for these days; there may be for others.
    </EmptyState>
  );
}

/** A link to a page that has gone since, as the list got shorter. */
function beyondLast(filter: AccountsFilter, total: number) {
  return (
    <EmptyState
      icon="building"
      title="This page is empty now"
      action={{ href: filterHref('/accounts', filter), label: 'Back to the first page' }}
    >
      The list has {counted(total, 'row')}.
    </EmptyState>
  );
}

async function list(
  house: House,
  filter: AccountsFilter,
  period: Period,
  sites: readonly Site[],
): Promise<Child> {
  const window = { offset: (filter.page - 1) * rowsPerPage, limit: rowsPerPage };
  const asked = { siteId: filter.site, period, search: filter.q, ...window };
  const now = house.now();
  if (filter.view === 'companies') {
    const { rows, total } = await house.store.accounts({
      ...asked,
      sort: filter.sort,
      descending: filter.dir === 'desc',
    });
    if (rows.length === 0) return total > 0 ? beyondLast(filter, total) : emptyList(house, filter, sites);
    return (
      <>
        <AccountsTable rows={rows} filter={filter} now={now} />
        <Pager filter={filter} shown={rows.length} total={total} />
      </>
    );
  }
  const { rows, total } = await house.store.networks({ ...asked, group: filter.view });
  const caption = groupWords[filter.view];
  if (rows.length === 0) return total > 0 ? beyondLast(filter, total) : emptyList(house, filter, sites);
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
    const overview = await house.store.overview(filter.site, period);
    return render(
      c,
      house,
      { title: 'Companies', place: 'accounts', scripts: ['hints', 'filters'] },
      <>
        <div class="page-head">
          <h1>Companies</h1>
          {filter.view === 'companies' && (
            <a class="button" href={filterHref('/accounts.csv', filter)}>
              <Icon name="download" />
              Export CSV
            </a>
          )}
        </div>
        <Numbers overview={overview} filter={filter} />
        <Toolbar filter={filter} sites={sites} />
        <section class="card card-list">
          <ViewTabs filter={filter} />
          {await list(house, filter, period, sites)}
        </section>
      </>,
    );
  };
}
