/** How a visit came, out of a row that may have none. */
import type { Arrival } from '../../draft.ts';

interface ArrivalColumns {
  arrival_id: number | null;
  channel: string | null;
  source: string | null;
  medium: string | null;
  campaign: string | null;
  term: string | null;
  content: string | null;
  click_id: string | null;
  referrer: string | null;
}

/** @returns null where the visit brought no word of where it came from */
export function arrivalOf(row: ArrivalColumns): Arrival | null {
  if (row.arrival_id === null) return null;
  return {
    channel: row.channel ?? '',
    source: row.source ?? '',
    medium: row.medium ?? '',
    campaign: row.campaign ?? '',
    term: row.term ?? '',
    content: row.content ?? '',
    clickId: row.click_id ?? '',
    referrer: row.referrer ?? '',
  };
}
