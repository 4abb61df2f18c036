/** What a company did: how busy they were, who came when, and every visit they made. */
import { z } from 'zod';
import { isProspect } from '../../collector/journey/buying-group.ts';
import type { PainPoints as PainPointsFound } from '../../collector/store/pain-points.ts';
import type { JourneyCursor, JourneySession } from '../../collector/store/store.ts';
import { accountTab, type TabOf } from '../account-tab.tsx';
import { Activity } from '../charts/activity.tsx';
import type { House, Page } from '../house.ts';
import { tabHref } from '../parts/account-tabs.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Lanes, type NamedLane, nameLanes } from '../parts/lanes.tsx';
import { Moment } from '../parts/moment.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { PainPoints } from '../parts/pain-points.tsx';
import { byWho, Timeline } from '../parts/timeline.tsx';
import { whoPath } from '../person-address.ts';
import { number } from '../words.ts';

const visitsPerPage = 20;

const id = z.coerce.number().int().positive();
const shape = z.object({
  site: id.nullable().catch(null),
  /** Of these, one alone: a browser of nobody's, or a person in whichever browser. */
  visitor: id.nullable().catch(null),
  person: id.nullable().catch(null),
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

function href(accountId: number, shown: Partial<Shown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(shown)) if (value !== null) query.set(name, String(value));
  return `${tabHref(accountId, 'activity')}${query.size > 0 ? `?${query}` : ''}#visits`;
}

function figures({ account, now }: TabOf): Figure[] {
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

function headingOf(account: TabOf['account'], lanes: readonly NamedLane[]): string {
  if (lanes.every(({ touchpoints }) => touchpoints === 0)) return 'Visits';
  return account.visits === 0 ? 'Touchpoints' : 'Visits and touchpoints';
}

function Story(props: {
  of: TabOf;
  shown: Shown;
  /** Of the site that is shown. */
  lanes: readonly NamedLane[];
  /** The one shown alone; null: all. */
  chosen: NamedLane | null;
  sessions: readonly JourneySession[];
  next: JourneyCursor | null;
  pains: PainPointsFound;
}) {
  const { of, shown, lanes, chosen, sessions, next, pains } = props;
  const { account, now } = of;
  const heading = headingOf(account, chosen === null ? lanes : [chosen]);
  return (
    <>
      <Numbers figures={figures(of)} />
      {account.visits > 0 && (
        <div class="card">
          <Activity values={account.activity} now={now} />
        </div>
      )}
      <div class="account-columns">
        <section class="account-story" id="visits" aria-labelledby="visits-title">
          <div class="card-head">
            <h2 id="visits-title">{chosen ? `${heading} of ${chosen.label}` : heading}</h2>
            {chosen && (chosen.personId !== null || chosen.visits > 0) && (
              <a href={whoPath(chosen.who)}>Their page</a>
            )}
            <span class="muted">Times are UTC</span>
          </div>
          {shown.before !== null && (
            <a class="button" href={href(account.id, { ...shown, before: null })}>
              Back to the newest
            </a>
          )}
          {sessions.length === 0 ? (
            <EmptyState icon="calendar" title="No older visits">
              This is where their story begins.
            </EmptyState>
          ) : (
            <Timeline
              sessions={sessions}
              whose={byWho(of.lanes)}
              after={cursorOf(shown.before)?.startedAt ?? null}
              now={now}
            />
          )}
          {next !== null && (
            <a
              class="button older"
              href={href(account.id, { ...shown, before: `${next.startedAt}-${next.sessionId}` })}
            >
              Show older visits
            </a>
          )}
        </section>
        <aside class="account-side" aria-label="Who came when, and where they got stuck">
          <Lanes
            lanes={lanes}
            chosen={chosen}
            sessions={sessions}
            span={{
              // What was imported may be older than the first visit.
              from: Math.min(account.firstAt, ...lanes.map(({ firstAt }) => firstAt)),
              to: Math.max(now, account.lastAt),
            }}
            now={now}
            hrefOf={(lane) =>
              href(account.id, {
                site: shown.site,
                visitor: lane !== null && lane.personId === null ? -lane.who : null,
                person: lane?.personId ?? null,
              })
            }
          />
          <PainPoints accountId={account.id} found={pains} />
        </aside>
      </div>
    </>
  );
}

export function accountPage(house: House): Page {
  return accountTab(house, 'activity', async (c, of) => {
    const { account, siteId } = of;
    const shown = { ...shape.parse(c.req.query()), site: siteId };
    if (account.visits === 0 && of.lanes.length === 0)
      return (
        <div class="card">
          <EmptyState
            icon="calendar"
            title="No visits"
            {...(of.people.some(isProspect)
              ? { action: { href: tabHref(account.id, 'prospects'), label: 'See whom you know there' } }
              : {})}
          >
            Nobody came from {account.name} so far, or their visits were found to be somebody else’s.
          </EmptyState>
        </div>
      );
    const { sessions, next } = await house.store.journey({
      accountId: account.id,
      siteId,
      visitorId: shown.visitor,
      personId: shown.person,
      before: cursorOf(shown.before),
      limit: visitsPerPage,
    });
    const who = shown.person ?? (shown.visitor === null ? null : -shown.visitor);
    const lanes = siteId === null ? of.lanes : await lanesOn(house, of);
    const chosen = lanes.find((lane) => lane.who === who) ?? null;
    const pains = await house.store.painPoints(account.id, siteId);
    return <Story {...{ of, shown, lanes, chosen, sessions, next, pains }} />;
  });
}

/** Those who came to one site, called what they are called on all of them. */
async function lanesOn(house: House, { account, siteId, lanes }: TabOf): Promise<NamedLane[]> {
  const names = new Map(lanes.map((lane) => [lane.who, lane]));
  return nameLanes(await house.store.lanes(account.id, siteId)).map((lane) => {
    const { label, colour } = names.get(lane.who) ?? lane;
    return { ...lane, label, colour };
  });
}
