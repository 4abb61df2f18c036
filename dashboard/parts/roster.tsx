/** Everybody of a company who came or was met, with what they did last and their part in buying. */
import { touchpointWords } from '../../collector/journey/words.ts';
import type { AccountPerson } from '../../collector/store/people.ts';
import type { JourneyEvent } from '../../collector/store/store.ts';
import { whoPath } from '../person-address.ts';
import { tabHref } from './account-tabs.tsx';
import { laneWords, longestSilence, type NamedLane } from './lanes.tsx';
import { Moment } from './moment.tsx';
import { PersonName } from './person-words.tsx';
import { RoleForm } from './role-form.tsx';

export interface RosterRow {
  lane: NamedLane;
  /** Null: a browser that nobody said is theirs. */
  person: AccountPerson | null;
}

function Lately({ events, now }: { events: readonly JourneyEvent[]; now: number }) {
  const [latest] = events;
  if (latest === undefined) return <p class="muted">Nothing is kept of what they did.</p>;
  return (
    <>
      <ul>
        {events.map((event) => {
          const { verb, object } = touchpointWords(event);
          return (
            <li>
              {verb} <strong>{object}</strong>
            </li>
          );
        })}
      </ul>
      <p class="muted">
        <Moment at={latest.at} now={now} />
      </p>
    </>
  );
}

function Row(props: { row: RosterRow; events: readonly JourneyEvent[]; accountId: number; now: number }) {
  const { row, events, accountId, now } = props;
  const { lane, person } = row;
  const visits = `${tabHref(accountId, 'activity')}?${lane.personId === null ? `visitor=${-lane.who}` : `person=${lane.personId}`}#visits`;
  const silence = longestSilence(lane.spans);
  return (
    <li class={`roster-row ${lane.colour}`}>
      <div class="roster-who">
        <span class="lane-dot" />
        <div>
          {person === null ? (
            <a class="roster-name" href={whoPath(lane.who)}>
              {lane.label}
            </a>
          ) : (
            <PersonName person={person} />
          )}
        </div>
      </div>
      <div class="roster-seen">
        <p>
          <a href={visits}>
            {laneWords(lane)}
            <span class="hidden"> of {lane.label}</span>
          </a>
        </p>
        <p class="muted">
          {lane.visits + lane.touchpoints > 1 && (
            <>
              first <Moment at={lane.firstAt} now={now} />, last{' '}
            </>
          )}
          <Moment at={lane.lastAt} now={now} />
          {silence > 0 && `, away for ${silence} days in between`}
        </p>
      </div>
      <div class="roster-did">
        <Lately events={events} now={now} />
      </div>
      <div class="roster-role">
        {person !== null && <RoleForm accountId={accountId} person={person} tab="people" now={now} />}
      </div>
    </li>
  );
}

export function Roster(props: {
  rows: readonly RosterRow[];
  lately: ReadonlyMap<number, readonly JourneyEvent[]>;
  accountId: number;
  now: number;
}) {
  return (
    <ul class="roster">
      {props.rows.map((row) => (
        <Row
          row={row}
          events={props.lately.get(row.lane.who) ?? []}
          accountId={props.accountId}
          now={props.now}
        />
      ))}
    </ul>
  );
}
