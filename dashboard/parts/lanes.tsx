/** Each browser of an account as a lane over its time with us; choosing one shows its visits alone. */
import { isHearsay } from '../../collector/draft.ts';
import type { JourneySession, VisitorLane } from '../../collector/store/store.ts';
import { counted, date } from '../words.ts';
import { Moment } from './moment.tsx';

const colours = 6;
const width = 1_000;
const shownLanes = 8;

/** A lane with what it is called on this page. */
export interface NamedLane extends VisitorLane {
  label: string;
  /** Class of its colour; it repeats after six, so the label is never left out. */
  colour: string;
}

/** Names lanes by who told us who they are, the others `Visitor 1`… by their first visit; newest lane first. */
export function nameLanes(lanes: readonly VisitorLane[]): NamedLane[] {
  let unnamed = 0;
  return [...lanes]
    .sort((left, right) => left.firstAt - right.firstAt || left.visitorId - right.visitorId)
    .map((lane, index) => ({
      ...lane,
      label: lane.person ?? (lane.via === 'import' ? 'Nobody in particular' : `Visitor ${++unnamed}`),
      colour: `lane-${index % colours}`,
    }))
    .sort((left, right) => right.lastAt - left.lastAt);
}

interface Span {
  from: number;
  to: number;
}

function LaneTrack({ lane, span, visits }: { lane: NamedLane; span: Span; visits: readonly number[] }) {
  const x = (at: number) => Math.round(((at - span.from) / Math.max(1, span.to - span.from)) * width);
  const ticks = [lane.firstAt, ...visits, lane.lastAt].map((at) => `M${x(at)} 4v16`).join('');
  return (
    <svg class="lane-track" viewBox={`-4 0 ${width + 8} 24`} preserveAspectRatio="none" aria-hidden="true">
      <path class="lane-line" d={`M0 12h${width}`} />
      <path class="lane-span" d={`M${x(lane.firstAt)} 12H${x(lane.lastAt)}`} />
      <path class="lane-ticks" d={ticks} />
    </svg>
  );
}

export function Lanes(props: {
  lanes: readonly NamedLane[];
  /** The one shown alone; null: all. */
  chosen: number | null;
  sessions: readonly JourneySession[];
  span: Span;
  now: number;
  hrefOf(visitorId: number | null): string;
}) {
  const { lanes, chosen, sessions, span, now, hrefOf } = props;
  const item = (lane: NamedLane) => {
    const isChosen = lane.visitorId === chosen;
    const visits = sessions.filter((session) => session.visitorId === lane.visitorId).map((s) => s.startedAt);
    return (
      <li class={`lane ${lane.colour}`}>
        <a href={hrefOf(isChosen ? null : lane.visitorId)} aria-current={isChosen ? 'true' : undefined}>
          <span class="lane-label">
            <span class="lane-dot" />
            <span class="lane-name">{lane.label}</span>
          </span>
          <LaneTrack lane={lane} span={span} visits={visits} />
          <span class="lane-facts">
            {lane.via === 'server' && 'Server · '}
            {lane.via === 'import' ? `${counted(lane.visits, 'touchpoint')}` : counted(lane.visits, 'visit')}{' '}
            · <Moment at={lane.lastAt} now={now} />
          </span>
        </a>
      </li>
    );
  };
  const rest = lanes.slice(shownLanes);
  return (
    <section class="card" aria-labelledby="lanes-title">
      <div class="card-head">
        <h2 id="lanes-title">People and browsers</h2>
        {chosen === null ? (
          <span class="muted">{counted(lanes.filter(({ via }) => !isHearsay(via)).length, 'browser')}</span>
        ) : (
          <a href={hrefOf(null)}>Show all {lanes.length}</a>
        )}
      </div>
      <ul>{lanes.slice(0, shownLanes).map(item)}</ul>
      {rest.length > 0 && (
        <details class="more" open={rest.some((lane) => lane.visitorId === chosen)}>
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
