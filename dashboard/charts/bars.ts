/** Geometry of a row of bars, one a day. Pure: same numbers, same path. */
import { scaleLinear } from 'd3-scale';

/**
 * One SVG path of all bars (to be filled, which closes each), so that fifty small charts are fifty elements and not fifteen hundred.
 * A day without anything has no bar; any other is at least two units high, or it could not be seen.
 * @param most the value that is as high as the chart, where several are drawn to one scale
 */
export function barsPath(
  values: readonly number[],
  width: number,
  height: number,
  most = Math.max(1, ...values),
): string {
  const step = width / Math.max(1, values.length);
  const barWidth = step * 0.72;
  const y = scaleLinear([0, Math.max(1, most)], [0, height]);
  return values
    .map((value, index) => {
      if (value <= 0) return '';
      const tall = Math.max(2, y(value));
      return `M${round(index * step)} ${round(height)}v${round(-tall)}h${round(barWidth)}v${round(tall)}`;
    })
    .join('');
}

/** Tenths of a unit: finer than can be seen, and fifty charts in a list are made of such numbers. */
const round = (value: number) => Math.round(value * 10) / 10;
