/** The change of engagement, in words. */
import { type AccountsFilter, namedPeriods, presetLabels } from './accounts-filter.ts';
import { counted } from './words.ts';

/** What is compared with what: `than in the 30 days before`. */
export function comparedWords({ period, from, to }: Pick<AccountsFilter, 'period' | 'from' | 'to'>): string {
  if (period === 'all') return 'in the last 30 days than in the 30 days before';
  if (period === 'custom') {
    const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
    return days === 1 ? 'than on the day before' : `than in the ${days} days before`;
  }
  if (period === 'today' || period === 'yesterday') return 'than on the day before';
  if (namedPeriods[period] !== undefined) return 'than in as many days before';
  return `than in the ${presetLabels[period]} before`;
}

/** `12 pages more than in the 30 days before`. */
export function changeWords(change: number, compared: string): string {
  if (change === 0) return `As many pages as ${compared.replace(/^(in the last 30 days )?than /, '')}`;
  return `${counted(Math.abs(change), 'page')} ${change > 0 ? 'more' : 'fewer'} ${compared}`;
}
