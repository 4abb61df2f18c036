/** How much busier a company was than in as many days before: a signed number, the whole sentence on hover; the column's head says it to those who hear the page. */
import type { AccountRow } from '../../collector/store/store.ts';
import type { AccountsFilter } from '../accounts-filter.ts';
import { changeWords, comparedWords } from '../change-words.ts';
import { number } from '../words.ts';

export function Change({ row, filter }: { row: AccountRow; filter: AccountsFilter }) {
  const { change } = row;
  const says = changeWords(change, comparedWords(filter));
  const kind = change > 0 ? 'change-more' : change < 0 ? 'change-less' : 'change-none';
  return (
    <span class={`change ${kind}`} title={says}>
      {change > 0 ? '+' : change < 0 ? '−' : '±'}
      {number(Math.abs(change))}
    </span>
  );
}
