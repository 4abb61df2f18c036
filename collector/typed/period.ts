/** The days that somebody asks for: so many up to today, or from one day to another. Pure. */
import type { Period } from '../store/store.ts';
import { dayMs } from '../time.ts';

export const presets = [
  '7d',
  '30d',
  '90d',
  '12m',
  'all',
  'today',
  'yesterday',
  '28d',
  'month',
  'last-month',
  'year',
  'custom',
] as const;
export type Preset = (typeof presets)[number];

/** A period as it was asked for; `from` and `to` are its first and last day where it is `custom`, `2026-11-20`. */
export interface AskedPeriod {
  period: Preset;
  from: string;
  to: string;
}

const presetDays = { today: 1, '7d': 7, '28d': 28, '30d': 30, '90d': 90 } as const;

/** The days asked for, whole in UTC; presets end with today, but for `yesterday` and `last-month`. */
export function periodOf({ period, from, to }: AskedPeriod, now: number): Period {
  const tomorrow = (Math.floor(now / dayMs) + 1) * dayMs;
  switch (period) {
    case 'all':
      return { from: 0, to: tomorrow };
    case '12m': {
      const end = new Date(tomorrow);
      return { from: Date.UTC(end.getUTCFullYear() - 1, end.getUTCMonth(), end.getUTCDate()), to: tomorrow };
    }
    case 'yesterday':
      return { from: tomorrow - 2 * dayMs, to: tomorrow - dayMs };
    case 'month':
      return { from: monthStart(now, 0), to: tomorrow };
    case 'last-month':
      return { from: monthStart(now, -1), to: monthStart(now, 0) };
    case 'year':
      return { from: Date.UTC(new Date(now).getUTCFullYear(), 0, 1), to: tomorrow };
    case 'custom':
      return { from: Date.parse(from), to: Date.parse(to) + dayMs };
    default:
      return { from: tomorrow - presetDays[period] * dayMs, to: tomorrow };
  }
}

/** The days of the same length before those asked for; null: since the beginning, there are none. */
export function periodBefore(preset: Preset, { from, to }: Period): Period | null {
  if (preset === 'all') return null;
  if (preset !== '12m') return { from: from - (to - from), to: from };
  // A year is as long as its calendar says.
  const start = new Date(from);
  start.setUTCFullYear(start.getUTCFullYear() - 1);
  return { from: start.getTime(), to: from };
}

/** @param months from this one on: −1 is the month before */
function monthStart(now: number, months: number): number {
  const day = new Date(now);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1);
}
