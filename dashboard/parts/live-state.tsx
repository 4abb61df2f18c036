/** Who is here now; the same on the page and each time it is told anew. */

import { touchpointWords } from '../../collector/journey/words.ts';
import type { LiveEvent } from '../../collector/store/live.ts';
import { Minutes } from '../charts/minutes.tsx';
import { type LiveCompany, type LiveState, maxCompanies } from '../live/state.ts';
import { clockSeconds, clockTime, counted, dateTime, number } from '../words.ts';
import { Monogram } from './monogram.tsx';
import { Numbers } from './numbers.tsx';

function accountHref(id: number, site: number | null): string {
  return `/accounts/${id}${site === null ? '' : `?site=${site}`}`;
}

function Company({ company, site }: { company: LiveCompany; site: number | null }) {
  const { account, page, since, people } = company;
  return (
    <li class="live-company">
      <Monogram name={account.name} />
      <div class="live-words">
        <a class="claim-name" href={accountHref(account.id, site)}>
          {account.name}
        </a>
        <span class="live-page" title={page ? page.host + page.path : undefined}>
          {page ? page.title || page.path : 'no page seen in this time'}
        </span>
      </div>
      <div class="live-since">
        <span>{counted(people, 'person', 'people')}</span>
        <span>
          since{' '}
          <time datetime={new Date(since).toISOString()} title={dateTime(since)}>
            {clockTime(since)}
          </time>
        </span>
      </div>
    </li>
  );
}

export function LiveNow({ state, site }: { state: LiveState; site: number | null }) {
  const { companies, companyCount, people, unnamedVisits, minutes, isCut } = state;
  return (
    <>
      <Numbers
        figures={[
          { label: 'Companies', value: number(companyCount), note: 'in the last 30 minutes' },
          { label: 'People', value: number(people), note: 'of these companies' },
          { label: 'Visits without a name', value: number(unnamedVisits), note: 'beside them' },
        ]}
      />
      <section class="card">
        <Minutes values={minutes} />
      </section>
      <section class="card live-companies">
        <h2>Here now</h2>
        {companies.length === 0 ? (
          <p class="muted">No company in the last 30 minutes.</p>
        ) : (
          <ul>
            {companies.map((company) => (
              <Company company={company} site={site} />
            ))}
          </ul>
        )}
        <p class="muted">
          {companyCount > maxCompanies &&
            `${counted(companyCount - maxCompanies, 'more company', 'more companies')}. `}
          {counted(unnamedVisits, 'visit')} without a company’s name. Times are UTC.
          {isCut && ' So much happens that only the latest of it is counted here.'}
        </p>
      </section>
    </>
  );
}

/** One line of the stream. */
export function LiveLine({ event, site }: { event: LiveEvent; site: number | null }) {
  const { verb, object } = touchpointWords(event);
  const { account } = event;
  return (
    <li>
      <time datetime={new Date(event.at).toISOString()} title={dateTime(event.at)}>
        {clockSeconds(event.at)}
      </time>
      <div class="live-words">
        {account && <a href={accountHref(account.id, site)}>{account.name}</a>}{' '}
        <span class="live-page" title={`${event.host}${event.path}`}>
          {verb.charAt(0).toLowerCase() + verb.slice(1)} <strong>{object}</strong>
        </span>
      </div>
    </li>
  );
}
