/** A company's days at a glance, for a table's cell. */
import { counted } from '../words.ts';
import { barsPath } from './bars.ts';

const width = 108;
const height = 24;

export function Sparkline({ values }: { values: readonly number[] }) {
  const pages = values.reduce((sum, value) => sum + value, 0);
  const days = values.filter((value) => value > 0).length;
  const says = `${counted(pages, 'page')} on ${counted(days, 'day')} of the last ${counted(values.length, 'day')}`;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={says}>
      <path class="chart-bars" d={barsPath(values, width, height)} />
    </svg>
  );
}
