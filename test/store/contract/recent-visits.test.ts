/** What every engine must answer about the latest visits, on which rests whether they can be told apart. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { draft, hour, minute, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name: the latest visits by address', ({ open }) => {
  let store: Store;

  beforeEach(async () => {
    store = (await open()).store;
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(() => store.close());

  const look = (more: Partial<Parameters<Store['recentVisits']>[0]> = {}) =>
    store.recentVisits({ since: monday, limit: 100, newest: 3, ...more });

  test('count visits, browsers and kinds of browsers of each, the most browsers first', async () => {
    const other = draft({ visitor: 'c', at: monday + 9 * hour, address: 2, company: 'Acme' });
    await store.append([
      draft({ visitor: 'a', at: monday, address: 1 }),
      draft({ visitor: 'a', at: monday + minute, address: 1 }, 1),
      draft({ visitor: 'a', at: monday + 2 * hour, address: 1 }, 2),
      draft({ visitor: 'b', at: monday + 3 * hour, address: 1 }),
      { ...other, facts: { ...other.facts, agent: { ...other.facts.agent, browser: 'Chrome' } } },
    ]);
    expect(await look()).toEqual([
      {
        addressKey: 1,
        prefix: '192.0.2.0/24',
        network: 'Wide Area Telecom',
        visits: 3,
        visitors: 2,
        agents: 1,
        newest: 2,
      },
      {
        addressKey: 2,
        prefix: '192.0.2.0/24',
        network: 'Acme',
        visits: 1,
        visitors: 1,
        agents: 1,
        newest: 1,
      },
    ]);
  });

  test('are as many as asked for, whoever’s they are, and none from before', async () => {
    await store.append(
      Array.from({ length: 20 }, (_, at) =>
        draft({
          visitor: `visitor-${at}`,
          at: monday + at * minute,
          address: at,
          company: at % 2 === 0 ? 'Acme' : null,
        }),
      ),
    );
    const keys = async (more: Parameters<typeof look>[0]) =>
      (await look(more)).map(({ addressKey }) => addressKey).sort((a, b) => a - b);
    expect(await keys({ limit: 5 })).toEqual([15, 16, 17, 18, 19]);
    expect(await keys({ since: monday + 17 * minute })).toEqual([17, 18, 19]);
    expect((await look()).reduce((sum, { newest }) => sum + newest, 0)).toBe(3);
  });

  test('leave out what a log told', async () => {
    await store.append([
      draft({ visitor: 'a', address: 1, via: 'log' }),
      draft({ visitor: 'b', address: 2, via: 'pixel' }),
    ]);
    expect((await look()).map(({ addressKey }) => addressKey)).toEqual([2]);
  });
});
