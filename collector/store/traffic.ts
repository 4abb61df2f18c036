/** What the overview asks of the store, and is answered: sums of whole days, and the top of a few lists. Types only. */

/** Half-open, ms UTC; the first and last day whole. */
interface Days {
  from: number;
  to: number;
}

export interface TrafficQuery {
  /** Null: all sites. */
  siteId: number | null;
  period: Days;
  /** To compare with; null: nothing. */
  before: Days | null;
  /** Of each list at most. */
  rows: number;
}

/** Visits that began in a stretch of time, without our own people's. */
export interface VisitSum {
  visits: number;
  /** Those that belong to an account. */
  accountVisits: number;
}

export interface TrafficSums extends VisitSum {
  /** Accounts with a visit, and those first seen. */
  accounts: number;
  newAccounts: number;
  pages: number;
  /** About how many different browsers, our own people's too; see `identify/distinct.ts` for how sure. */
  visitors: number;
}

/** A day on which there were visits: whole days since 1970. */
export interface TrafficDay extends VisitSum {
  day: number;
}

/** One line of a list. */
export type TrafficRow<Value> = Value & VisitSum & { before: VisitSum | null };

export interface Traffic {
  /** The first day that anything was counted on, on the sites asked for; null: nothing yet. */
  firstDay: number | null;
  sums: TrafficSums;
  sumsBefore: TrafficSums | null;
  /** Oldest first. */
  days: TrafficDay[];
  daysBefore: TrafficDay[];
  /** Each the most visits first. */
  sources: TrafficRow<{ channel: string; source: string }>[];
  campaigns: TrafficRow<{ campaign: string; source: string }>[];
  countries: TrafficRow<{ country: string | null }>[];
  /** Pages that visits began on. */
  landings: TrafficRow<{ host: string; path: string }>[];
}
