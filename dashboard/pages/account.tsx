/** One company's story: who they are and how we know, how busy they were, and every visit they made. */
import { z } from 'zod';
import type { AccountDetail, JourneyCursor, JourneySession } from '../../collector/store/store.ts';
import { Activity } from '../charts/activity.tsx';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AccountHead } from '../parts/account-head.tsx';
import { AccountScore } from '../parts/account-score.tsx';
import { Attributes } from '../parts/attributes.tsx';
import { Attributions } from '../parts/attributions.tsx';
import { Done } from '../parts/done.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Lanes, type NamedLane, nameLanes } from '../parts/lanes.tsx';
import { Moment } from '../parts/moment.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { mayUndo } from '../roles.ts';
import { type ExplainedScore, explainedScore } from '../shown-score.ts';
import { number } from '../words.ts';
import { problem } from './problem.tsx';

const visitsPerPage = 20;

const id = z.coerce.number().int().positive();
const shape = z.object({
  site: id.nullable().catch(null),
  visitor: id.nullable().catch(null),
  /** The decision that led here. */
  done: id.nullable().catch(null),
  /** `startedAt-sessionId` of the visit above which the page begins. */
  before: z
    .string()
    .regex(/^\d{1,16}-\d{1,16}$/)
    .nullable()
    .catch(null),
});

type Shown = z.infer<typeof shape>;

function cursorOf(text: string | null): JourneyCursor | null {
  if (text === null) return null;
  const [startedAt = 0, sessionId = 0] = text.split('-').map(Number);
  return { startedAt, sessionId };
}

function href(accountId: number, shown: Partial<Shown>, anchor = ''): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(shown)) if (value !== null) query.set(name, String(value));
  return `/accounts/${accountId}${query.size > 0 ? `?${query}` : ''}${anchor}`;
}

function figures(account: AccountDetail, now: number): Figure[] {
  return [
    { label: 'Visits', value: number(account.visits) },
    { label: 'People', value: number(account.people) },
    { label: 'Pages', value: number(account.pages) },
    { label: 'Forms sent', value: number(account.forms) },
    { label: 'First seen', value: <Moment at={account.firstAt} now={now} /> },
  ];
}

/** What a page has to say of a company that nobody came from, or whose visits are somebody else's now. */
function NoVisits({ account }: { account: AccountDetail }) {
  return (
    <div class="stack">
      <div class="card">
        <EmptyState icon="calendar" title="No visits">
          Nobody came from {account.name} so far, or their visits were found to be somebody else’s.
        </EmptyState>
      </div>
      <Attributes profile={account.profile} />
    </div>
  );
}

function Story(props: {
  account: AccountDetail;
  shown: Shown;
  lanes: readonly NamedLane[];
  /** The one shown alone; null: all. */
  chosen: NamedLane | null;
  sessions: readonly JourneySession[];
  next: JourneyCursor | null;
  score: ExplainedScore | null;
  now: number;
}) {
  const { account, shown, lanes, chosen, sessions, next, score, now } = props;
  return (
    <>
      <Numbers figures={figures(account, now)} />
      <div class="card">
        <Activity values={account.activity} now={now} />
      </div>
      <div class="account-columns">
        <section class="account-story" id="visits" aria-labelledby="visits-title">
          <div class="card-head">
            <h2 id="visits-title">{chosen ? `Visits of ${chosen.label}` : 'Visits'}</h2>
            <span class="muted">Times are UTC</span>
          </div>
          {shown.before !== null && (
            <a class="button" href={href(account.id, { ...shown, done: null, before: null }, '#visits')}>
              Back to the newest
            </a>
          )}
          {sessions.length === 0 ? (
            <EmptyState icon="calendar" title="No older visits">
              This is where their story begins.
            </EmptyState>
          ) : (
            <Timeline sessions={sessions} lanes={lanes} />
          )}
          {next !== null && (
            <a
              class="button older"
              href={href(
                account.id,
                { ...shown, done: null, before: `${next.startedAt}-${next.sessionId}` },
                '#visits',
              )}
            >
              Show older visits
            </a>
          )}
        </section>
        <aside class="account-side" aria-label="Who, and how we know">
          <AccountScore shown={score} />
          <Lanes
            lanes={lanes}
            chosen={chosen?.visitorId ?? null}
            sessions={sessions}
            span={{ from: account.firstAt, to: Math.max(now, account.lastAt) }}
            now={now}
            hrefOf={(visitor) => href(account.id, { site: shown.site, visitor }, '#visits')}
          />
          <Attributions attributions={account.attributions} now={now} />
          <Attributes profile={account.profile} />
        </aside>
      </div>
    </>
  );
}

export function accountPage(house: House): Page {
  return async (c) => {
    const accountId = id.safeParse(c.req.param('id'));
    const asked = shape.parse(c.req.query());
    const sites = await house.store.sites();
    // As in the list: a site that is none is all of them.
    const shown = { ...asked, site: sites.some((site) => site.id === asked.site) ? asked.site : null };
    const now = house.now();
    const home = accountId.success ? await house.store.accountHome(accountId.data) : null;
    if (accountId.success && home !== null && home !== accountId.data) {
      const { search } = new URL(c.req.url);
      return c.redirect(`/accounts/${home}${search}`, 302);
    }
    const account = accountId.success ? await house.store.account(accountId.data, shown.site, now) : null;
    if (!account) {
      return problem(c, house, 404, 'No such company', 'It may have been merged with another, or never was.');
    }
    const user = c.get('user');
    const decision = shown.done === null ? null : await house.store.decision(shown.done);
    const lanes = nameLanes(await house.store.lanes(account.id, shown.site));
    const { sessions, next } = await house.store.journey({
      accountId: account.id,
      siteId: shown.site,
      visitorId: shown.visitor,
      before: cursorOf(shown.before),
      limit: visitsPerPage,
    });
    return render(
      c,
      house,
      { title: account.name, place: 'accounts' },
      <>
        <a class="back" href="/accounts">
          <Icon name="left" />
          Companies
        </a>
        {decision && (
          <Done
            decision={decision}
            back={`/accounts/${account.id}`}
            mayUndo={mayUndo(user, decision.madeBy)}
          />
        )}
        <AccountHead account={account} now={now} user={user} />
        {account.visits === 0 ? (
          <NoVisits account={account} />
        ) : (
          <Story
            {...{ account, shown, lanes, sessions, next, now }}
            score={await explainedScore(house, account.id)}
            chosen={lanes.find((lane) => lane.visitorId === shown.visitor) ?? null}
          />
        )}
      </>,
    );
  };
}
