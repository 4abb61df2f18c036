/**
 * What a read-only link opens: one company's journey, for whoever has the link. No sign-in, no way on from here, and no
 * notes: they are what colleagues say among themselves. A link that is unknown, expired or revoked looks the same.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import {
  hashOfShare,
  isSame,
  isSharePassword,
  isUnlocked,
  looksLikeShare,
  unlockMark,
} from '../../collector/access/share-link.ts';
import type { ShareInUse } from '../../collector/store/shares.ts';
import type { AccountDetail, JourneyCursor, JourneySession } from '../../collector/store/store.ts';
import { Activity } from '../charts/activity.tsx';
import { readForm } from '../form.ts';
import { type Env, type House, ownOrigin, type Page } from '../house.ts';
import { render } from '../layout.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { type NamedLane, nameLanes } from '../parts/lanes.tsx';
import { Mark } from '../parts/mark.tsx';
import { Moment } from '../parts/moment.tsx';
import { Monogram } from '../parts/monogram.tsx';
import { Numbers } from '../parts/numbers.tsx';
import { SharedPassword } from '../parts/shared-password.tsx';
import { byWho, Timeline } from '../parts/timeline.tsx';
import { withoutNames, withoutNotes, withoutPeople } from '../without-people.ts';
import { countryName, date, kindWords, number } from '../words.ts';

const visitsPerPage = 20;
/** For how long a browser need not give the password again. */
const unlockedMs = 12 * 3_600_000;
/** A password and its name. */
const maxFormBytes = 2_048;

const place = z
  .string()
  .regex(/^\d{1,16}-\d{1,16}$/)
  .nullable()
  .catch(null);

/** Outermost, so that it has the last word: nobody learns of the link by a referrer, a search engine or a cache. */
export const unreferred: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('referrer-policy', 'no-referrer');
  c.res.headers.set('cache-control', 'no-store');
  c.res.headers.set('x-robots-tag', 'noindex, nofollow, noarchive');
};

const cookieName = (share: ShareInUse) => `footlight_share_${share.id}`;

/** The link in use with this secret, made by somebody who is still let in here; else null. */
async function shareOf(c: Context<Env>, house: House): Promise<ShareInUse | null> {
  const token = c.req.param('token') ?? '';
  if (!looksLikeShare(token)) return null;
  const hash = hashOfShare(token);
  const share = await house.store.shareInUse(hash, house.now());
  if (share === null || !isSame(share.hash, hash)) return null;
  return (await house.auth.hasUser(share.madeBy)) ? share : null;
}

function gone(c: Context<Env>, house: House) {
  return render(
    c,
    house,
    { title: 'Nothing to see', status: 404 },
    <section class="card card-form">
      <Mark />
      <h1>This link opens nothing</h1>
      <p class="lead">
        It may have expired, or been withdrawn, or a part of it is missing. Ask whoever sent it for a new one.
      </p>
    </section>,
  );
}

function askPassword(
  c: Context<Env>,
  house: House,
  status: 200 | 403 | 429 = 200,
  refused: string | null = null,
) {
  return render(
    c,
    house,
    { title: 'A password is needed', status },
    <SharedPassword action={c.req.path} refused={refused} />,
  );
}

export function sharedPage(house: House): Page {
  return async (c) => {
    const share = await shareOf(c, house);
    if (share === null) return gone(c, house);
    if (!isUnlocked(share, getCookie(c, cookieName(share)), house.now())) return askPassword(c, house);
    const now = house.now();
    const home = await house.store.accountHome(share.accountId);
    const account = home === null ? null : await house.store.account(home, null, now);
    if (account === null) return gone(c, house);
    await house.store.noteShare(share.id, 'opened', now);
    const before = place.parse(c.req.query('before') ?? null);
    const [startedAt = 0, sessionId = 0] = (before ?? '').split('-').map(Number);
    const cursor: JourneyCursor | null = before === null ? null : { startedAt, sessionId };
    const [lanes, journey] = await Promise.all([
      house.store.lanes(account.id, null),
      house.store.journey({
        accountId: account.id,
        siteId: null,
        visitorId: null,
        before: cursor,
        limit: visitsPerPage,
      }),
    ]);
    const named = nameLanes(lanes);
    const sessions = journey.sessions.map(withoutNotes);
    return render(
      c,
      house,
      { title: account.name, isWide: true },
      <Shared
        account={account}
        lanes={share.showsPeople ? named : withoutNames(named)}
        sessions={share.showsPeople ? sessions : sessions.map(withoutPeople)}
        older={journey.next && `${c.req.path}?before=${journey.next.startedAt}-${journey.next.sessionId}`}
        newest={before === null ? null : c.req.path}
        after={before === null ? null : startedAt}
        until={share.expiresAt}
        now={now}
      />,
    );
  };
}

function Shared(props: {
  account: AccountDetail;
  lanes: readonly NamedLane[];
  sessions: readonly JourneySession[];
  older: string | null;
  newest: string | null;
  /** Where the page before this one ended; null: this is the first. */
  after: number | null;
  until: number;
  now: number;
}) {
  const { account, lanes, sessions, older, newest, after, until, now } = props;
  return (
    <div class="shared">
      <p class="shared-word">
        <Mark />
        <span>Shared with you to read, until {date(until)}</span>
      </p>
      <header class="account-head">
        <Monogram name={account.name} size="large" />
        <div class="account-words">
          <h1>{account.name}</h1>
          <p class="account-facts">
            {account.domain && <span>{account.domain}</span>}
            <span>{kindWords[account.kind]}</span>
            {account.country && <span>{countryName(account.country)}</span>}
            {account.visits > 0 && (
              <span>
                last here <Moment at={account.lastAt} now={now} />
              </span>
            )}
          </p>
        </div>
      </header>
      <Numbers
        figures={[
          { label: 'Visits', value: number(account.visits) },
          { label: 'People', value: number(account.people) },
          { label: 'Pages', value: number(account.pages) },
          { label: 'Forms sent', value: number(account.forms) },
        ]}
      />
      {account.visits > 0 && (
        <div class="card">
          <Activity values={account.activity} now={now} />
        </div>
      )}
      <section class="account-story" id="visits" aria-labelledby="visits-title">
        <div class="card-head">
          <h2 id="visits-title">What they did</h2>
          <span class="muted">Times are UTC</span>
        </div>
        {newest !== null && (
          <a class="button" href={`${newest}#visits`}>
            Back to the newest
          </a>
        )}
        {sessions.length === 0 ? (
          <EmptyState icon="calendar" title={newest === null ? 'No visits' : 'No older visits'}>
            {newest === null ? 'Nobody came from there so far.' : 'This is where their story begins.'}
          </EmptyState>
        ) : (
          <Timeline sessions={sessions} whose={byWho(lanes)} after={after} now={now} />
        )}
        {older !== null && (
          <a class="button older" href={`${older}#visits`}>
            Show older visits
          </a>
        )}
      </section>
    </div>
  );
}

/**
 * Takes the password. In front of what refuses other sites: with our referrer policy a browser may say `Origin: null`.
 * Whoever else sends somebody's browser here has the link, and changes nothing but that browser's cookie.
 */
export function openShared(house: House): Page {
  return async (c) => {
    if (!(Number(c.req.header('content-length') || Number.NaN) <= maxFormBytes)) return gone(c, house);
    const share = await shareOf(c, house);
    if (share === null) return gone(c, house);
    const { password } = share;
    if (password === null) return c.redirect(c.req.path, 303);
    const waitS = house.shareTries.take(share.id);
    if (waitS !== null) {
      c.header('retry-after', String(waitS));
      return askPassword(c, house, 429, `Too many tries. Wait ${waitS} seconds, then try again.`);
    }
    const form = await readForm(c);
    if (!(await isSharePassword(form('password'), password))) {
      await house.store.noteShare(share.id, 'refused', house.now());
      return askPassword(c, house, 403, 'That is not the password.');
    }
    house.shareTries.giveBack(share.id);
    const until = Math.min(house.now() + unlockedMs, share.expiresAt);
    setCookie(c, cookieName(share), unlockMark(share, until), {
      path: '/shared/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: ownOrigin(house, c).startsWith('https:'),
      maxAge: Math.ceil((until - house.now()) / 1_000),
    });
    return c.redirect(c.req.path, 303);
  };
}
