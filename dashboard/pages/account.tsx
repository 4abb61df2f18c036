/** One company's story: who they are and how we know, how busy they were, and every visit they made. */
import { z } from 'zod';
import type { AccountDetail, JourneyCursor } from '../../collector/store/store.ts';
import { Activity } from '../charts/activity.tsx';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { Attributions } from '../parts/attributions.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Lanes, nameLanes } from '../parts/lanes.tsx';
import { Moment } from '../parts/moment.tsx';
import { Monogram } from '../parts/monogram.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { confidenceWords, countryName, kindWords, number } from '../words.ts';
import { problem } from './problem.tsx';

const visitsPerPage = 20;

const id = z.coerce.number().int().positive();
const shape = z.object({
  site: id.nullable().catch(null),
  visitor: id.nullable().catch(null),
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

function Head({ account, now }: { account: AccountDetail; now: number }) {
  return (
    <header class="account-head">
      <Monogram name={account.name} size="large" />
      <div>
        <h1>{account.name}</h1>
        <p class="account-facts">
          {account.domain && (
            <a href={`https://${account.domain}/`} rel="noreferrer noopener">
              {account.domain}
            </a>
          )}
          <span>{kindWords[account.kind]}</span>
          {account.country && <span>{countryName(account.country)}</span>}
          <span>{confidenceWords(account.confidence)}</span>
          <span>
            last here <Moment at={account.lastAt} now={now} />
          </span>
        </p>
      </div>
    </header>
  );
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

export function accountPage(house: House): Page {
  return async (c) => {
    const accountId = id.safeParse(c.req.param('id'));
    const asked = shape.parse(c.req.query());
    const sites = await house.store.sites();
    // As in the list: a site that is none is all of them.
    const shown = { ...asked, site: sites.some((site) => site.id === asked.site) ? asked.site : null };
    const now = house.now();
    const account = accountId.success ? await house.store.account(accountId.data, shown.site, now) : null;
    if (!account) {
      return problem(c, house, 404, 'No such company', 'It may have been merged with another, or never was.');
    }
    const lanes = nameLanes(await house.store.lanes(account.id, shown.site));
    const { sessions, next } = await house.store.journey({
      accountId: account.id,
      siteId: shown.site,
      visitorId: shown.visitor,
      before: cursorOf(shown.before),
      limit: visitsPerPage,
    });
    const chosen = lanes.find((lane) => lane.visitorId === shown.visitor);
    return render(
      c,
      house,
      { title: account.name, place: 'accounts' },
      <>
        <a class="back" href="/accounts">
          <Icon name="left" />
          Companies
        </a>
        <Head account={account} now={now} />
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
              <a class="button" href={href(account.id, { ...shown, before: null }, '#visits')}>
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
                  { ...shown, before: `${next.startedAt}-${next.sessionId}` },
                  '#visits',
                )}
              >
                Show older visits
              </a>
            )}
          </section>
          <aside class="account-side" aria-label="Who, and how we know">
            <Lanes
              lanes={lanes}
              chosen={chosen?.visitorId ?? null}
              sessions={sessions}
              span={{ from: account.firstAt, to: Math.max(now, account.lastAt) }}
              now={now}
              hrefOf={(visitor) => href(account.id, { site: shown.site, visitor }, '#visits')}
            />
            <Attributions attributions={account.attributions} now={now} />
          </aside>
        </div>
      </>,
    );
  };
}
