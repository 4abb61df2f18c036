/**
 * A journey for somebody who is not to know whose it is in person: without names, e-mail addresses and the site's own
 * ids, and in any case without what colleagues wrote for each other. Pure.
 */
import type { JourneyEvent, JourneySession } from '../collector/store/store.ts';
import type { NamedLane } from './parts/lanes.tsx';

/** Wider than what an address may be, since mailboxes have odd letters; also as it stands in an address, encoded once or twice. */
const emailShape = /[^\s@/?&=:;,<>()[\]"“”|]{1,64}(?:@|%(?:25)*40)[\p{L}\p{N}.-]+/giu;
const leftOut = '(e-mail left out)';

function scrubbed<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replace(emailShape, leftOut) as Value;
  if (Array.isArray(value)) return value.map(scrubbed) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scrubbed(one)])) as Value;
}

/** Without notes, which files have of calls and meetings. */
export function withoutNotes(session: JourneySession): JourneySession {
  return {
    ...session,
    touchpoints: session.touchpoints.map((event) => {
      const { track, offline } = event.detail;
      if (!track || !offline) return event;
      const { note: _, ...props } = track.props;
      return { ...event, detail: { ...event.detail, track: { ...track, props } } };
    }),
  };
}

/** People by number: `Person 1` is the first whom we got to know. */
export function withoutNames(lanes: readonly NamedLane[]): NamedLane[] {
  const people = [...lanes].sort((a, b) => a.firstAt - b.firstAt).flatMap(({ personId }) => personId ?? []);
  return lanes.map((lane) =>
    lane.personId === null ? lane : { ...lane, label: `Person ${people.indexOf(lane.personId) + 1}` },
  );
}

export function withoutPeople(session: JourneySession): JourneySession {
  return scrubbed({ ...session, touchpoints: session.touchpoints.map(nameless) });
}

function nameless(event: JourneyEvent): JourneyEvent {
  const { identify, track, offline, form } = event.detail;
  const detail = { ...event.detail };
  if (identify) detail.identify = { user: '(left out)', email: null, traits: {} };
  // What else was told with it may name somebody in ways that nobody can foresee.
  if (track) detail.track = { ...track, props: offline ? kept(track.props) : {} };
  if (offline)
    detail.offline = { kind: offline.kind, source: offline.source, ...(offline.isDay && { isDay: true }) };
  if (form) {
    const { values: _, domain: __, ...rest } = form;
    detail.form = rest;
  }
  return { ...event, detail };
}

function kept({ title, amount, currency }: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ title, amount, currency }).filter(([, value]) => value !== undefined),
  );
}
