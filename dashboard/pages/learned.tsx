/** Networks that people taught: whose they are thought to be, on whose word, and the way to forget it. */
import { z } from 'zod';
import type { LearnedState } from '../../collector/identify/learn.ts';
import type { LearnedRow } from '../../collector/store/store.ts';
import { readForm } from '../form.ts';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { UndoButton } from '../parts/decision-log.tsx';
import { Done } from '../parts/done.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { SettingsTabs } from '../parts/settings-tabs.tsx';
import { maySetUp } from '../roles.ts';
import { confidenceWords, counted, countryName, number, percent } from '../words.ts';
import { problem } from './problem.tsx';

const rowsPerPage = 50;

const stateWords: Record<LearnedState, [word: string, why: string]> = {
  learned: ['Learned', 'Anonymous visitors from there are named'],
  possible: ['Possible', 'One person, or too long ago: nobody else is named'],
  disputed: ['Disputed', 'People there work for different companies: nobody else is named'],
  shared: ['Shared', 'Many companies use it: nobody else is ever named'],
  nothing: ['Expired', 'Taught too long ago: nobody else is named'],
};
const forgottenWords = ['Forgotten', 'What it was taught so far does not count'] as const;

function Row({ row, now, isOwner }: { row: LearnedRow; now: number; isOwner: boolean }) {
  const { learned, account, forgottenBy } = row;
  const [word, why] = forgottenBy === null ? stateWords[learned.state] : forgottenWords;
  const isNamed = learned.confidence > 0;
  return (
    <tr>
      <th scope="row">
        <code>{row.prefix || 'unknown'}</code>
        <span class="claim-domain">
          {row.country ? `one address, ${countryName(row.country)}` : 'one address'}
        </span>
      </th>
      <td data-label="Company">
        {account ? (
          <>
            <a href={`/accounts/${account.id}`}>{account.name}</a>
            {account.domain && <span class="claim-domain">{account.domain}</span>}
          </>
        ) : (
          counted(row.companies, 'company', 'companies')
        )}
      </td>
      <td data-label="State">
        <span class={`badge ${learned.state === 'learned' ? 'badge-new' : ''}`}>{word}</span>
        <span class="claim-domain">{why}</span>
      </td>
      <td class="cell-number" data-label="People">
        {number(learned.people)}
      </td>
      <td class="cell-number" data-label="Agree">
        {learned.purity > 0 ? percent(learned.purity, 1) : '–'}
      </td>
      <td data-label="Confidence">{isNamed ? confidenceWords(learned.confidence) : '–'}</td>
      <td data-label="Last taught">
        <Moment at={learned.lastAt} now={now} />
      </td>
      {isOwner && (
        <td>
          {forgottenBy === null ? (
            <form method="post" action="/learned/forget">
              <input type="hidden" name="address" value={String(row.addressKey)} />
              <button
                type="submit"
                class="button button-small"
                aria-label={`Forget an address in ${row.prefix}`}
              >
                Forget
              </button>
            </form>
          ) : (
            <UndoButton
              id={forgottenBy}
              back="/learned"
              label={`Remember an address in ${row.prefix} again`}
            />
          )}
        </td>
      )}
    </tr>
  );
}

export function learnedPage(house: House): Page {
  return async (c) => {
    const page = z.coerce.number().int().min(1).max(100_000).catch(1).parse(c.req.query('page'));
    const now = house.now();
    const isOwner = maySetUp(c.get('user'));
    const { rows, total } = await house.store.learned(
      { offset: (page - 1) * rowsPerPage, limit: rowsPerPage },
      now,
    );
    const done = z.coerce.number().int().positive().safeParse(c.req.query('done'));
    const decision = done.success ? await house.store.decision(done.data) : null;
    return render(
      c,
      house,
      { title: 'Learned networks', place: isOwner ? 'rules' : 'accounts' },
      <>
        <div class="page-head">
          <h1>Learned networks</h1>
        </div>
        <p class="lead">
          Where two people or more gave an e-mail address of the same company, the next visitor from that very
          address is named too. Recent words weigh more, and who works elsewhere un-teaches it at once.
        </p>
        {isOwner && <SettingsTabs current="learned" />}
        {decision && <Done decision={decision} back="/learned" mayUndo={isOwner} />}
        <section class="card card-list">
          {rows.length === 0 ? (
            <EmptyState icon="building" title="Nothing learned yet">
              Once visitors give their business e-mail, by a form or an identify call, the addresses that they
              came from appear here.
            </EmptyState>
          ) : (
            <table class="list list-rules list-learned">
              <caption class="hidden">Learned networks</caption>
              <thead>
                <tr>
                  <th scope="col">Network</th>
                  <th scope="col">Company</th>
                  <th scope="col">State</th>
                  <th scope="col" class="cell-number">
                    People
                  </th>
                  <th scope="col" class="cell-number">
                    Agree
                  </th>
                  <th scope="col">Confidence</th>
                  <th scope="col">Last taught</th>
                  {isOwner && (
                    <th scope="col">
                      <span class="hidden">Forget</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row row={row} now={now} isOwner={isOwner} />
                ))}
              </tbody>
            </table>
          )}
          {total > rowsPerPage && (
            <nav class="pager" aria-label="Pages">
              <span>
                {number((page - 1) * rowsPerPage + 1)}–{number((page - 1) * rowsPerPage + rows.length)} of{' '}
                {number(total)}
              </span>
              {page > 1 && (
                <a class="button" rel="prev" href={`/learned?page=${page - 1}`}>
                  <Icon name="left" />
                  Previous
                </a>
              )}
              {page * rowsPerPage < total && (
                <a class="button" rel="next" href={`/learned?page=${page + 1}`}>
                  Next
                  <Icon name="right" />
                </a>
              )}
            </nav>
          )}
        </section>
      </>,
    );
  };
}

export function forgetLearned(house: House): Page {
  return async (c) => {
    const asked = z.coerce
      .number()
      .int()
      .nonnegative()
      .safeParse((await readForm(c))('address') || undefined);
    const [taught] = asked.success ? await house.store.teachings(0, [asked.data]) : [];
    if (!asked.success || taught === undefined)
      return problem(c, house, 404, 'No such address', 'Nobody taught it, or it was forgotten already.');
    const match = taught.prefix === null ? 'one address' : `one address in ${taught.prefix}`;
    const made = await house.store.decide(
      { kind: 'forget', addressKey: asked.data, match, note: '' },
      c.get('user').email,
      house.now(),
    );
    return c.redirect(`/learned?done=${made.id}`, 303);
  };
}
