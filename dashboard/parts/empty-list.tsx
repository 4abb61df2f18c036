/** What stands in the place of the accounts list when it has no rows: why, and the way out. */
import type { BuiltInList } from '../../collector/store/marks.ts';
import type { Site } from '../../collector/store/store.ts';
import { type AccountsFilter, filterHref, periodOf, periodWords } from '../accounts-filter.ts';
import type { House } from '../house.ts';
import { maySetUp, type User } from '../roles.ts';
import { counted } from '../words.ts';
import { EmptyState } from './empty-state.tsx';

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

/** Why one of the lists is empty though there were visits: mostly no reason to worry. */
const emptyLists: Record<Exclude<BuiltInList, 'all'>, { title: string; says: string }> = {
  new: { title: 'Nobody new', says: 'Every company that came had been here before.' },
  mine: {
    title: 'None of these is yours',
    says: 'Take a company on its own page, or choose some in the list and assign them to yourself.',
  },
  followed: {
    title: 'You follow none of these',
    says: 'Follow a company on its own page, or with the key f in the list.',
  },
  unseen: {
    title: 'Nothing was overlooked',
    says: 'Every company that came has an owner, or somebody has opened its page since.',
  },
  hidden: {
    title: 'You have hidden none of these',
    says: 'What you hide goes from your lists alone, to here.',
  },
};

function emptyBuiltIn(filter: AccountsFilter, list: Exclude<BuiltInList, 'all'>) {
  const { title, says } = emptyLists[list];
  return (
    <EmptyState
      icon={list === 'unseen' ? 'check' : 'building'}
      title={title}
      action={{ href: filterHref('/accounts', filter, { list: 'all' }), label: 'Show all companies' }}
    >
      {says} This is about companies that came {periodWords(filter)}.
    </EmptyState>
  );
}

/**
 * Why the list is empty, and what to do about it.
 * @param around.total rows that other pages have
 */
export async function emptyList(
  house: House,
  filter: AccountsFilter,
  around: { sites: readonly Site[]; user: User; total: number },
) {
  const { sites, user, total } = around;
  if (total > 0) return beyondLast(filter, total);
  if (filter.view === 'companies' && (filter.segment !== null || filter.where !== '')) {
    return (
      <EmptyState
        icon="search"
        title="Nobody here is in this segment"
        action={{
          href: filterHref('/accounts', filter, { segment: null, where: '', q: '' }),
          label: 'Show all companies',
        }}
      >
        No company that came {periodWords(filter)} is in it. A longer period may show some.
      </EmptyState>
    );
  }
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
        {...(maySetUp(user) && { action: { href: `/sites/${site.id}/tag`, label: 'Check the tag' } })}
      >
        Companies appear here as soon as the tag on {site.domain} has seen the first one. No need to wait:
        your web server’s access log knows who came before.{' '}
        {maySetUp(user) && <code>npx footlight import log FILE --site {site.key}</code>}
      </EmptyState>
    );
  }
  if (filter.view === 'companies' && filter.list !== 'all') return emptyBuiltIn(filter, filter.list);
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
