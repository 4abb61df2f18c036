/** What every engine must do with people: one person over devices and years, and what an e-mail or a form tells. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, hour, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name', ({ open }) => {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(async () => {
    expect(await store.verify()).toEqual([]);
    await store.close();
  });

  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  const accounts = async () => {
    const period = { from: 0, to: monday + 4000 * day };
    const query = { siteId: null, period, search: '', sort: 'name', descending: false, offset: 0, limit: 50 };
    return (await store.accounts({ ...query, sort: 'name' })).rows;
  };
  const form = (more: object): Pick<DraftWish, 'type' | 'detail'> => ({
    type: 'form',
    detail: { form: { step: 'submit', name: 'contact', id: '', action: '/send', ...more } },
  });
  const journey = async (accountId: number) =>
    store.journey({ accountId, siteId: null, visitorId: null, before: null, limit: 50 });

  test('aware on the phone, bought at the desk: one person, and both devices’ past is theirs', async () => {
    await append(
      {
        visitor: 'phone',
        at: monday,
        path: '/blog',
        arrival: { channel: 'Organic Social', source: 'linkedin' },
      },
      { visitor: 'phone', at: monday + day, path: '/pricing' },
      { visitor: 'desk', at: monday + 2 * day, path: '/order' },
      { visitor: 'desk', at: monday + 2 * day, email: 'kim@harbour-tools.com' },
    );
    expect(await accounts()).toMatchObject([{ visits: 1, people: 1 }]);
    await append({ visitor: 'phone', at: monday + 3 * day, email: 'kim@harbour-tools.com' });
    const [account] = await accounts();
    expect(account).toMatchObject({ domain: 'harbour-tools.com', visits: 4, people: 1, firstAt: monday });
    const lanes = await store.lanes(account?.id ?? 0, null);
    expect(lanes.map(({ person, visits }) => [person, visits])).toEqual([
      ['kim@harbour-tools.com', 3],
      ['kim@harbour-tools.com', 1],
    ]);
    const { sessions } = await journey(account?.id ?? 0);
    expect(sessions.at(-1)).toMatchObject({
      startedAt: monday,
      arrival: { source: 'linkedin' },
      attribution: 'person',
    });
  });

  test('ten colleagues decide together: three browsers of one network are one account with three lanes', async () => {
    await append(
      { company: 'Acme', visitor: 'engineer', at: monday, path: '/docs' },
      { company: 'Acme', visitor: 'buyer', at: monday + hour, path: '/pricing' },
      { company: 'Acme', visitor: 'manager', at: monday + 2 * hour, path: '/security' },
    );
    const [acme, ...others] = await accounts();
    expect(others).toEqual([]);
    expect(acme).toMatchObject({ name: 'Acme', visits: 3, people: 3 });
    expect(await store.lanes(acme?.id ?? 0, null)).toHaveLength(3);
    const { sessions } = await journey(acme?.id ?? 0);
    expect(sessions.flatMap(({ touchpoints }) => touchpoints.map(({ path }) => path))).toEqual([
      '/security',
      '/pricing',
      '/docs',
    ]);
  });

  test.each([
    ['the same cookie', { visitor: 'visitor-1', company: 'Acme' }],
    ['the same e-mail on another machine', { visitor: 'visitor-2', email: 'kim@acme.example' }],
  ])('who comes back after 400 days with %s is of the same account, since its first day', async (_, back) => {
    await append({ visitor: 'visitor-1', company: 'Acme', at: monday, arrival: { source: 'newsletter' } });
    await append({ ...back, at: monday + 400 * day });
    const [acme, ...others] = await accounts();
    expect(others).toEqual([]);
    expect(acme).toMatchObject({
      visits: 2,
      firstAt: monday,
      lastAt: monday + 400 * day,
      source: 'newsletter',
    });
  });

  test('a form whose e-mail domain is told takes the visitor’s past with it, but makes nobody up', async () => {
    await append({ at: monday }, { at: monday + day, ...form({ domain: 'harbour-tools.com' }) });
    const [account] = await accounts();
    expect(account).toMatchObject({ domain: 'harbour-tools.com', visits: 2, people: 1, confidence: 0.95 });
    expect(await store.lanes(account?.id ?? 0, null)).toMatchObject([{ person: null }]);
    // Who it was is told later: still one person, and all of it theirs.
    await append({ at: monday + 2 * day, email: 'kim@harbour-tools.com' });
    expect(await accounts()).toMatchObject([{ visits: 3, people: 1 }]);
    expect(await store.lanes(account?.id ?? 0, null)).toMatchObject([{ person: 'kim@harbour-tools.com' }]);
  });

  test('a form field with an e-mail, asked for by the owner, tells who it was', async () => {
    await append(
      { at: monday },
      { at: monday + day, ...form({ values: { email: 'kim@harbour-tools.com' } }) },
    );
    const [account] = await accounts();
    expect(account).toMatchObject({ domain: 'harbour-tools.com', visits: 2, forms: 1 });
    expect(await store.lanes(account?.id ?? 0, null)).toMatchObject([{ person: 'kim@harbour-tools.com' }]);
  });

  test.each(['kim@gmail.com', 'info@harbour-tools.com', 'kim@mailinator.com'])(
    '%s moves no visit, in an identify call or in a form',
    async (email) => {
      await append(
        { at: monday },
        { at: monday + hour, email },
        { visitor: 'visitor-2', at: monday, ...form({ values: { email } }) },
      );
      expect(await accounts()).toEqual([]);
    },
  );

  test('who changes jobs leaves the first employer its visits and begins at the second', async () => {
    await append(
      { at: monday },
      { at: monday + day, ...form({ domain: 'harbour-tools.com' }) },
      { at: monday + 100 * day, ...form({ values: { email: 'kim@northern-mills.com' } }) },
      { at: monday + 101 * day },
    );
    expect((await accounts()).map(({ domain, visits }) => [domain, visits])).toEqual([
      ['harbour-tools.com', 2],
      ['northern-mills.com', 2],
    ]);
  });

  test('two browsers that told the same domain only do not teach their address: they may be one person', async () => {
    await append(
      { visitor: 'visitor-1', address: 7, at: monday, ...form({ domain: 'harbour-tools.com' }) },
      { visitor: 'visitor-2', address: 7, at: monday, ...form({ domain: 'harbour-tools.com' }) },
      { visitor: 'visitor-3', address: 7, at: monday + day },
    );
    expect(await accounts()).toMatchObject([{ visits: 2 }]);
    expect((await store.learned({ offset: 0, limit: 9 }, monday)).total).toBe(0);
  });
});
