/** What every engine must say of where people of an account got stuck. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, hour, minute, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name', ({ open }) => {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(() => store.close());

  const append = (...wishes: DraftWish[]) =>
    store.append(wishes.map((wish, index) => draft({ company: 'Acme', ...wish }, index)));
  const form = (
    step: 'start' | 'submit' | 'abandon',
    more: { name?: string; field?: string } = {},
  ): DraftWish => ({
    type: 'form',
    path: '/contact',
    detail: { form: { step, name: '', id: 'contact', action: '/send', ...more } },
  });
  const told = (name: string, path: string): DraftWish => ({
    type: 'track',
    path,
    detail: { track: { name, props: {} } },
  });
  const acme = async () => store.painPoints((await store.accountBy({ domain: 'acme.example' })) ?? 0, null);

  test('a form that was given up, one that was sent again, and a page that is not there, with the visit of each', async () => {
    await append(
      { at: monday },
      { at: monday + minute, ...form('start') },
      // Told as the page went away, after the visit's last sign of life.
      { at: monday + 5 * minute, ...form('abandon', { field: 'phone' }) },
      { at: monday + day },
      { at: monday + day + minute, ...form('abandon') },
      { at: monday + 2 * day, ...form('submit', { name: 'Demo' }) },
      { at: monday + 2 * day + minute, ...form('submit', { name: 'Demo' }) },
      { at: monday + 2 * day + 2 * minute, ...form('submit', { name: 'Demo' }) },
      { at: monday + 3 * day, ...told('404', '/old-prices') },
      { at: monday + 3 * day + minute, ...told('Page Not Found', '/older') },
    );
    const { points, looked } = await acme();
    expect(looked).toBe(4);
    expect(points).toMatchObject([
      {
        kind: 'abandoned',
        name: 'contact',
        field: 'phone',
        times: 2,
        visits: 2,
        session: { startedAt: monday + day },
      },
      { kind: 'missing', name: '/older', times: 1, visits: 1 },
      { kind: 'missing', name: '/old-prices', session: { startedAt: monday + 3 * day } },
      { kind: 'again', name: 'Demo', times: 2, visits: 1, session: { startedAt: monday + 2 * day } },
    ]);
  });

  test('what went well is no pain, nor is what somebody else did', async () => {
    await append(
      { at: monday, ...form('start') },
      { at: monday + minute, ...form('submit') },
      // The same form in another visit is another question.
      { at: monday + day, ...form('submit') },
      { at: monday + day + minute, ...told('brochure', '/404') },
      { visitor: 'other', company: 'Harbour', at: monday + hour, ...form('abandon') },
      { visitor: 'other', company: 'Harbour', at: monday + hour },
    );
    expect((await acme()).points).toEqual([]);
    expect(await store.painPoints(999, null)).toEqual({ points: [], looked: 0 });
  });
});
