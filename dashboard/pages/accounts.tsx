/** The home page: which companies came, and beside them the visits that are nobody's. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { z } from 'zod';
import type { MarksChanged } from '../../collector/store/marks.ts';
import type { AccountRow, NetworkGroup, Overview, Period, Site } from '../../collector/store/store.ts';
import { type AccountsFilter, filterHref, periodOf, periodWords, readFilter } from '../accounts-filter.ts';
import { type FilterSegment, sawSegment, segmentOf } from '../asked-segment.ts';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { type Column, readColumns, usualColumns } from '../list-columns.ts';
import type { ListedRow } from '../parts/account-cells.tsx';
import { AccountsBulk, EnterTags } from '../parts/accounts-bulk.tsx';
import { AccountsTable } from '../parts/accounts-table.tsx';
import { Toolbar, ViewTabs } from '../parts/accounts-toolbar.tsx';
import { ColumnChoice } from '../parts/column-choice.tsx';
import { emptyList } from '../parts/empty-list.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { KeptFilter } from '../parts/kept-filter.tsx';
import { KeysHelp } from '../parts/keys-help.tsx';
import { ListRail } from '../parts/list-rail.tsx';
import { Marked } from '../parts/marked.tsx';
import { NetworksTable } from '../parts/networks-table.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { Pager } from '../parts/pager.tsx';
import { SegmentChip, UnreadableSegment } from '../parts/segment-chip.tsx';
import { SegmentRail, shownSegments } from '../parts/segment-rail.tsx';
import { mayManageAccounts, maySetUp, type User } from '../roles.ts';
import { shownScores } from '../shown-score.ts';
import { number, percent } from '../words.ts';

const changeId = z.coerce.number().int().positive();

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

/** What is known of the listed companies beside their sums, and what the form below them offers. */
async function beside(
  house: House,
  filter: AccountsFilter,
  rows: readonly AccountRow[],
  { user, period, columns }: { user: User; period: Period; columns: readonly Column[] },
) {
  const ids = rows.map(({ id }) => id);
  const [marks, engaged, scores, emails, tags] = await Promise.all([
    house.store.marks(ids, user.email),
    columns.includes('engaged') ? house.store.engagement(ids, filter.site, period) : null,
    columns.includes('score') ? shownScores(house, ids) : null,
    house.auth.emails(),
    house.store.tags(),
  ]);
  const listed = rows.flatMap((row): ListedRow[] => {
    const its = marks.get(row.id);
    return its === undefined
      ? []
      : [{ row, marks: its, engaged: engaged?.get(row.id) ?? null, score: scores?.get(row.id) ?? null }];
  });
  return { listed, emails, tags };
}

function Companies(props: {
  filter: AccountsFilter;
  user: User;
  columns: readonly Column[];
  now: number;
  listed: readonly ListedRow[];
  emails: readonly string[];
  tags: readonly { tag: string }[];
}) {
  const { filter, user, columns, now, listed, emails, tags } = props;
  return (
    <form method="post" action="/accounts/marks" data-companies>
      <EnterTags />
      <KeptFilter filter={filter} withPage />
      <AccountsTable rows={listed} columns={columns} around={{ filter, now, user }} />
      <AccountsBulk filter={filter} user={user} emails={emails} tags={tags} />
    </form>
  );
}

async function list(
  house: House,
  filter: AccountsFilter,
  around: {
    period: Period;
    sites: readonly Site[];
    user: User;
    columns: readonly Column[];
    segment: FilterSegment | null;
  },
): Promise<Child> {
  const window = { offset: (filter.page - 1) * filter.rows, limit: filter.rows };
  const asked = { siteId: filter.site, period: around.period, search: filter.q, ...window };
  const now = house.now();
  if (filter.view === 'companies') {
    const { segment } = around;
    if (segment?.asked === null) return <UnreadableSegment segment={segment} />;
    const { rows, total } = await house.store.accounts({
      ...asked,
      list: { user: around.user.email, list: filter.list },
      ...(segment !== null && { segment: segment.asked }),
      sort: filter.sort,
      descending: filter.dir === 'desc',
    });
    if (rows.length === 0) return emptyList(house, filter, { ...around, total });
    return (
      <>
        <Companies
          filter={filter}
          user={around.user}
          columns={around.columns}
          now={now}
          {...(await beside(house, filter, rows, around))}
        />
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
      isWholePage
      title="Which site shall we watch?"
      {...(isOwner && { action: { href: '/sites/new', label: 'Add your site' } })}
    >
      {isOwner
        ? 'Name your site, paste one line into it, and the companies that visit it appear here.'
        : 'No site has been added yet. An owner of this Footlight can do that.'}
    </EmptyState>,
  );
}

/** What was just marked, for whoever did it. */
async function marked(c: Context<Env>, house: House): Promise<MarksChanged | null> {
  const asked = changeId.safeParse(c.req.query('did'));
  const changed = asked.success ? await house.store.markChange(asked.data) : null;
  return changed?.madeBy === c.get('user').email ? changed : null;
}

function HeadActions({ filter, user }: { filter: AccountsFilter; user: User }) {
  if (filter.view !== 'companies') return null;
  return (
    <span class="page-actions">
      {mayManageAccounts(user) && (
        <a class="button" href="/imports">
          <Icon name="upload" />
          Import
        </a>
      )}
      <a class="button" href={filterHref('/accounts.csv', filter)} data-export>
        <Icon name="download" />
        Export CSV
      </a>
    </span>
  );
}

export function accountsPage(house: House): Page {
  return async (c) => {
    const sites = await house.store.sites();
    if (sites.length === 0) return noSite(c, house);
    const user = c.get('user');
    const filter = readFilter(c.req.query(), sites);
    const period = periodOf(filter, house.now());
    const segment = await segmentOf(house, user, filter);
    if (segment !== null && filter.view === 'companies' && filter.page === 1)
      await sawSegment(house, user, segment);
    const [overview, counts, segments, rules, changed, kept, keys] = await Promise.all([
      house.store.overview(filter.site, period),
      house.store.listCounts(filter.site, period, user.email),
      house.store.savedSegments(user.email),
      segment === null ? [] : house.store.alertRules(user.email),
      marked(c, house),
      house.store.userSetting(user.email, 'columns'),
      house.store.userSetting(user.email, 'keys'),
    ]);
    const isTold = rules.some(({ segmentId }) => segmentId === segment?.id);
    const columns = filter.columns ?? readColumns(kept ?? '') ?? usualColumns;
    const here = filterHref('/accounts', filter, { page: filter.page });
    // After everything else was read: counting has no part in how long the list takes.
    const rows = await list(house, filter, { period, sites, user, columns, segment });
    const segmentCounts = house.segmentCounts.known(user.email, segments.slice(0, shownSegments));
    return render(
      c,
      house,
      {
        title: 'Companies',
        place: 'accounts',
        scripts: ['keys', 'hints', 'preview', 'chosen', 'filters', 'rail'],
      },
      <>
        <div class="page-head">
          <h1>Companies</h1>
          <HeadActions filter={filter} user={user} />
        </div>
        {changed && <Marked changed={changed} back={here} />}
        <Numbers figures={figures(overview, filter)} />
        <div class="with-rail">
          <ListRail filter={filter} counts={counts}>
            <SegmentRail filter={filter} segments={segments} counts={segmentCounts} />
          </ListRail>
          <div class="beside-rail">
            <Toolbar filter={filter} sites={sites} now={house.now()} />
            {segment !== null && filter.view === 'companies' && (
              <SegmentChip filter={filter} segment={segment} isTold={isTold} />
            )}
            <section class="card card-list">
              <div class="list-head">
                <ViewTabs filter={filter} />
                {filter.view === 'companies' && <ColumnChoice filter={filter} shown={columns} />}
              </div>
              {rows}
            </section>
            <KeysHelp areOn={keys !== 'off'} back={here} />
          </div>
        </div>
      </>,
    );
  };
}
