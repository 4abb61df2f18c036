/** What stands on every tab of a company's page: who they are, where they stand, what to do next. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { z } from 'zod';
import { isProspect } from '../collector/journey/buying-group.ts';
import { nextSteps } from '../collector/journey/next-step.ts';
import { lastSilence } from '../collector/journey/silence.ts';
import type { AccountNote } from '../collector/store/marks.ts';
import type { AccountPerson } from '../collector/store/people.ts';
import { type AccountDetail, StoreBusy, type VisitorLane } from '../collector/store/store.ts';
import type { Env, House, Page } from './house.ts';
import { render } from './layout.tsx';
import { problem } from './pages/problem.tsx';
import { AccountEvidence } from './parts/account-evidence.tsx';
import { AccountHead } from './parts/account-head.tsx';
import { AccountMarksBar } from './parts/account-marks.tsx';
import { AccountNext } from './parts/account-next.tsx';
import { AccountScore } from './parts/account-score.tsx';
import { type AccountTab, AccountTabs, tabHref } from './parts/account-tabs.tsx';
import { Done } from './parts/done.tsx';
import { Icon } from './parts/icon.tsx';
import { type NamedLane, nameLanes } from './parts/lanes.tsx';
import { Marked } from './parts/marked.tsx';
import { WhyHere } from './parts/why-segment.tsx';
import { mayUndo, type User } from './roles.ts';
import { explainedScore } from './shown-score.ts';
import { whySegment } from './why-segment.ts';

const id = z.coerce.number().int().positive();
const shape = z.object({
  site: id.nullable().catch(null),
  /** The decision that led here. */
  done: id.nullable().catch(null),
  /** What was just marked. */
  did: id.nullable().catch(null),
});

/** A company, as the tabs are made of it. */
export interface TabOf {
  account: AccountDetail;
  people: readonly AccountPerson[];
  /** Of all sites, so that a name is the same on each. */
  lanes: readonly NamedLane[];
  notes: readonly AccountNote[];
  user: User;
  siteId: number | null;
  now: number;
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

/** Everything beside the company itself, read at once. */
async function readBeside(house: House, accountId: number, user: User, now: number) {
  const { store } = house;
  const [marks, notes, emails, tags, people, lanes, signs, score] = await Promise.all([
    store.marks([accountId], user.email),
    store.notes(accountId),
    house.auth.emails(),
    store.tags(),
    store.people(accountId),
    store.lanes(accountId, null),
    store.accountSigns(accountId, user.email, now),
    explainedScore(house, accountId),
  ]);
  const found = marks.get(accountId);
  if (found === undefined) throw new Error(`nothing is said of the marks of account ${accountId}`);
  return { marks: found, notes, emails, tags, people, lanes, signs, score };
}

type Beside = Awaited<ReturnType<typeof readBeside>>;

function stepsOf(account: AccountDetail, { people, signs, marks, lanes }: Beside, now: number) {
  const came: VisitorLane[] = lanes.filter(({ via }) => via !== 'import');
  const { visits, lastAt } = account;
  return nextSteps({
    now,
    owner: marks.owner?.name ?? null,
    people,
    signs,
    visits,
    lastAt,
    silence: lastSilence(came),
  });
}

/** People and browsers of an account: those who came or were met. */
export function rosterOf(people: readonly AccountPerson[], lanes: readonly NamedLane[]) {
  const byId = new Map(
    people.flatMap((one) => (one.personId === null ? [] : [[one.personId, one] as const])),
  );
  return lanes.flatMap((lane) => {
    const person = lane.personId === null ? null : (byId.get(lane.personId) ?? null);
    // Calls and meetings that were with nobody in particular are no person.
    return person === null && lane.visits === 0 ? [] : [{ lane, person }];
  });
}

/**
 * One tab of a company's page.
 * @param body what is on it
 */
export function accountTab(
  house: House,
  tab: AccountTab,
  body: (c: Context<Env>, of: TabOf) => Promise<Child>,
): Page {
  return async (c) => {
    const accountId = id.safeParse(c.req.param('id'));
    const asked = shape.parse(c.req.query());
    const sites = await house.store.sites();
    // As in the list: a site that is none is all of them.
    const siteId = sites.some((site) => site.id === asked.site) ? asked.site : null;
    const now = house.now();
    const home = accountId.success ? await house.store.accountHome(accountId.data) : null;
    if (accountId.success && home !== null && home !== accountId.data)
      return c.redirect(`${tabHref(home, tab)}${new URL(c.req.url).search}`, 302);
    const account = accountId.success ? await house.store.account(accountId.data, siteId, now) : null;
    if (!account)
      return problem(c, house, 404, 'No such company', 'It may have been merged with another, or never was.');
    const user = c.get('user');
    const beside = await readBeside(house, account.id, user, now);
    await noteLook(c, house, account.id);
    const why = await whySegment(house, user, c.req.query(), account.id);
    const lanes = nameLanes(beside.lanes);
    const { people, notes, score } = beside;
    const inside = await body(c, { account, people, lanes, notes, user, siteId, now });
    const { pathname, search } = new URL(c.req.url);
    const back = backOf(pathname, search);
    const just = await justDone(house, account, asked, { user, back });
    return render(
      c,
      house,
      { title: tab === 'activity' ? account.name : `${account.name}: ${tab}`, place: 'accounts' },
      <>
        <a class="back" href="/accounts">
          <Icon name="left" />
          Companies
        </a>
        {just}
        <AccountHead account={account} now={now} user={user} />
        <AccountMarksBar accountId={account.id} user={user} back={back} {...beside} />
        <WhyHere why={why} />
        <div class="account-standing">
          <AccountNext steps={stepsOf(account, beside, now)} accountId={account.id} />
          <AccountScore shown={score} />
          <AccountEvidence account={account} now={now} />
        </div>
        <AccountTabs
          accountId={account.id}
          current={tab}
          siteId={siteId}
          counts={{
            people: rosterOf(people, lanes).length,
            prospects: people.filter(isProspect).length,
            notes: notes.length,
          }}
        />
        {inside}
      </>,
    );
  };
}

/** This page without what it says was just done, to come back to. */
function backOf(pathname: string, search: string): string {
  const query = new URLSearchParams(search);
  for (const name of ['done', 'did', 'said']) query.delete(name);
  return `${pathname}${query.size > 0 ? `?${query}` : ''}`;
}

/** What led here, with the way back. */
async function justDone(
  house: House,
  account: AccountDetail,
  asked: z.infer<typeof shape>,
  { user, back }: { user: User; back: string },
): Promise<Child> {
  const decision = asked.done === null ? null : await house.store.decision(asked.done);
  const changed = asked.did === null ? null : await house.store.markChange(asked.did);
  return (
    <>
      {decision && (
        <Done decision={decision} back={`/accounts/${account.id}`} mayUndo={mayUndo(user, decision.madeBy)} />
      )}
      {changed?.madeBy === user.email && <Marked changed={changed} back={back} />}
    </>
  );
}
