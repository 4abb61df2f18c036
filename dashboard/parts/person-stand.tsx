/** Where in the journey somebody is: how it began, how far it went, and how their company stands. */

import { roleWords } from '../../collector/journey/buying-group.ts';
import type { PersonDetail } from '../../collector/store/person.ts';
import type { ShownScore } from '../shown-score.ts';
import { counted, date } from '../words.ts';
import { Moment } from './moment.tsx';
import { ScoreBadge } from './score.tsx';

/** How their company stands. */
export interface CompanyStands {
  id: number;
  name: string;
  score: ShownScore | null;
  /** Segments that it is in, of those that the reader may see. */
  segments: { id: number; name: string }[];
}

export function PersonStand({
  person,
  company,
  now,
}: {
  person: PersonDetail;
  company: CompanyStands | null;
  now: number;
}) {
  const { firstAt, lastAt, cameBy, forms, touchpoints, contact } = person;
  return (
    <section class="card person-card" aria-labelledby="stand-title">
      <h2 id="stand-title">Where in the journey</h2>
      <dl class="facts">
        <div>
          <dt>Began</dt>
          <dd>
            {firstAt === null ? (
              touchpoints > 0 ? (
                'Away from the site'
              ) : (
                'Not yet'
              )
            ) : (
              <>
                {date(firstAt)}
                <span class="fact-source">
                  {cameBy === null ? 'Direct' : `${cameBy.channel} · ${cameBy.source}`}
                  {cameBy?.campaign && ` · ${cameBy.campaign}`}
                </span>
              </>
            )}
          </dd>
        </div>
        {lastAt !== null && (
          <div>
            <dt>Last here</dt>
            <dd>
              <Moment at={lastAt} now={now} />
            </dd>
          </div>
        )}
        <div>
          <dt>Went as far as</dt>
          <dd>
            {forms > 0
              ? counted(forms, 'form sent', 'forms sent')
              : lastAt === null
                ? 'Not seen here'
                : 'Reading'}
            {touchpoints > 0 && (
              <span class="fact-source">and {counted(touchpoints, 'touchpoint')} away from the site</span>
            )}
          </dd>
        </div>
        {contact?.role && (
          <div>
            <dt>Role in buying</dt>
            <dd>{roleWords[contact.role]}</dd>
          </div>
        )}
        {company && (
          <div>
            <dt>Their company</dt>
            <dd>
              {company.score ? <ScoreBadge {...company.score} /> : 'No score yet'}
              <span class="fact-source">
                <a href={`/accounts/${company.id}`}>{company.name}</a>
              </span>
            </dd>
          </div>
        )}
        {company && company.segments.length > 0 && (
          <div>
            <dt>Segments</dt>
            <dd class="chips">
              {company.segments.map(({ id, name }) => (
                <a class="chip" href={`/accounts?segment=${id}`}>
                  {name}
                </a>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
