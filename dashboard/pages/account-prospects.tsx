/** Whom the owner's files know at a company and nobody has seen or met yet. */
import { z } from 'zod';
import { roleMay } from '../../collector/access/capability.ts';
import { isProspect } from '../../collector/journey/buying-group.ts';
import type { AccountPerson } from '../../collector/store/people.ts';
import { accountTab, type TabOf } from '../account-tab.tsx';
import type { House, Page } from '../house.ts';
import { tabHref } from '../parts/account-tabs.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { PeoplePager } from '../parts/people-pager.tsx';
import { PersonName } from '../parts/person-words.tsx';
import { RoleForm } from '../parts/role-form.tsx';
import { counted } from '../words.ts';
import { peoplePerPage, Said } from './account-people.tsx';

const page = z.coerce.number().int().positive().max(10_000).catch(1);

function NoProspects({ of }: { of: TabOf }) {
  const { account, people, user } = of;
  const mayImport = roleMay(user.role, 'accounts:import');
  const areAllSeen = people.some(({ contactId }) => contactId !== null);
  return (
    <EmptyState
      icon="people"
      title={areAllSeen ? 'Everybody you know has been here' : 'Nobody is known who has not been here'}
      {...(mayImport ? { action: { href: '/imports/new', label: 'Import contacts' } } : {})}
    >
      Import a file of contacts, from your CRM or a list of your own: those who work at {account.name} stand
      here until they come. A column with the e-mail is enough; one with the buying role helps.
      {!mayImport && ' A marketer or an owner can do it.'}
    </EmptyState>
  );
}

function Prospect({ person, accountId, now }: { person: AccountPerson; accountId: number; now: number }) {
  const told = Object.entries(person.attributes);
  return (
    <li class="roster-row">
      <div class="roster-who">
        <div>
          <PersonName person={person} />
        </div>
      </div>
      <div class="roster-did">
        {told.length === 0 ? (
          <p class="muted">Your file says no more.</p>
        ) : (
          <details class="more">
            <summary>{counted(told.length, 'more column')} of your file</summary>
            <dl class="profile">
              {told.map(([name, value]) => (
                <div>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
      <div class="roster-role">
        <RoleForm accountId={accountId} person={person} tab="prospects" now={now} />
      </div>
    </li>
  );
}

export function accountProspectsPage(house: House): Page {
  return accountTab(house, 'prospects', async (c, of) => {
    const all = of.people.filter(isProspect);
    const asked = page.parse(c.req.query('page') ?? 1);
    const at = Math.min(asked, Math.max(1, Math.ceil(all.length / peoplePerPage)));
    return (
      <>
        <Said of={of} said={c.req.query('said')} />
        <section class="card" aria-labelledby="prospects-title">
          <div class="card-head">
            <h2 id="prospects-title">Prospects</h2>
            {all.length > 0 && <span class="muted">Known from your files, and not seen here yet</span>}
          </div>
          {all.length === 0 ? (
            <NoProspects of={of} />
          ) : (
            <ul class="roster roster-prospects">
              {all.slice((at - 1) * peoplePerPage, at * peoplePerPage).map((person) => (
                <Prospect person={person} accountId={of.account.id} now={of.now} />
              ))}
            </ul>
          )}
          <PeoplePager
            page={at}
            perPage={peoplePerPage}
            total={all.length}
            href={(to) => `${tabHref(of.account.id, 'prospects')}${to === 1 ? '' : `?page=${to}`}`}
          />
        </section>
      </>
    );
  });
}
