/** What a company did last and who came, below the reason for its name: asked for when somebody stays on it. */
import type { JourneySession, VisitorLane } from '../../collector/store/store.ts';
import type { ShownScore } from '../shown-score.ts';
import type { WhySegment } from '../why-segment.ts';
import { counted } from '../words.ts';
import { Moment } from './moment.tsx';
import { ReasonList, ScoreBadge } from './score.tsx';
import { WhyLines, whyWords } from './why-segment.tsx';

/** Pages and people named; more are on the company's page. */
const shownPages = 5;
const shownPeople = 3;

export function Preview(props: {
  visit: JourneySession | null;
  lanes: readonly VisitorLane[];
  /** Null: not worked out yet. */
  score: ShownScore | null;
  /** Of the segment that the list is narrowed to; null: none. */
  why: WhySegment | null;
  now: number;
}) {
  const { visit, lanes, score, why, now } = props;
  if (visit === null) return <p>No visits.</p>;
  const pages = visit.touchpoints.filter(({ type }) => type === 'page');
  const named = [...new Set(lanes.flatMap(({ person }) => person ?? []))];
  const nameless = lanes.filter(({ person }) => person === null).length;
  const people = [
    ...named.slice(0, shownPeople),
    ...(named.length > shownPeople ? [`${named.length - shownPeople} more`] : []),
    ...(nameless > 0 ? [counted(nameless, 'browser')] : []),
  ];
  return (
    <div class="preview">
      {why && (
        <>
          <p>
            <strong>{whyWords(why)}</strong>
          </p>
          <WhyLines lines={why.lines} />
        </>
      )}
      <p>
        <strong>
          Last visit <Moment at={visit.startedAt} now={now} />
        </strong>
        {visit.arrival && ` · ${visit.arrival.channel}, ${visit.arrival.source}`}
      </p>
      <ol>
        {pages.slice(0, shownPages).map(({ title, path }) => (
          <li>{title || path}</li>
        ))}
        {pages.length > shownPages && <li>and {counted(pages.length - shownPages, 'page')} more</li>}
      </ol>
      <p>
        <strong>People</strong> {people.join(', ')}
      </p>
      {score && (
        <>
          <p>
            Score <ScoreBadge {...score} />
          </p>
          <ReasonList reasons={score.reasons} />
        </>
      )}
    </div>
  );
}
