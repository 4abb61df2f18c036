/** Pages a day over a quarter of a year: when a company was busy with us. */
import { dayMs } from '../../collector/time.ts';
import { counted, date, dayOfYear } from '../words.ts';
import { barsPath } from './bars.ts';

const width = 900;
const height = 120;

export function Activity({ values, now }: { values: readonly number[]; now: number }) {
  const firstDay = Math.floor(now / dayMs) * dayMs - (values.length - 1) * dayMs;
  const total = values.reduce((sum, value) => sum + value, 0);
  const most = Math.max(0, ...values);
  const busiest = firstDay + values.indexOf(most) * dayMs;
  const summary =
    most === 0
      ? `No pages in the last ${values.length} days.`
      : `${counted(total, 'page')} in ${values.length} days; busiest on ${date(busiest)} with ${counted(most, 'page')}.`;
  const marks = [0, 1 / 3, 2 / 3, 1].map((part) => firstDay + Math.round(part * (values.length - 1)) * dayMs);
  return (
    <figure class="activity">
      <figcaption>
        <span>Pages a day</span>
        <span class="muted">{summary}</span>
      </figcaption>
      {/* Stretched to the width it gets; labels are text outside, so that they keep their size. */}
      <svg
        class="activity-chart"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby="activity-title activity-desc"
      >
        <title id="activity-title">Pages a day, last {values.length} days</title>
        <desc id="activity-desc">{summary}</desc>
        <path class="chart-grid" d={`M0 .5h${width}M0 ${height / 2}h${width}`} />
        <path class="chart-base" d={`M0 ${height - 0.5}h${width}`} />
        <path class="chart-bars" d={barsPath(values, width, height)} />
      </svg>
      <div class="axis" aria-hidden="true">
        {marks.map((at) => (
          <span>{dayOfYear(at)}</span>
        ))}
      </div>
    </figure>
  );
}
