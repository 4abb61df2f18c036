/** What one was told: the log behind the bell. */
import { z } from 'zod';
import { causeWords } from '../../collector/deliver/letter.ts';
import type { Notice } from '../../collector/store/alerts.ts';
import { readForm } from '../form.ts';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Moment } from '../parts/moment.tsx';

const perPage = 50;
const idShape = z.coerce.number().int().positive();

function NoticeRow({ notice, now }: { notice: Notice; now: number }) {
  const { id, account, segment, cause, at, isUnread } = notice;
  const why = causeWords(cause);
  return (
    <li class={isUnread ? 'told told-unread' : 'told'}>
      <div>
        <p>
          {isUnread && <span class="badge badge-new">new</span>}{' '}
          <a href={`/accounts/${account.id}`}>{account.name}</a> came into{' '}
          {segment.id === null ? (
            segment.name
          ) : (
            <a href={`/accounts?segment=${segment.id}`}>{segment.name}</a>
          )}
        </p>
        <p class="muted">
          <Moment at={at} now={now} />
          {why !== '' && (
            <>
              {' '}
              · <code>{why}</code>
            </>
          )}
        </p>
      </div>
      {isUnread && (
        <form method="post" action="/alerts/read">
          <input type="hidden" name="id" value={String(id)} />
          <button
            type="submit"
            class="button button-small"
            aria-label={`Read: ${account.name} came into ${segment.name}`}
          >
            Read
          </button>
        </form>
      )}
    </li>
  );
}

export function alertsPage(house: House): Page {
  return async (c) => {
    const user = c.get('user');
    const before = idShape.safeParse(c.req.query('before'));
    const [notices, rules] = await Promise.all([
      house.store.notices(user.email, before.success ? before.data : null, perPage + 1),
      house.store.alertRules(user.email),
    ]);
    const shown = notices.slice(0, perPage);
    const last = shown.at(-1);
    return render(
      c,
      house,
      { title: 'Alerts', place: 'alerts' },
      <>
        <div class="page-head">
          <h1>Alerts</h1>
          <span class="page-actions">
            {c.get('unread') > 0 && (
              <form method="post" action="/alerts/read">
                <button type="submit" class="button">
                  Mark all as read
                </button>
              </form>
            )}
            <a class="button" href="/settings/alerts">
              Settings
            </a>
          </span>
        </div>
        <section class="card card-list" aria-label="What you were told">
          {shown.length === 0 ? (
            <EmptyState
              icon="bell"
              title={rules.length === 0 ? 'You are told of no segment yet' : 'Nothing has happened yet'}
              action={
                rules.length === 0
                  ? { href: '/segments', label: 'Choose a segment' }
                  : { href: '/settings/alerts', label: 'Alerts and digest' }
              }
            >
              {rules.length === 0
                ? 'Press “Tell me” beside a segment: when a company comes into it, it stands here, and you get a mail if you like.'
                : 'When a company comes into one of your segments, it stands here with the reason. Those that were in before are not told.'}
            </EmptyState>
          ) : (
            <ul class="told-list">
              {shown.map((notice) => (
                <NoticeRow notice={notice} now={house.now()} />
              ))}
            </ul>
          )}
          {notices.length > perPage && last !== undefined && (
            <p class="pager">
              <a class="button button-small" href={`/alerts?before=${last.id}`}>
                Older ones
              </a>
            </p>
          )}
        </section>
      </>,
    );
  };
}

export function markRead(house: House): Page {
  return async (c) => {
    const field = await readForm(c);
    const id = idShape.safeParse(field('id'));
    if (field('id') === '' || id.success)
      await house.store.markRead(c.get('user').email, id.success ? id.data : null, house.now());
    return c.redirect('/alerts', 303);
  };
}
