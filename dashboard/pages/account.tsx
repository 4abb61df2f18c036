/** One company's story: who they are and how we know, how busy they were, and every visit they made. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { z } from 'zod';
import type { AccountPerson } from '../../collector/store/people.ts';
import {
  type AccountDetail,
  type JourneyCursor,
  type JourneySession,
  StoreBusy,
} from '../../collector/store/store.ts';
import { Activity } from '../charts/activity.tsx';
import type { Env, House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { AccountHead } from '../parts/account-head.tsx';
import { AccountMarksBar } from '../parts/account-marks.tsx';
import { AccountNotes } from '../parts/account-notes.tsx';
import { AccountScore } from '../parts/account-score.tsx';
import { Attributes } from '../parts/attributes.tsx';
import { Attributions } from '../parts/attributions.tsx';
import { Done } from '../parts/done.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Lanes, type NamedLane, nameLanes } from '../parts/lanes.tsx';
import { Marked } from '../parts/marked.tsx';
import { Moment } from '../parts/moment.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { PainPoints } from '../parts/pain-points.tsx';
import { People } from '../parts/people.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { WhyHere } from '../parts/why-segment.tsx';
import { personPath } from '../person-address.ts';
import { mayUndo, type User } from '../roles.ts';
import { type ExplainedScore, explainedScore } from '../shown-score.ts';
import { whySegment } from '../why-segment.ts';
import { number } from '../words.ts';
import { problem } from './problem.tsx';

const visitsPerPage = 20;

const id = z.coerce.number().int().positive();
const shape = z.object({
  site: id.nullable().catch(null),
  visitor: id.nullable().catch(null),
  /** The decision that led here. */
  done: id.nullable().catch(null),
  /** What was just marked. */
  did: id.nullable().catch(null),
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
    {
      label: 'First seen',
      value: account.visits === 0 ? 'Not yet' : <Moment at={account.firstAt} now={now} />,
    },
  ];
}

/** What people have marked on it, and what the forms for that offer. */
async function besideAccount(house: House, accountId: number, user: User) {
  const [marks, notes, emails, tags] = await Promise.all([
    house.store.marks([accountId], user.email),
    house.store.notes(accountId),
    house.auth.emails(),
    house.store.tags(),
  ]);
  const found = marks.get(accountId);
  if (found === undefined) throw new Error(`nothing is said of the marks of account ${accountId}`);
  return { marks: found, notes, emails, tags };
}

/** What a page has to say of a company that nobody came from, or whose visits are somebody else's now. */
function NoVisits({
  account,
  people,
  now,
  notes,
}: {
  account: AccountDetail;
  people: readonly AccountPerson[];
  now: number;
  notes: Child;
}) {
  return (
    <div class="stack">
      <div class="card">
        <EmptyState icon="calendar" title="No visits">
          Nobody came from {account.name} so far, or their visits were found to be somebody else’s.
        </EmptyState>
      </div>
      <People people={people} now={now} />
      {notes}
      <Attributes profile={account.profile} />
    </div>
  );
}

function Story(props: {
  account: AccountDetail;
  shown: Shown;
  lanes: readonly NamedLane[];
  people: readonly AccountPerson[];
  /** The one shown alone; null: all. */
  chosen: NamedLane | null;
  sessions: readonly JourneySession[];
  next: JourneyCursor | null;
  score: ExplainedScore | null;
  now: number;
  notes: Child;
}) {
  const { account, shown, lanes, people, chosen, sessions, next, score, now, notes } = props;
  const told = (chosen === null ? lanes : [chosen]).filter(({ via }) => via === 'import');
  const heading =
    told.length === 0 ? 'Visits' : account.visits === 0 ? 'Touchpoints' : 'Visits and touchpoints';
  return (
    <>
      <Numbers figures={figures(account, now)} />
      {account.visits > 0 && (
        <div class="card">
          <Activity values={account.activity} now={now} />
        </div>
      )}
      <div class="account-columns">
        <section class="account-story" id="visits" aria-labelledby="visits-title">
          <div class="card-head">
            <h2 id="visits-title">{chosen ? `${heading} of ${chosen.label}` : heading}</h2>
            {chosen && (chosen.via !== 'import' || chosen.person) && (
              <a href={personPath({ kind: 'visitor', id: chosen.visitorId })}>Their page</a>
            )}
            <span class="muted">Times are UTC</span>
          </div>
          {shown.before !== null && (
            <a
              class="button"
              href={href(account.id, { ...shown, done: null, did: null, before: null }, '#visits')}
            >
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
                { ...shown, done: null, did: null, before: `${next.startedAt}-${next.sessionId}` },
                '#visits',
              )}
            >
              Show older visits
            </a>
          )}
        </section>
        <aside class="account-side" aria-label="Who, and how we know">
          <AccountScore shown={score} />
          {notes}
          <Lanes
            lanes={lanes}
            chosen={chosen?.visitorId ?? null}
            sessions={sessions}
            span={{
              // What was imported may be older than the first visit.
              from: Math.min(account.firstAt, ...lanes.map(({ firstAt }) => firstAt)),
              to: Math.max(now, account.lastAt),
            }}
            now={now}
            hrefOf={(visitor) => href(account.id, { site: shown.site, visitor }, '#visits')}
          />
          <People people={people} now={now} />
          <Attributions attributions={account.attributions} now={now} />
          <Attributes profile={account.profile} />
        </aside>
      </div>
    </>
  );
}

/**
 * That somebody opened the page, for the list of those whom nobody has looked at. A browser that fetches it before
 * anybody asked has not; and whoever cannot be written down just now still sees the page.
 */
async function noteLook(c: Context<Env>, house: House, accountId: number): Promise<void> {
  if (/prefetch|prerender/.test(c.req.header('sec-purpose') ?? '')) return;
  await house.store.looked(accountId, c.get('user').email, house.now()).catch((error: unknown) => {
    if (!(error instanceof StoreBusy)) throw error;
  });
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
    await noteLook(c, house, account.id);
    const beside = await besideAccount(house, account.id, user);
    const changed = shown.did === null ? null : await house.store.markChange(shown.did);
    const here = href(account.id, { ...shown, done: null, did: null });
    const pains = await house.store.painPoints(account.id, shown.site);
    const notes = (
      <>
        <AccountNotes accountId={account.id} notes={beside.notes} user={user} now={now} />
        <PainPoints accountId={account.id} found={pains} />
      </>
    );
    const decision = shown.done === null ? null : await house.store.decision(shown.done);
    const lanes = nameLanes(await house.store.lanes(account.id, shown.site));
    const people = await house.store.people(account.id);
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
        {changed?.madeBy === user.email && <Marked changed={changed} back={here} />}
        <AccountHead account={account} now={now} user={user} />
        <AccountMarksBar accountId={account.id} user={user} back={here} {...beside} />
        <WhyHere why={await whySegment(house, user, c.req.query(), account.id)} />
        {account.visits === 0 && lanes.length === 0 ? (
          <NoVisits {...{ account, people, now, notes }} />
        ) : (
          <Story
            {...{ account, shown, lanes, people, sessions, next, now, notes }}
            score={await explainedScore(house, account.id)}
            chosen={lanes.find((lane) => lane.visitorId === shown.visitor) ?? null}
          />
        )}
      </>,
    );
  };
}
