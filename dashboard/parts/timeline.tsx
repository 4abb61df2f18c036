/** A journey, visit by visit, newest first; within a visit in the order in which things were done. */

import type { Child } from 'hono/jsx';
import type { TouchpointKind } from '../../collector/draft.ts';
import { touchpointWords } from '../../collector/journey/words.ts';
import { type JourneyEvent, type JourneySession, silenceMs } from '../../collector/store/store.ts';
import { dayMs } from '../../collector/time.ts';
import { clockTime, counted, countryName, duration, fullDate } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import { type NamedLane, whoOf } from './lanes.tsx';

/** Touchpoints of a long visit that are shown at once. */
const shownTouchpoints = 12;

/** Leaving a page is not a line of its own: it says how long the page was read. */
type ShownType = Exclude<JourneyEvent['type'], 'leave'>;
type ShownEvent = JourneyEvent & { type: ShownType };

const icons: Record<ShownType, IconName> = {
  page: 'page',
  form: 'form',
  track: 'bolt',
  identify: 'person',
  link: 'link',
  group: 'building',
};

const offlineIcons: Record<TouchpointKind, IconName> = {
  call: 'phone',
  meeting: 'people',
  webinar: 'screen',
  ticket: 'ticket',
  payment: 'coin',
  mail: 'mail',
  chat: 'chat',
  fair: 'building',
  other: 'calendar',
};

/** How a visit is known to be theirs, where it is not by the usual look-up of the network. */
const attributionWords: Record<Exclude<JourneySession['attribution'], 'network'>, string> = {
  person: 'Known by e-mail',
  group: 'Your site says so',
  learned: 'Learned network',
  decision: 'Your rule',
};

interface Stay {
  ms: number;
  title: string;
}

/** How long a page was read, as it says itself; or else how long it took until the next thing they did. */
function stayOn(page: JourneyEvent, events: readonly JourneyEvent[]): Stay | null {
  const later = events.slice(events.indexOf(page) + 1);
  const next = later.findIndex(({ type }) => type === 'page');
  const leaves = later
    .slice(0, next < 0 ? later.length : next)
    .filter(({ type, host, path }) => type === 'leave' && host === page.host && path === page.path);
  const seconds = leaves.reduce((sum, { detail }) => sum + (detail.leave?.seconds ?? 0), 0);
  if (seconds > 0) {
    const deepest = Math.max(...leaves.map(({ detail }) => detail.leave?.scroll ?? 0));
    return { ms: seconds * 1_000, title: `Read for so long, and ${deepest} % of the page` };
  }
  const after = later.find(isShown);
  return after ? { ms: after.at - page.at, title: 'Until the next thing they did' } : null;
}

function isShown(event: JourneyEvent): event is ShownEvent {
  return event.type !== 'leave';
}

function Touchpoint(props: { event: ShownEvent; stay: Stay | null; isLanding: boolean }) {
  const { event, stay, isLanding } = props;
  const { verb, object, note: known } = touchpointWords(event);
  const { server, offline } = event.detail;
  const note = [known, server && 'server-side'].filter(Boolean).join(' · ');
  return (
    <li class={`touchpoint touchpoint-${offline ? 'offline' : event.type}`}>
      {offline?.isDay ? (
        <span>
          <span class="hidden">time not known</span>
        </span>
      ) : (
        <time datetime={new Date(event.at).toISOString()}>{clockTime(event.at)}</time>
      )}
      <span class="touchpoint-icon">
        <Icon name={offline ? offlineIcons[offline.kind] : icons[event.type]} />
      </span>
      <span>
        <span class="touchpoint-verb">{isLanding ? 'Landed on' : verb}</span> <strong>{object}</strong>{' '}
        {note && <span class="touchpoint-note">{note}</span>}
      </span>
      {stay && (
        <span class="touchpoint-stay" title={stay.title}>
          {duration(stay.ms)}
        </span>
      )}
    </li>
  );
}

function Touchpoints({ events }: { events: readonly JourneyEvent[] }) {
  const landing = events.find((event) => event.type === 'page');
  const items = events
    .filter(isShown)
    .map((event) => (
      <Touchpoint
        event={event}
        stay={event.type === 'page' ? stayOn(event, events) : null}
        isLanding={event === landing}
      />
    ));
  const rest = items.slice(shownTouchpoints);
  return (
    <>
      <ol class="touchpoints">{items.slice(0, shownTouchpoints)}</ol>
      {rest.length > 0 && (
        <details class="more">
          <summary>{counted(rest.length, 'more step')}</summary>
          <ol class="touchpoints">{rest}</ol>
        </details>
      )}
    </>
  );
}

/** Nobody's browser: all of it is what the site's own server told. */
function isOfServer({ touchpoints }: JourneySession): boolean {
  return touchpoints.length > 0 && touchpoints.every(({ detail }) => detail.server);
}

/** Where what happened away from the site was written down. */
function ToldBy({ session }: { session: JourneySession }) {
  const sources = new Set(session.touchpoints.map(({ detail }) => detail.offline?.source).filter(Boolean));
  return (
    <>
      <span class="chip chip-channel">Imported</span>
      {[...sources].map((source) => (
        <span class="chip">{source}</span>
      ))}
    </>
  );
}

function Arrived({ session }: { session: JourneySession }) {
  const { arrival } = session;
  if (session.via === 'import') return <ToldBy session={session} />;
  // No visit to the site, so it did not come to it either.
  if (!arrival && isOfServer(session)) return <span class="chip chip-channel">Told by your server</span>;
  // No campaign, nobody's link: the address was typed, bookmarked, or came out of an app that says nothing.
  if (!arrival) return <span class="chip chip-channel">Direct</span>;
  return (
    <>
      <span class="chip chip-channel">{arrival.channel}</span>
      <span class="chip">
        {arrival.source}
        {arrival.medium && ` / ${arrival.medium}`}
      </span>
      {arrival.campaign && <span class="chip">Campaign: {arrival.campaign}</span>}
      {arrival.term && <span class="chip">Term: {arrival.term}</span>}
    </>
  );
}

/** Who a visit is of, as a timeline shows it. */
export type Whose = Pick<NamedLane, 'label' | 'colour'>;

function Visit({ session, lane }: { session: JourneySession; lane: Whose | undefined }) {
  const pages = session.touchpoints.filter((event) => event.type === 'page').length;
  const { browser, os, device } = session.agent;
  const isOffline = session.via === 'import';
  // Nobody's browser was there.
  const from = isOffline ? '' : [browser, os, device === 'other' ? '' : device].filter(Boolean).join(', ');
  const isDay = session.touchpoints.every(({ detail }) => detail.offline?.isDay);
  const id = `visit-${session.id}`;
  return (
    <li class={`visit ${lane?.colour ?? ''}`}>
      <article aria-labelledby={id}>
        <header class="visit-head">
          <div class="visit-row">
            <h3 id={id}>
              <time datetime={new Date(session.startedAt).toISOString()}>
                {fullDate(session.startedAt)}
                {!isDay && `, ${clockTime(session.startedAt)}`}
              </time>
            </h3>
            <p class="visit-who">
              <span class="lane-dot" />
              {lane?.label ?? 'Visitor'}
              <span class="muted">
                {' '}
                ·{' '}
                {isOffline
                  ? 'away from the site'
                  : isOfServer(session)
                    ? 'on the server'
                    : counted(pages, 'page')}
                {!isDay &&
                  session.endedAt > session.startedAt &&
                  ` · ${duration(session.endedAt - session.startedAt)}`}
              </span>
            </p>
          </div>
          <div class="visit-row">
            <p class="chips">
              <Arrived session={session} />
              {session.attribution !== 'network' && !isOffline && (
                <span class="chip">{attributionWords[session.attribution]}</span>
              )}
            </p>
            <p class="visit-device">
              {[from, session.country && countryName(session.country)].filter(Boolean).join(' · ')}
            </p>
          </div>
        </header>
        <Touchpoints events={session.touchpoints} />
      </article>
    </li>
  );
}

function Gap({ children }: { children: Child }) {
  return (
    <li class="gap">
      <span>{children}</span>
    </li>
  );
}

/** Visits by who they are of. */
export function byWho(lanes: readonly NamedLane[]): (session: JourneySession) => Whose | undefined {
  const found = new Map(lanes.map((lane) => [lane.who, lane]));
  return (session) => found.get(whoOf(session));
}

/** @param after where the page before this one ended; null: it begins with the latest visit */
export function Timeline(props: {
  sessions: readonly JourneySession[];
  whose(session: JourneySession): Whose | undefined;
  after: number | null;
  now: number;
}) {
  const { sessions, whose, after, now } = props;
  return (
    <ol>
      {sessions.map((session, index) => {
        const isLatest = index === 0 && after === null;
        const silence = (sessions[index - 1]?.startedAt ?? after ?? now) - session.endedAt;
        const days = counted(Math.floor(silence / dayMs), 'day');
        // Beside a call or a meeting, it is not visits alone that there were none of.
        const isMixed = session.via === 'import' || sessions[index - 1]?.via === 'import';
        const words = isLatest
          ? `Quiet for ${days}`
          : `${days} ${isMixed ? 'of silence' : 'without a visit'}`;
        return (
          <>
            {silence > silenceMs && <Gap>{words}</Gap>}
            <Visit session={session} lane={whose(session)} />
          </>
        );
      })}
    </ol>
  );
}
