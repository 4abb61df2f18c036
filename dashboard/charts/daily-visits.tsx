/** Visits a day, those with a name within all, and the period before as a quiet line. */
import type { Period } from '../../collector/store/store.ts';
import type { TrafficDay } from '../../collector/store/traffic.ts';
import { counted, date, dayOfYear, number } from '../words.ts';
import { barsPath } from './bars.ts';
import { type Bucket, bucketsOf, isByWeek, linePath } from './visits.ts';

const width = 900;
const height = 160;

function summaryOf(buckets: readonly Bucket[], unit: string): string {
  const busiest = buckets.reduce<Bucket | null>(
    (most, bucket) => (bucket.visits > (most?.visits ?? 0) ? bucket : most),
    null,
  );
  if (busiest === null) return 'No visits.';
  const start = unit === 'week' ? `the week from ${date(busiest.from)}` : date(busiest.from);
  return `Busiest: ${start} with ${counted(busiest.visits, 'visit')}, ${number(busiest.accountVisits)} of them with a name.`;
}

function Table({ buckets, unit }: { buckets: readonly Bucket[]; unit: string }) {
  return (
    <details class="more">
      <summary>As a table</summary>
      <section class="scroll" tabindex={0} aria-label={`Visits a ${unit}`}>
        <table class="plain">
          <caption class="hidden">Visits a {unit}</caption>
          <thead>
            <tr>
              <th scope="col">{unit === 'week' ? 'Week from' : 'Day'}</th>
              <th scope="col">Visits</th>
              <th scope="col">With a name</th>
            </tr>
          </thead>
          <tbody>
            {buckets.toReversed().map(({ from, visits, accountVisits }) => (
              <tr>
                <th scope="row">{date(from)}</th>
                <td>{number(visits)}</td>
                <td>{number(accountVisits)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

export function DailyVisits(props: {
  days: readonly TrafficDay[];
  period: Period;
  /** The period before, in words, with its days; null: nothing to compare with. */
  before: { days: readonly TrafficDay[]; period: Period; words: string } | null;
}) {
  const { days, period, before } = props;
  const unit = isByWeek(period) ? 'week' : 'day';
  const buckets = bucketsOf(days, period);
  const earlier = before === null ? [] : bucketsOf(before.days, before.period);
  const all = buckets.map(({ visits }) => visits);
  const named = buckets.map(({ accountVisits }) => accountVisits);
  const then = earlier.map(({ visits }) => visits);
  const most = Math.max(0, ...all, ...then.slice(0, all.length));
  const summary = summaryOf(buckets, unit);
  const step = width / Math.max(1, buckets.length);
  const marks = [0, 1 / 3, 2 / 3, 1].map((part) => buckets[Math.round(part * (buckets.length - 1))]);
  return (
    <figure class="activity">
      <figcaption>
        <span>Visits a {unit}</span>
        <span class="muted">{summary}</span>
      </figcaption>
      <p class="legend">
        <span class="legend-named">with a name</span>
        <span class="legend-all">all visits</span>
        {before && <span class="legend-before">all visits, {before.words}</span>}
        <span class="legend-most">highest: {number(most)}</span>
      </p>
      {/* Stretched to the width it gets; labels are text outside, so that they keep their size. */}
      <svg
        class="activity-chart visits-chart"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby="visits-title visits-desc"
      >
        <title id="visits-title">Visits a {unit}</title>
        <desc id="visits-desc">{summary}</desc>
        <path class="chart-grid" d={`M0 .5h${width}M0 ${height / 2}h${width}`} />
        <path class="chart-bars-all" d={barsPath(all, width, height, most)} />
        <path class="chart-bars-named" d={barsPath(named, width, height, most)} />
        {before && <path class="chart-line" d={linePath(then, most, width, height, buckets.length)} />}
        <path class="chart-base" d={`M0 ${height - 0.5}h${width}`} />
        {buckets.map(({ from, visits, accountVisits }, index) => (
          <rect
            class="chart-hover"
            x={String(Math.round(index * step * 100) / 100)}
            y="0"
            width={String(Math.round(step * 100) / 100)}
            height={String(height)}
          >
            <title>
              {date(from)}: {counted(visits, 'visit')}, {number(accountVisits)} with a name
            </title>
          </rect>
        ))}
      </svg>
      <div class="axis" aria-hidden="true">
        {marks.map((bucket) => bucket && <span>{dayOfYear(bucket.from)}</span>)}
      </div>
      <Table buckets={buckets} unit={unit} />
    </figure>
  );
}
