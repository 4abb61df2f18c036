/** One person: who they are, what they did, whom they work for, and where in the journey they stand. */
import { z } from 'zod';
import { roleMay } from '../../collector/access/capability.ts';
import { roleWords } from '../../collector/journey/buying-group.ts';
import type { PersonDetail } from '../../collector/store/person.ts';
import type { Journey, JourneyCursor, JourneySession } from '../../collector/store/store.ts';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { Monogram } from '../parts/monogram.tsx';
import { type Figure, Numbers } from '../parts/numbers.tsx';
import { PersonFacts } from '../parts/person-facts.tsx';
import { browserNames, PersonIdentity } from '../parts/person-identity.tsx';
import { type CompanyStands, PersonStand } from '../parts/person-stand.tsx';
import { PersonWork } from '../parts/person-work.tsx';
import { Timeline, type Whose } from '../parts/timeline.tsx';
import { personPath, readPersonRef } from '../person-address.ts';
import type { User } from '../roles.ts';
import { shownScores } from '../shown-score.ts';
import { number } from '../words.ts';
import { problem } from './problem.tsx';

const visitsPerPage = 20;
const laneColours = 6;
const maxEntries = 50;
/** Letters of an id that is no name, and would fill a screen in the size of one. */
const longName = 60;

/** `startedAt-sessionId` of the visit above which the page begins. */
const place = z
  .string()
  .regex(/^\d{1,16}-\d{1,16}$/)
  .nullable()
  .catch(null);

function cursorOf(text: string | null): JourneyCursor | null {
  if (text === null) return null;
  const [startedAt = 0, sessionId = 0] = text.split('-').map(Number);
  return { startedAt, sessionId };
}

/** What somebody is called above their page. */
function nameOf({ contact, label }: PersonDetail): string {
  return contact?.name ?? (label || 'Unknown visitor');
}

/** The company of their latest visit that is one's, else as a file says. */
function employerOf({ periods, contact }: PersonDetail) {
  return periods.find(({ account }) => account !== null)?.account ?? contact?.account ?? null;
}

function Head({ person, now }: { person: PersonDetail; now: number }) {
  const name = nameOf(person);
  const { contact, email, ref, lastAt } = person;
  const employer = employerOf(person);
  const facts = [
    [contact?.title, contact?.department].filter(Boolean).join(', '),
    email === name ? null : (email ?? contact?.email),
    contact?.phone,
  ].filter(Boolean);
  return (
    <header class="account-head">
      <Monogram name={name} size="large" />
      <div class="account-words">
        <h1 class={name.length > longName ? 'person-title person-title-long' : 'person-title'}>
          {name} {contact?.role && <span class="chip">{roleWords[contact.role]}</span>}
        </h1>
        <p class="account-facts">
          {facts.map((fact) => (
            <span>{fact}</span>
          ))}
          {contact?.linkedin && (
            <a href={contact.linkedin} rel="noopener noreferrer nofollow">
              LinkedIn
            </a>
          )}
          {employer && (
            <span>
              {ref.kind === 'visitor' ? 'somebody at' : 'at'}{' '}
              <a href={`/accounts/${employer.id}`}>{employer.name}</a>
            </span>
          )}
          {ref.kind === 'visitor' && <span>not told who</span>}
          {lastAt === null ? (
            <span>not seen here</span>
          ) : (
            <span>
              last here <Moment at={lastAt} now={now} />
            </span>
          )}
        </p>
      </div>
    </header>
  );
}

function figures(person: PersonDetail): Figure[] {
  const atLeast = (value: number) => (person.isCut ? `${number(value)}+` : number(value));
  return [
    { label: 'Visits', value: atLeast(person.visits) },
    { label: 'Pages', value: atLeast(person.pages) },
    { label: 'Forms sent', value: atLeast(person.forms) },
    { label: 'Touchpoints', value: atLeast(person.touchpoints), note: 'away from the site' },
  ];
}

/** Their browsers, each in its colour. */
function byBrowser({ browsers }: PersonDetail): (session: JourneySession) => Whose | undefined {
  const names = browserNames(browsers);
  const found = new Map(
    browsers.map(({ visitorId }, index) => [
      visitorId,
      { label: names.get(visitorId) ?? 'Browser', colour: `lane-${index % laneColours}` },
    ]),
  );
  return ({ visitorId }) => found.get(visitorId);
}

function Did(props: {
  person: PersonDetail;
  journey: Journey;
  /** Where the page before this one ended; null: this is the newest. */
  after: number | null;
  now: number;
}) {
  const { person, journey, after, now } = props;
  const isNewest = after === null;
  const here = personPath(person.ref);
  const { sessions, next } = journey;
  return (
    <section class="account-story" id="visits" aria-labelledby="visits-title">
      <div class="card-head">
        <h2 id="visits-title">What they did</h2>
        <span class="muted">Times are UTC</span>
      </div>
      {!isNewest && (
        <a class="button" href={`${here}#visits`}>
          Back to the newest
        </a>
      )}
      {sessions.length === 0 ? (
        <EmptyState icon="calendar" title={isNewest ? 'Not seen here' : 'No older visits'}>
          {isNewest
            ? 'They have not been on the site, or not as far as anybody told. A file knows of them.'
            : 'This is where their story begins.'}
        </EmptyState>
      ) : (
        <Timeline sessions={sessions} whose={byBrowser(person)} after={after} now={now} />
      )}
      {next !== null && (
        <a class="button older" href={`${here}?before=${next.startedAt}-${next.sessionId}#visits`}>
          Show older visits
        </a>
      )}
    </section>
  );
}

async function companyOf(house: House, person: PersonDetail, user: User): Promise<CompanyStands | null> {
  const employer = employerOf(person);
  if (employer === null) return null;
  const [scores, entries, saved] = await Promise.all([
    shownScores(house, [employer.id]),
    house.store.segmentEntries(employer.id, maxEntries),
    house.store.savedSegments(user.email),
  ]);
  const within = new Set(entries.filter(({ leftAt }) => leftAt === null).map(({ segmentId }) => segmentId));
  return {
    id: employer.id,
    name: employer.name,
    score: scores.get(employer.id) ?? null,
    segments: saved.filter(({ id }) => within.has(id)).map(({ id, name }) => ({ id, name })),
  };
}

export function personPage(house: House): Page {
  return async (c) => {
    const asked = readPersonRef(c.req.param('id') ?? '');
    const home = asked === null ? null : await house.store.personHome(asked);
    if (asked !== null && home !== null && personPath(home) !== personPath(asked)) {
      const { search } = new URL(c.req.url);
      return c.redirect(`${personPath(home)}${search}`, 302);
    }
    const person = home === null ? null : await house.store.person(home);
    if (person === null) {
      return problem(
        c,
        house,
        404,
        'Nobody here',
        'The address may have been mistyped, or the file that told of them was taken back.',
      );
    }
    const before = place.parse(c.req.query('before') ?? null);
    const user = c.get('user');
    const now = house.now();
    const journey = await house.store.personJourney({
      ref: person.ref,
      before: cursorOf(before),
      limit: visitsPerPage,
    });
    const company = await companyOf(house, person, user);
    const employer = employerOf(person);
    return render(
      c,
      house,
      { title: nameOf(person), place: 'accounts' },
      <>
        <a class="back" href={employer === null ? '/accounts' : `/accounts/${employer.id}`}>
          <Icon name="left" />
          {employer?.name ?? 'Companies'}
        </a>
        <Head person={person} now={now} />
        <Numbers figures={figures(person)} />
        {person.isCut && (
          <p class="lead">
            Counts, companies and browsers are those of the latest {number(person.looked)} visits; the
            timeline has all.
          </p>
        )}
        <div class="account-columns">
          <Did person={person} journey={journey} after={cursorOf(before)?.startedAt ?? null} now={now} />
          <aside class="account-side" aria-label="Who they are, and how we know">
            <PersonStand person={person} company={company} now={now} />
            <PersonWork periods={person.periods} said={person.contact?.account ?? null} />
            <PersonFacts person={person} mayImport={roleMay(user.role, 'accounts:import')} />
            <PersonIdentity person={person} now={now} />
          </aside>
        </div>
      </>,
    );
  };
}
