/** Pages seen in each of the last thirty minutes. */
import { counted } from '../words.ts';
import { barsPath } from './bars.ts';

const width = 600;
const height = 80;

export function Minutes({ values }: { values: readonly number[] }) {
  const pages = values.reduce((sum, value) => sum + value, 0);
  const says = `${counted(pages, 'page')} in the last ${values.length} minutes, ${counted(values.at(-1) ?? 0, 'page')} in this one.`;
  return (
    <figure class="activity">
      <figcaption>
        <span>Pages a minute</span>
        <span class="muted">{says}</span>
      </figcaption>
      <svg
        class="activity-chart minutes-chart"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Pages a minute: ${says}`}
      >
        <path class="chart-base" d={`M0 ${height - 0.5}h${width}`} />
        <path class="chart-bars" d={barsPath(values, width, height)} />
      </svg>
      <div class="axis" aria-hidden="true">
        <span>30 min ago</span>
        <span>20</span>
        <span>10</span>
        <span>now</span>
      </div>
    </figure>
  );
}
