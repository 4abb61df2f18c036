/** Everybody of a company, with their part in buying, and which parts nobody has. */
import { z } from 'zod';
import { roleWords } from '../../collector/journey/buying-group.ts';
import type { AccountPerson } from '../../collector/store/people.ts';
import { accountTab, rosterOf, type TabOf } from '../account-tab.tsx';
import { readForm } from '../form.ts';
import type { House, Page } from '../house.ts';
import { tabHref } from '../parts/account-tabs.tsx';
import { BuyingGroup } from '../parts/buying-group.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { PeoplePager } from '../parts/people-pager.tsx';
import { Roster } from '../parts/roster.tsx';
import { SaidRole } from '../parts/said-role.tsx';
import { readRole, roleOfWhom, whomOf } from '../role-words.ts';
import { problem } from './problem.tsx';

/** People on one page. */
export const peoplePerPage = 20;

const page = z.coerce.number().int().positive().max(10_000).catch(1);

export function accountPeoplePage(house: House): Page {
  return accountTab(house, 'people', async (c, of) => {
    const all = rosterOf(of.people, of.lanes);
    const asked = page.parse(c.req.query('page') ?? 1);
    const at = Math.min(asked, Math.max(1, Math.ceil(all.length / peoplePerPage)));
    const rows = all.slice((at - 1) * peoplePerPage, at * peoplePerPage);
    const lately = await house.store.latelyDone(
      of.account.id,
      rows.map(({ lane }) => lane.who),
    );
    return (
      <>
        <Said of={of} said={c.req.query('said')} />
        <BuyingGroup people={of.people} />
        <section class="card" aria-labelledby="people-title">
          <div class="card-head">
            <h2 id="people-title">People and browsers</h2>
            {of.account.visits > 0 && <span class="muted">The latest first</span>}
          </div>
          {rows.some(({ person }) => person === null) && (
            <p class="field-hint roster-hint">
              A visitor is a browser; it has a name, and may be given a role, once somebody says in it who
              they are.
            </p>
          )}
          {rows.length === 0 ? (
            <EmptyState icon="people" title="Nobody has come yet">
              Whoever comes from {of.account.name} will stand here, by name once they tell it.
            </EmptyState>
          ) : (
            <Roster rows={rows} lately={lately} accountId={of.account.id} now={of.now} />
          )}
          <PeoplePager
            page={at}
            perPage={peoplePerPage}
            total={all.length}
            href={(to) => `${tabHref(of.account.id, 'people')}${to === 1 ? '' : `?page=${to}`}`}
          />
        </section>
      </>
    );
  });
}

/** What this user just said of somebody. */
export function Said({ of, said }: { of: TabOf; said: string | undefined }) {
  const person = of.people.find((one) => whomOf(one) === said);
  return person === undefined ? null : <SaidRole words={saidWords(person)} />;
}

function saidWords({ name, label, role, roleSaid }: AccountPerson): string {
  const who = name ?? label;
  if (role === null) return `${who} has no role now.`;
  return `${who}: ${roleWords[role].toLowerCase()}${roleSaid === null ? ', as your file says' : ''}.`;
}

/** Says what somebody of a company is in buying. */
export function sayRole(house: House): Page {
  return async (c) => {
    const asked = z.coerce.number().int().positive().safeParse(c.req.param('id'));
    const home = asked.success ? await house.store.accountHome(asked.data) : null;
    if (home === null) return problem(c, house, 404, 'No such company', 'It may have been mistyped.');
    const form = await readForm(c);
    const whom = form('whom');
    const [of, role] = [roleOfWhom(whom), readRole(form('role'))];
    if (role === undefined)
      return problem(c, house, 400, 'Nothing was changed', 'There is no such role; choose one of the list.');
    const people = await house.store.people(home);
    if (of === null || people.every((person) => whomOf(person) !== whom))
      return problem(c, house, 404, 'Nobody of that number here', 'Open the company’s page again.');
    await house.store.sayRole(of, role, c.get('user').email, house.now());
    const tab = form('tab') === 'prospects' ? 'prospects' : 'people';
    return c.redirect(`${tabHref(home, tab)}?said=${whom}`, 303);
  };
}
