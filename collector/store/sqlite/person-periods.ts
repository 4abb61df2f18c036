/** Where somebody worked, and which browsers were theirs, out of their visits. Pure. */
import type { Agent, Via } from '../../draft.ts';
import type { Evidence } from '../../reveal/verdict.ts';
import type { AccountPeriod, AttributionKind, PersonBrowser } from '../person.ts';
import type { AccountName } from '../store.ts';

/** As much of a visit as periods and browsers are made of. */
export interface LookedVisit {
  id: number;
  siteId: number;
  visitorId: number;
  via: Via;
  account: AccountName | null;
  isOwn: boolean;
  isOffline: boolean;
  kind: AttributionKind;
  startedAt: number;
  endedAt: number;
  events: number;
  pages: number;
  forms: number;
  browser: string;
  os: string;
  device: string;
}

/** Browsers and periods told at most: the latest. */
export const maxBrowsers = 25;
const maxPeriods = 20;

const periodKey = ({ account, isOwn }: LookedVisit) => (isOwn ? 'own' : `${account?.id ?? ''}`);
const reasonKey = (visit: LookedVisit) => `${periodKey(visit)}/${visit.kind}`;

/** Numbers of the visits whose reasons stand for all of their account. @param visits newest first */
export function newestOfEach(visits: readonly LookedVisit[]): number[] {
  const newest = new Map<string, number>();
  for (const visit of visits)
    if (visit.account !== null && !newest.has(reasonKey(visit))) newest.set(reasonKey(visit), visit.id);
  return [...newest.values()].slice(0, maxPeriods * 4);
}

/**
 * One period an account, from the first visit to the latest: who works in two places goes to and fro between them.
 * @param visits   newest first
 * @param evidence by visit, of those that `newestOfEach` named
 */
export function periodsOf(
  visits: readonly LookedVisit[],
  evidence: ReadonlyMap<number, Evidence[]>,
): AccountPeriod[] {
  const periods = new Map<
    string,
    AccountPeriod & { byKind: Map<AttributionKind, AccountPeriod['reasons'][number]> }
  >();
  for (const visit of visits) {
    const key = periodKey(visit);
    const period = periods.get(key) ?? {
      account: visit.account,
      isOwn: visit.isOwn,
      from: visit.startedAt,
      to: visit.endedAt,
      visits: 0,
      touchpoints: 0,
      reasons: [],
      byKind: new Map(),
    };
    periods.set(key, period);
    period.from = Math.min(period.from, visit.startedAt);
    period.to = Math.max(period.to, visit.endedAt);
    period.visits += visit.isOffline ? 0 : 1;
    period.touchpoints += visit.isOffline ? visit.events : 0;
    const reason = period.byKind.get(visit.kind) ?? {
      kind: visit.kind,
      evidence: evidence.get(visit.id) ?? [],
      sessions: 0,
    };
    period.byKind.set(visit.kind, { ...reason, sessions: reason.sessions + 1 });
  }
  return [...periods.values()]
    .sort((one, other) => other.to - one.to)
    .slice(0, maxPeriods)
    .map(({ byKind, ...period }) => ({
      ...period,
      reasons: [...byKind.values()].sort((one, other) => other.sessions - one.sessions),
    }));
}

/** The latest browsers, each with the agent that it was last. @param visits newest first */
export function browsersOf(visits: readonly LookedVisit[]): PersonBrowser[] {
  const browsers = new Map<number, PersonBrowser>();
  for (const visit of visits) {
    const { visitorId, via, siteId, startedAt, endedAt, isOffline, events, browser, os, device } = visit;
    const known = browsers.get(visitorId) ?? {
      ...{ visitorId, via, siteId },
      agent: { browser, os, device: device as Agent['device'] },
      ...{ firstAt: startedAt, lastAt: endedAt, visits: 0, touchpoints: 0 },
    };
    browsers.set(visitorId, {
      ...known,
      firstAt: Math.min(known.firstAt, startedAt),
      visits: known.visits + (isOffline ? 0 : 1),
      touchpoints: known.touchpoints + (isOffline ? events : 0),
    });
  }
  return [...browsers.values()].slice(0, maxBrowsers);
}
