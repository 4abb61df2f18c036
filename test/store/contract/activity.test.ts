/** What every engine must do with what people of accounts did: count it by day, for whose visit it is now. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OpenStore } from '../../../collector/store/sqlite/index.ts';
import type { Tables } from '../../../collector/store/sqlite/tables.ts';
import type { Store } from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, hour, minute, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const who = 'kim@lumen.example';

describe.each(engines)('$name', ({ open }) => {
  let opened: OpenStore;
  let store: Store;
  let number = 0;

  beforeEach(async () => {
    number = 0;
    opened = await open();
    store = opened.store;
    await store.addSite('lumen.example', [], monday);
    await store.addSite('other.example', [], monday);
  });
  afterEach(async () => {
    // Whatever a test did, what is kept is what the events and the decisions say.
    expect(await store.verify()).toEqual([]);
    const kept = await rows();
    await store.rebuild();
    expect(await rows()).toEqual(kept);
    await store.close();
  });

  const append = (...wishes: DraftWish[]) =>
    store.append(
      wishes.map((wish) => {
        number += 1;
        return draft(wish, number);
      }),
    );
  const rows = () =>
    opened.database.db
      .withTables<Pick<Tables, 'activity' | 'subject' | 'account'>>()
      .selectFrom('activity as c')
      .innerJoin('subject as s', 's.id', 'c.subject_id')
      .innerJoin('account as a', 'a.id', 'c.account_id')
      .select(['a.name as account', 's.kind', 's.name', 's.word', 'c.day', 'c.who', 'c.site_id', 'c.count'])
      .orderBy('c.day')
      .orderBy('s.kind')
      .orderBy('s.name')
      .orderBy('c.site_id')
      .orderBy('c.who')
      .execute();
  /** `Acme: page / ×2`, in order of day, kind and name. */
  const told = async () =>
    (await rows()).map(({ account, kind, name, count }) => `${account}: ${kind} ${name} ×${count}`);
  const track = (name: string): Pick<DraftWish, 'type' | 'detail'> => ({
    type: 'track',
    detail: { track: { name, props: { seats: 5 } } },
  });
  const form = (step: 'start' | 'submit' | 'abandon', more = {}): Pick<DraftWish, 'type' | 'detail'> => ({
    type: 'form',
    detail: { form: { step, name: 'contact', id: 'form-7', action: '/send', ...more } },
  });
  const leave = (seconds: number): Pick<DraftWish, 'type' | 'detail'> => ({
    type: 'leave',
    detail: { leave: { seconds, scroll: 80 } },
  });
  const idOf = async (name: string) => {
    const period = { from: 0, to: monday + 4000 * day };
    const query = { siteId: null, period, sort: 'name', descending: false, offset: 0, limit: 9 } as const;
    return (await store.accounts({ ...query, search: name })).rows[0]?.id ?? 0;
  };

  test('views, events, sent forms and seconds of engagement are counted, each under its name', async () => {
    await append(
      { company: 'Acme', at: monday, path: '/Pricing' },
      { company: 'Acme', at: monday + minute, path: '/Pricing', ...leave(40) },
      { company: 'Acme', at: monday + 2 * minute, path: '/Pricing' },
      { company: 'Acme', at: monday + 3 * minute, ...track('Projects Created') },
      { company: 'Acme', at: monday + 4 * minute, ...form('start') },
      { company: 'Acme', at: monday + 5 * minute, ...form('submit') },
      { company: 'Acme', at: monday + 6 * minute, ...form('submit', { name: '' }) },
      { company: 'Acme', at: monday + 7 * minute, ...form('abandon') },
      { company: 'Acme', at: monday + 8 * minute, ...leave(2) },
      { company: 'Acme', at: monday + 9 * minute, type: 'link', detail: {} },
    );
    expect(await told()).toEqual([
      'Acme: engaged  ×42',
      'Acme: event Projects Created ×1',
      'Acme: form contact ×1',
      'Acme: form form-7 ×1',
      'Acme: page /Pricing ×2',
    ]);
    expect((await rows()).map(({ word }) => word)).toEqual([
      '',
      'project_created',
      'contact',
      'form_7',
      '/pricing',
    ]);
  });

  test('the same in another order, one by one, comes to the same', async () => {
    const events: DraftWish[] = [
      { company: 'Acme', at: monday + 20 * minute, ...leave(5) },
      { company: 'Acme', at: monday + 50 * minute, path: '/late' },
      { company: 'Acme', at: monday + 70 * minute, ...leave(7) },
      { company: 'Acme', at: monday, path: '/' },
      { company: 'Acme', at: monday + 25 * minute, path: '/between' },
    ];
    for (const event of events) await append(event);
    expect(await told()).toEqual([
      'Acme: engaged  ×12',
      'Acme: page / ×1',
      'Acme: page /between ×1',
      'Acme: page /late ×1',
    ]);
  });

  test('an event that comes twice counts once', async () => {
    const same = { key: 'same-event', company: 'Acme', ...track('Paid') };
    await append(same, same);
    await append(same);
    expect(await told()).toEqual(['Acme: event Paid ×1']);
  });

  test('a day is that of the event, whatever day its visit began', async () => {
    const midnight = Date.UTC(2026, 5, 2);
    await append({ company: 'Acme', at: midnight - minute }, { company: 'Acme', at: midnight + minute });
    expect((await rows()).map(({ day, count }) => [day, count])).toEqual([
      [midnight / day - 1, 1],
      [midnight / day, 1],
    ]);
  });

  test('a page that is left counts with the visit before it, and with none after more than half an hour', async () => {
    await append({ company: 'Acme', at: monday }, { company: 'Acme', at: monday + 2 * hour, path: '/again' });
    await append(
      { company: 'Acme', at: monday - minute, ...leave(1) },
      { company: 'Acme', at: monday + 30 * minute, ...leave(10) },
      { company: 'Acme', at: monday + 30 * minute + 1, ...leave(100) },
      { company: 'Acme', at: monday + 3 * hour, ...leave(1000) },
    );
    expect(await told()).toEqual(['Acme: engaged  ×10', 'Acme: page / ×1', 'Acme: page /again ×1']);
    // What comes late may lengthen the visit up to where the page was left.
    await append({ company: 'Acme', at: monday + minute, path: '/late' });
    expect(await told()).toContain('Acme: engaged  ×110');
  });

  test('a browser that says it looked at a page for a century is believed a day', async () => {
    await append({ company: 'Acme' }, { company: 'Acme', ...leave(Number.MAX_SAFE_INTEGER) });
    await append({ company: 'Acme', ...leave(Number.MAX_SAFE_INTEGER) });
    expect(await told()).toEqual([`Acme: engaged  ×${2 * 24 * 3600}`, 'Acme: page / ×1']);
  });

  test('a visit of nobody’s counts nowhere, until an e-mail says whose it was', async () => {
    await append({ at: monday, path: '/pricing' }, { at: monday + minute, ...leave(30) });
    expect(await told()).toEqual([]);
    await append(
      { at: monday + day, email: 'kim@harbour-tools.com' },
      { at: monday + day, ...track('Paid') },
    );
    expect(await told()).toEqual([
      'Harbour Tools: engaged  ×30',
      'Harbour Tools: page /pricing ×1',
      'Harbour Tools: event Paid ×1',
    ]);
    expect((await rows()).every((row) => row.who > 0)).toBe(true);
  });

  test('what a server tells counts as what a browser tells', async () => {
    const server = { via: 'server', visitor: 'user-17', isKeyOfSite: true } as const;
    const seats = { track: { name: 'Seats Added', props: {} }, server: true } as const;
    await append(
      { ...server, at: monday, email: 'kim@harbour-tools.com' },
      { ...server, at: monday + minute, path: '/app', detail: { server: true } },
      { ...server, at: monday + 2 * minute, type: 'track', detail: seats },
      { ...server, at: monday + 3 * minute, type: 'track', detail: seats },
    );
    expect(await told()).toEqual(['Harbour Tools: event Seats Added ×2', 'Harbour Tools: page /app ×1']);
  });

  test('somebody unnamed counts as a browser; who is known in two browsers counts as one', async () => {
    await append(
      { visitor: 'unnamed-1', company: 'Acme' },
      { visitor: 'unnamed-2', company: 'Acme' },
      { visitor: 'laptop-1', at: monday, email: 'kim@acme.example' },
      { visitor: 'phone-11', at: monday, email: 'kim@acme.example' },
      { visitor: 'laptop-1', at: monday + minute },
      { visitor: 'phone-11', at: monday + minute },
    );
    expect((await rows()).map(({ who, count }) => [who > 0, count])).toEqual([
      [false, 1],
      [false, 1],
      [true, 2],
    ]);
  });

  test('a second employer opens a new period, and the first keeps what was done for it', async () => {
    await append(
      { at: monday, email: 'kim@harbour-tools.com' },
      { at: monday, path: '/first' },
      { at: monday + 10 * day, email: 'kim@northern-mills.com' },
      { at: monday + 10 * day, path: '/second' },
    );
    expect(await told()).toEqual(['Harbour Tools: page /first ×1', 'Northern Mills: page /second ×1']);
  });

  test('each site counts its own', async () => {
    await append({ company: 'Acme', site: 1 }, { company: 'Acme', site: 2 });
    expect((await rows()).map(({ site_id, count }) => [site_id, count])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  test('a page is one, whichever of the site’s hosts it is seen on', async () => {
    const other = draft({ company: 'Acme', path: '/pricing' }, 99);
    other.draft.page = { host: 'lumen.example', path: '/pricing' };
    await append({ company: 'Acme', path: '/pricing' });
    await store.append([other]);
    expect(await told()).toEqual(['Acme: page /pricing ×2']);
  });

  test('what the owner decides moves it, and undoing moves it back', async () => {
    await append(
      { company: 'Acme', path: '/a' },
      { company: 'Vocus', visitor: 'visitor-2', path: '/v' },
      { company: 'Vocus', visitor: 'visitor-2', ...leave(9) },
    );
    const before = await told();
    const [acme, vocus] = [await idOf('Acme'), await idOf('Vocus')];
    const merge = await store.decide({ kind: 'merge', accountId: vocus, targetId: acme, note: '' }, who, 0);
    expect(await told()).toEqual(['Acme: engaged  ×9', 'Acme: page /a ×1', 'Acme: page /v ×1']);
    await store.undo(merge.id, who, 0);
    expect(await told()).toEqual(before);
    const never = await store.decide({ kind: 'never', accountId: vocus, note: '' }, who, 0);
    expect(await told()).toEqual(['Acme: page /a ×1']);
    await store.undo(never.id, who, 0);
    // Our own people are nobody's account.
    await store.decide({ kind: 'own', accountId: acme, note: '' }, who, 0);
    expect(await told()).toEqual(['Vocus: engaged  ×9', 'Vocus: page /v ×1']);
  });

  test('a batch that is refused leaves nothing behind, and the next one counts as if it had not been', async () => {
    const bad = draft({ key: 'bad-event', company: 'Acme' });
    Object.assign(bad.draft, { at: 'never' });
    const first = draft({ key: 'good-event', company: 'Acme', path: '/new', ...track('First Seen') });
    await expect(store.append([first, bad])).rejects.toThrow();
    expect(await told()).toEqual([]);
    await append(
      { company: 'Acme', path: '/other' },
      { company: 'Acme', path: '/new', ...track('First Seen') },
    );
    expect(await told()).toEqual(['Acme: event First Seen ×1', 'Acme: page /other ×1']);
  });

  test('verify tells a count that was changed behind its back, and rebuild mends it', async () => {
    await append({ company: 'Acme', ...track('Paid') });
    await opened.database.db
      .withTables<Pick<Tables, 'activity'>>()
      .updateTable('activity')
      .set({ count: 99 })
      .execute();
    const [difference, ...others] = await store.verify();
    expect(others).toEqual([]);
    expect(difference).toMatchObject({ table: 'activity', row: expect.stringContaining('account_id=1') });
    expect(difference?.kept).toContain('"count":99');
    expect(difference?.rebuilt).toContain('"count":1');
    await store.rebuild();
    expect(await told()).toEqual(['Acme: event Paid ×1']);
  });
});
