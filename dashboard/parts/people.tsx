/** The people of a company: those who came or whom somebody met, and those whom a file knows. */
import type { AccountPerson, BuyingRole } from '../../collector/store/people.ts';
import { counted } from '../words.ts';
import { Moment } from './moment.tsx';

const shownPeople = 8;

const roleWords: Record<BuyingRole, string> = {
  'decision-maker': 'Decision-maker',
  champion: 'Champion',
  influencer: 'Influencer',
  user: 'User',
  gatekeeper: 'Gatekeeper',
  buyer: 'Buyer',
};

function Seen({ person, now }: { person: AccountPerson; now: number }) {
  const met = person.touchpoints > 0 && counted(person.touchpoints, 'touchpoint');
  if (person.lastAt === null) return <>{met ? `Not seen here yet · ${met}` : 'Known, not seen yet'}</>;
  return (
    <>
      {counted(person.visits, 'visit')} · <Moment at={person.lastAt} now={now} />
      {met && ` · ${met}`}
    </>
  );
}

function Person({ person, now }: { person: AccountPerson; now: number }) {
  const { name, label, email, title, department, phone, role, linkedin } = person;
  const place = [title, department].filter(Boolean).join(', ');
  // Only what is not the heading already.
  const reach = [email, phone].filter((one) => one !== null && one !== (name ?? label));
  return (
    <li class="person">
      <p class="person-name">
        <strong>{name ?? label}</strong>
        {role && <span class="chip">{roleWords[role]}</span>}
      </p>
      {place && <p>{place}</p>}
      {(reach.length > 0 || linkedin) && (
        <p class="person-reach">
          {reach.join(' · ')}
          {linkedin && reach.length > 0 && ' · '}
          {linkedin && (
            <a href={linkedin} rel="noopener noreferrer nofollow">
              LinkedIn<span class="hidden"> page of {name ?? label}</span>
            </a>
          )}
        </p>
      )}
      <p class="muted">
        <Seen person={person} now={now} />
      </p>
    </li>
  );
}

export function People({ people, now }: { people: readonly AccountPerson[]; now: number }) {
  if (people.length === 0) return null;
  const rest = people.slice(shownPeople);
  const unseen = people.filter(({ lastAt }) => lastAt === null).length;
  return (
    <section class="card" aria-labelledby="people-title">
      <div class="card-head">
        <h2 id="people-title">People</h2>
        {unseen > 0 && <span class="muted">{counted(unseen, 'not seen yet', 'not seen yet')}</span>}
      </div>
      <ul class="people">
        {people.slice(0, shownPeople).map((person) => (
          <Person person={person} now={now} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details class="more">
          <summary>{counted(rest.length, 'more', 'more')}</summary>
          <ul class="people">
            {rest.map((person) => (
              <Person person={person} now={now} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
