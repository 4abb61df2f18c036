/** Each browser of an account as a lane over its time with us; choosing one shows its visits alone. */
import { isHearsay } from '../../collector/draft.ts';
import { type JourneySession, silenceMs, type VisitorLane } from '../../collector/store/store.ts';
import { dayMs } from '../../collector/time.ts';
import { counted, date } from '../words.ts';
import { Moment } from './moment.tsx';

const colours = 6;
const width = 1_000;
const shownLanes = 8;

/** Whoever came, in however many browsers, with what they are called on these pages. */
export interface NamedLane {
  /** The person's number; of a browser that is nobody's, its own, negative. */
  who: number;
  personId: number | null;
  label: string;
  /** Class of its colour; it repeats after six, so the label is never left out. */
  colour: string;
  firstAt: number;
  lastAt: number;
  visits: number;
  /** That a file tells of: calls, meetings and the like. */
  touchpoints: number;
  browsers: number;
  /** A browser of theirs is only known from what the site's own server told. */
  isOfServer: boolean;
  /** When they came, without a silence in between. */
  spans: { from: number; to: number }[];
}

/** Who a visit or a lane is of: the person, else the browser. */
export const whoOf = ({ personId, visitorId }: { personId: number | null; visitorId: number }) =>
  personId ?? -visitorId;

/**
 * Lanes by who they are of, named by who told us who they are, the others `Visitor 1`… by their first visit; the newest
 * first. To be given all lanes of an account: names would be others on each of its sites.
 */
export function nameLanes(lanes: readonly VisitorLane[]): NamedLane[] {
  const byWho = new Map<number, VisitorLane[]>();
  for (const lane of lanes) byWho.set(whoOf(lane), [...(byWho.get(whoOf(lane)) ?? []), lane]);
  let unnamed = 0;
  return [...byWho]
    .map(([who, theirs]) => ({ who, theirs, firstAt: Math.min(...theirs.map((lane) => lane.firstAt)) }))
    .sort((left, right) => left.firstAt - right.firstAt || Math.abs(left.who) - Math.abs(right.who))
    .map(({ who, theirs, firstAt }, index) => {
      const told = theirs.filter(({ via }) => via === 'import');
      const came = theirs.filter(({ via }) => via !== 'import');
      const person = theirs[0]?.person ?? null;
      return {
        who,
        personId: theirs[0]?.personId ?? null,
        label: person ?? (came.length === 0 ? 'Nobody in particular' : `Visitor ${++unnamed}`),
        colour: `lane-${index % colours}`,
        firstAt,
        lastAt: Math.max(...theirs.map((lane) => lane.lastAt)),
        visits: came.reduce((sum, { visits }) => sum + visits, 0),
        touchpoints: told.reduce((sum, { visits }) => sum + visits, 0),
        browsers: theirs.filter(({ via }) => !isHearsay(via)).length,
        isOfServer: came.length > 0 && came.every(({ via }) => via === 'server'),
        spans: joined(theirs.flatMap(({ spans }) => spans)),
      };
    })
    .sort((left, right) => right.lastAt - left.lastAt);
}

/** Spans of several browsers as those of whoever had them. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && span.from - last.to <= silenceMs) last.to = Math.max(last.to, span.to);
    else all.push({ ...span });
  }
  return all;
}

/** The longest time between two spans, in whole days; 0: there are no two. */
export const longestSilence = (spans: readonly Span[]) =>
  Math.max(
    0,
    ...spans.slice(1).map(({ from }, index) => Math.floor((from - (spans[index]?.to ?? from)) / dayMs)),
  );

interface Span {
  from: number;
  to: number;
}

function LaneTrack({ lane, span, visits }: { lane: NamedLane; span: Span; visits: readonly number[] }) {
  const x = (at: number) => Math.round(((at - span.from) / Math.max(1, span.to - span.from)) * width);
  const ends = lane.spans.flatMap(({ from, to }) => [from, to]);
  const ticks = [...new Set([...ends, ...visits].map(x))].map((at) => `M${at} 4v16`).join('');
  const gaps = lane.spans
    .slice(1)
    .map(({ from }, index) => `M${x(lane.spans[index]?.to ?? from)} 12H${x(from)}`);
  return (
    <svg class="lane-track" viewBox={`-4 0 ${width + 8} 24`} preserveAspectRatio="none" aria-hidden="true">
      <path class="lane-span" d={lane.spans.map(({ from, to }) => `M${x(from)} 12H${x(to)}`).join('')} />
      {gaps.length > 0 && <path class="lane-silence" d={gaps.join('')} />}
      <path class="lane-ticks" d={ticks} />
    </svg>
  );
}

export function Lanes(props: {
  lanes: readonly NamedLane[];
  /** The one shown alone; null: all. */
  chosen: NamedLane | null;
  sessions: readonly JourneySession[];
  span: Span;
  now: number;
  hrefOf(lane: NamedLane | null): string;
}) {
  const { lanes, chosen, sessions, span, now, hrefOf } = props;
  const item = (lane: NamedLane) => {
    const isChosen = lane.who === chosen?.who;
    const visits = sessions.filter((session) => whoOf(session) === lane.who).map((s) => s.startedAt);
    const silence = longestSilence(lane.spans);
    return (
      <li class={`lane ${lane.colour}`}>
        <a href={hrefOf(isChosen ? null : lane)} aria-current={isChosen ? 'true' : undefined}>
          <span class="lane-label">
            <span class="lane-dot" />
            <span class="lane-name">{lane.label}</span>
          </span>
          <span class="lane-facts">
            <Moment at={lane.lastAt} now={now} />
          </span>
          <span class="lane-words">
            {laneWords(lane)}
            {silence > 0 && ` · away for ${counted(silence, 'day')}`}
          </span>
          <LaneTrack lane={lane} span={span} visits={visits} />
        </a>
      </li>
    );
  };
  const rest = lanes.slice(shownLanes);
  return (
    <section class="card" aria-labelledby="lanes-title">
      <div class="card-head">
        <h2 id="lanes-title">Who came when</h2>
        {chosen === null ? (
          <span class="muted">
            {counted(
              lanes.reduce((sum, { browsers }) => sum + browsers, 0),
              'browser',
            )}
          </span>
        ) : (
          <a href={hrefOf(null)}>Show all {lanes.length}</a>
        )}
      </div>
      <ul>{lanes.slice(0, shownLanes).map(item)}</ul>
      {rest.length > 0 && (
        <details class="more" open={rest.some(({ who }) => who === chosen?.who)}>
          <summary>{counted(rest.length, 'more', 'more')}</summary>
          <ul>{rest.map(item)}</ul>
        </details>
      )}
      <div class="axis" aria-hidden="true">
        <span>{date(span.from)}</span>
        <span>{date(span.to)}</span>
      </div>
    </section>
  );
}

/** `Server · 3 visits · 2 touchpoints`. */
export function laneWords({ visits, touchpoints, browsers, isOfServer }: NamedLane): string {
  return [
    isOfServer && 'Server',
    visits > 0 && counted(visits, 'visit'),
    touchpoints > 0 && counted(touchpoints, 'touchpoint'),
    browsers > 1 && counted(browsers, 'browser'),
  ]
    .filter(Boolean)
    .join(' · ');
}
