import { describe, expect, test } from 'vitest';
import type { LiveEvent } from '../../collector/store/live.ts';
import { liveMs, maxLiveEvents } from './feed.ts';
import { liveState, maxCompanies, streamed } from './state.ts';

const minute = 60_000;
/** Half a minute into a minute. */
const at = Date.UTC(2026, 5, 1, 9, 30, 30);
const acme = { id: 1, name: 'Acme' };

let ids = 0;
function event(more: Partial<LiveEvent> = {}): LiveEvent {
  ids += 1;
  return {
    id: ids,
    siteId: 1,
    at: at - minute,
    type: 'page',
    host: 'www.lumen.example',
    path: '/',
    title: '',
    detail: {},
    visitId: 1,
    visitAt: at - 3 * minute,
    who: -1,
    account: acme,
    isOwn: false,
    ...more,
  };
}

/** As the feed keeps them: newest first. */
const stateOf = (events: LiveEvent[], siteId: number | null = null) =>
  liveState({ at, events: events.toReversed(), fresh: [] }, siteId);

describe('who is here now', () => {
  test('a company is on the page that one of its people saw last, since its first visit that goes on', () => {
    const state = stateOf([
      event({ path: '/pricing', title: 'Pricing', at: at - 5 * minute, visitAt: at - 9 * minute }),
      event({ path: '/docs', visitId: 2, who: -2, at: at - 2 * minute, visitAt: at - 2 * minute }),
      event({ type: 'form', path: '/contact', visitId: 2, who: -2, at: at - minute }),
    ]);
    expect(state.companies).toMatchObject([
      { account: acme, page: { path: '/docs' }, since: at - 9 * minute, lastAt: at - minute, people: 2 },
    ]);
    expect(state).toMatchObject({ companyCount: 1, people: 2, unnamedVisits: 0 });
  });

  test('one person in two browsers is one person', () => {
    expect(stateOf([event({ who: 7 }), event({ who: 7, visitId: 2 })])).toMatchObject({ people: 1 });
  });

  test('a visit is whose it turned out to be, with all it did before', () => {
    const state = stateOf([event({ account: null, at: at - 4 * minute }), event({ type: 'identify' })]);
    expect(state).toMatchObject({ unnamedVisits: 0, companyCount: 1 });
    expect(state.companies[0]?.page).not.toBeNull();
  });

  test('visits without a name are counted, not listed', () => {
    const state = stateOf([
      event({ account: null }),
      event({ account: null }),
      event({ account: null, visitId: 2 }),
    ]);
    expect(state).toMatchObject({ companies: [], companyCount: 0, people: 0, unnamedVisits: 2 });
  });

  test('our own people, other sites and what is over half an hour old are nowhere', () => {
    const state = stateOf(
      [event({ isOwn: true, account: null }), event({ siteId: 2 }), event({ at: at - liveMs - 1 })],
      1,
    );
    expect(state).toMatchObject({ companyCount: 0, unnamedVisits: 0 });
    expect(state.minutes.every((pages) => pages === 0)).toBe(true);
  });

  test('each of the last thirty minutes has its pages, the one that runs last', () => {
    const { minutes } = stateOf([
      event({ at }),
      event({ at: at - 29 * minute }),
      event({ at: at - minute }),
      event({ at: at - minute, type: 'form' }),
      event({ at: at - minute, account: null }),
    ]);
    expect(minutes).toHaveLength(30);
    expect([minutes[0], minutes[28], minutes[29]]).toEqual([1, 2, 1]);
  });

  test('of many companies the latest are listed, and all counted', () => {
    const events = Array.from({ length: maxCompanies + 5 }, (_, index) =>
      event({ account: { id: index, name: `Company ${index}` }, visitId: index, at: at - minute + index }),
    );
    const state = stateOf(events);
    expect(state.companies).toHaveLength(maxCompanies);
    expect(state.companies[0]?.account.id).toBe(maxCompanies + 4);
    expect(state.companyCount).toBe(maxCompanies + 5);
    expect(state.isCut).toBe(false);
    expect(stateOf(Array.from({ length: maxLiveEvents }, () => event())).isCut).toBe(true);
  });
});

test('the stream is of companies, on the site that is watched', () => {
  const events = [event(), event({ account: null }), event({ isOwn: true }), event({ siteId: 2 })];
  expect(streamed(events, null)).toEqual([events[3], events[0]]);
  expect(streamed(events, 1)).toEqual([events[0]]);
  const late = event({ at: at - 5 * minute });
  expect(streamed([late, ...events], 1)).toEqual([events[0], late]);
});
