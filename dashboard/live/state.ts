/** Who is here now, worked out of the last half hour's events. Pure: same events, same moment, same answer. */
import type { LiveEvent } from '../../collector/store/live.ts';
import { liveMs, type Moment, maxLiveEvents } from './feed.ts';

const minuteMs = 60_000;

/** Companies listed at most; the others are counted. */
export const maxCompanies = 50;

export interface LiveCompany {
  account: { id: number; name: string };
  /** The page that one of its people saw last; null: they did something else, and no page in this time. */
  page: { host: string; path: string; title: string } | null;
  /** When the first of the visits that are going on began. */
  since: number;
  lastAt: number;
  people: number;
}

export interface LiveState {
  at: number;
  /** The latest first, at most `maxCompanies`. */
  companies: LiveCompany[];
  /** All of them. */
  companyCount: number;
  people: number;
  /** Visits of whom no company is known. */
  unnamedVisits: number;
  /** Pages seen in each of the last thirty minutes, oldest first; the last is the one that runs. */
  minutes: number[];
  /** More happened than is kept in memory. */
  isCut: boolean;
}

/** @param siteId null: all sites */
export function liveState({ at, events }: Moment, siteId: number | null): LiveState {
  const live = events.filter(
    (event) => !event.isOwn && event.at >= at - liveMs && (siteId === null || event.siteId === siteId),
  );
  // Whose a visit is may turn out while it goes on: its newest event knows best.
  const accountOf = new Map<number, LiveEvent['account']>();
  for (const { visitId, account } of live) if (!accountOf.has(visitId)) accountOf.set(visitId, account);

  const companies = new Map<number, LiveCompany & { who: Set<number>; pageAt: number }>();
  const unnamed = new Set<number>();
  const who = new Set<number>();
  const minutes = Array.from({ length: liveMs / minuteMs }, () => 0);
  const firstMinute = Math.floor(at / minuteMs) - minutes.length + 1;
  for (const event of live) {
    const minute = Math.floor(event.at / minuteMs) - firstMinute;
    if (event.type === 'page' && minutes[minute] !== undefined) minutes[minute] += 1;
    const account = accountOf.get(event.visitId) ?? null;
    if (account === null) {
      unnamed.add(event.visitId);
      continue;
    }
    who.add(event.who);
    const company = companies.get(account.id) ?? {
      account,
      page: null,
      pageAt: 0,
      since: event.visitAt,
      lastAt: event.at,
      people: 0,
      who: new Set(),
    };
    companies.set(account.id, company);
    company.since = Math.min(company.since, event.visitAt);
    company.lastAt = Math.max(company.lastAt, event.at);
    company.who.add(event.who);
    company.people = company.who.size;
    if (event.type === 'page' && event.at > company.pageAt) {
      company.pageAt = event.at;
      company.page = { host: event.host, path: event.path, title: event.title };
    }
  }
  return {
    at,
    companies: [...companies.values()]
      .sort((a, b) => b.lastAt - a.lastAt || a.account.id - b.account.id)
      .slice(0, maxCompanies)
      .map(({ account, page, since, lastAt, people }) => ({ account, page, since, lastAt, people })),
    companyCount: companies.size,
    people: who.size,
    unnamedVisits: unnamed.size,
    minutes,
    isCut: events.length >= maxLiveEvents,
  };
}

/** What a stream shows of events: those of companies, the latest to happen first, whenever they came in. */
export function streamed(events: readonly LiveEvent[], siteId: number | null): LiveEvent[] {
  return events
    .filter(
      ({ account, isOwn, siteId: of }) => account !== null && !isOwn && (siteId === null || of === siteId),
    )
    .sort((a, b) => b.at - a.at || b.id - a.id);
}
