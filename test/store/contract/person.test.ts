/** What every engine must answer about one person: where they worked, which browsers are theirs and since when, and whom an address leads to. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PersonRef } from '../../../collector/store/person.ts';
import type { Store } from '../../../collector/store/store.ts';
import {
  contact,
  type DraftWish,
  day,
  draft,
  hour,
  minute,
  monday,
  touchpoint,
} from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name', ({ open, isSwift }) => {
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
  const known = (
    user: string | null,
    email: string | null,
    more: object = {},
  ): Pick<DraftWish, 'type' | 'detail'> => ({
    type: 'identify',
    detail: { identify: { user, email, traits: {}, ...more } },
  });
  const at = (number: number) => monday + number * day;
  /** The page of whoever had this browser last. */
  const personOf = async (visitorId: number) => {
    const ref = await store.personHome({ kind: 'visitor', id: visitorId });
    const detail = ref && (await store.person(ref));
    if (detail === null) throw new Error(`visitor ${visitorId} is nobody`);
    return detail;
  };
  const all = (ref: PersonRef) => store.personJourney({ ref, before: null, limit: 50 });

  test('two browsers that gave one e-mail are one person, and each says since when and with which visits', async () => {
    await append(
      { visitor: 'phone', at: at(0), arrival: { source: 'linkedin' } },
      { visitor: 'phone', at: at(1) },
      {
        visitor: 'desk',
        at: at(2),
        ...known('42', 'kim@harbour-tools.com', { traits: { plan: 'pro', seats: 3 } }),
      },
      { visitor: 'phone', at: at(3), path: '/login', ...known('42', 'kim@harbour-tools.com') },
      { visitor: 'phone', at: at(4), ...known('42', 'kim@harbour-tools.com') },
    );
    const kim = await personOf(1);
    expect(kim).toMatchObject({
      label: 'kim@harbour-tools.com',
      email: 'kim@harbour-tools.com',
      ids: ['42'],
      visits: 5,
      firstAt: at(0),
      cameBy: { source: 'linkedin' },
      traits: [
        { name: 'plan', value: 'pro', type: 'text', at: at(2) },
        { name: 'seats', value: '3', type: 'number', at: at(2) },
      ],
    });
    expect(kim.tellings).toMatchObject([
      { visitorId: 2, at: at(2), times: 1, visitsBefore: 0 },
      { visitorId: 1, at: at(3), lastAt: at(4), times: 2, visitsBefore: 2, path: '/login', user: '42' },
    ]);
    expect(kim.browsers.map(({ visitorId, visits }) => [visitorId, visits])).toEqual([
      [1, 4],
      [2, 1],
    ]);
    const { sessions } = await all(kim.ref);
    expect(sessions.map(({ startedAt }) => startedAt)).toEqual([at(4), at(3), at(2), at(1), at(0)]);
  });

  test('an id that turns out to mean an e-mail leads to it, over two steps too', async () => {
    await append({ visitor: 'one', at: at(0), ...known('early', null) });
    const before = await store.personHome({ kind: 'visitor', id: 1 });
    await append(
      { visitor: 'one', at: at(1), ...known('late', null, { was: 'early' }) },
      { visitor: 'two', at: at(2), ...known('late', 'kim@harbour-tools.com') },
    );
    const after = before && (await store.personHome(before));
    expect(after).toEqual(await store.personHome({ kind: 'visitor', id: 2 }));
    expect(after).not.toEqual(before);
    const kim = await personOf(1);
    expect(kim.ids).toEqual(['early', 'late']);
    expect(kim.visits).toBe(3);
    expect(kim.tellings).toMatchObject([
      { user: 'early', was: null, person: { label: 'kim@harbour-tools.com' } },
      { user: 'late', was: 'early' },
      { user: 'late', email: 'kim@harbour-tools.com' },
    ]);
  });

  test('each employer has its period with its reason, and what was nobody’s is a period too', async () => {
    await append(
      { visitor: 'a', at: at(0), email: 'kim@harbour-tools.com' },
      { visitor: 'a', at: at(1) },
      { visitor: 'a', at: at(30), email: 'kim@lumen-works.com' },
      { visitor: 'b', at: at(40), company: 'Acme', ...known('7', null) },
      { visitor: 'b', at: at(41) },
    );
    const first = await store.personHome({ kind: 'visitor', id: 2 });
    const seven = first && (await store.person(first));
    expect(seven?.periods).toMatchObject([
      { account: null, isOwn: false, from: at(41), to: at(41), visits: 1 },
      { account: { name: 'Acme' }, from: at(40), to: at(40), reasons: [{ kind: 'network' }] },
    ]);
    const history = await store.people((await store.accountBy({ domain: 'harbour-tools.com' })) ?? 0);
    const old = await store.person({ kind: 'person', id: history[0]?.personId ?? 0 });
    expect(old?.periods).toMatchObject([
      {
        account: { domain: 'harbour-tools.com' },
        from: at(0),
        to: at(1),
        visits: 2,
        reasons: [{ kind: 'person', evidence: [{ source: 'email' }] }],
      },
    ]);
    // The browser went on as another: it says so to both.
    expect(old?.tellings.map(({ person }) => person?.label)).toEqual([
      'kim@harbour-tools.com',
      'kim@lumen-works.com',
    ]);
  });

  test('what an owner decided is the reason, with its rule', async () => {
    await append({ visitor: 'a', at: at(0), prefix: '198.51.100.0/24', ...known('7', null) });
    const says = { name: 'Harbour Tools', domain: 'harbour-tools.com' };
    await store.decide(
      { kind: 'network', match: '198.51.100.0/24', addressKey: null, says, accountId: null, note: '' },
      'owner@example.com',
      at(1),
    );
    const [period] = (await personOf(1)).periods;
    expect(period).toMatchObject({ account: says, reasons: [{ kind: 'decision' }] });
    expect(period?.reasons[0]?.evidence[0]?.says).toContain('198.51.100.0/24');
  });

  test('a touchpoint from a file is theirs, with the import that told it, and is no visit', async () => {
    const file = { fileName: 'calls.csv', siteId: 1, mapping: {}, kind: 'touchpoints' } as const;
    const id = await store.beginImport(file, 'owner@example.com', at(0));
    await store.append([touchpoint({ importId: id, at: at(0), email: 'kim@harbour-tools.com' })]);
    await append({ visitor: 'a', at: at(2), email: 'kim@harbour-tools.com' });
    const people = await store.beginImport(
      { ...file, kind: 'contacts', fileName: 'people.csv' },
      'owner@example.com',
      at(3),
    );
    await store.importContacts(
      [contact({ email: 'kim@harbour-tools.com', name: 'Kim', title: 'Buyer' })],
      at(3),
      people,
    );
    const kim = await personOf(2);
    expect(kim).toMatchObject({
      visits: 1,
      touchpoints: 1,
      firstAt: at(2),
      contact: { name: 'Kim', title: 'Buyer' },
    });
    expect(kim.files.map(({ fileName }) => fileName).sort()).toEqual(['calls.csv', 'people.csv']);
    await store.undoImport(people, 'owner@example.com', at(4) + 10 * minute);
    expect((await personOf(2)).contact).toBeNull();
  });

  test('a contact leads to the person once they were seen, and stands alone until then', async () => {
    const file = { fileName: 'people.csv', siteId: null, mapping: {}, kind: 'contacts' } as const;
    const id = await store.beginImport(file, 'owner@example.com', at(0));
    await store.importContacts([contact({ email: 'kim@harbour-tools.com', name: 'Kim' })], at(0), id);
    const ref = { kind: 'contact', id: 1 } as const;
    expect(await store.personHome(ref)).toEqual(ref);
    expect(await store.person(ref)).toMatchObject({
      label: 'Kim',
      visits: 0,
      contact: { account: { name: 'Harbour Tools' } },
    });
    expect(await all(ref)).toEqual({ sessions: [], next: null });
    await append({ visitor: 'a', at: at(2), email: 'kim@harbour-tools.com' });
    expect(await store.personHome(ref)).toMatchObject({ kind: 'person' });
  });

  test('a browser of which nobody told stays one, and there is nobody behind a number that nobody has', async () => {
    await append({ visitor: 'a', at: at(0), company: 'Acme' });
    const ref = { kind: 'visitor', id: 1 } as const;
    expect(await store.personHome(ref)).toEqual(ref);
    expect(await store.person(ref)).toMatchObject({
      label: '',
      visits: 1,
      tellings: [],
      periods: [{ account: { name: 'Acme' } }],
    });
    for (const kind of ['person', 'visitor', 'contact'] as const)
      expect(await store.personHome({ kind, id: 99 })).toBeNull();
  });

  test('an employer told by a domain alone is no person, and neither is a file’s word for a company', async () => {
    const detail = {
      form: { step: 'submit', name: 'contact', id: '', action: '/', domain: 'harbour-tools.com' },
    } as const;
    await append({ visitor: 'a', at: at(0), type: 'form', detail });
    expect(await store.personHome({ kind: 'person', id: 1 })).toBeNull();
    expect(await store.personHome({ kind: 'visitor', id: 1 })).toEqual({ kind: 'visitor', id: 1 });
    await store.append([touchpoint({ company: 'Harbour Tools' })]);
    expect(await store.personHome({ kind: 'visitor', id: 2 })).toBeNull();
  });

  test('an e-mail or a domain leads to the account that it is now, and strangers to none', async () => {
    await append(
      { visitor: 'a', at: at(0), email: 'kim@harbour-tools.com' },
      { visitor: 'b', at: at(0), company: 'Acme', email: 'lee@gmail.com' },
    );
    const harbour = await store.accountBy({ domain: 'harbour-tools.com' });
    expect(harbour).not.toBeNull();
    for (const asked of [
      { domain: 'https://www.Harbour-Tools.com/contact' },
      { email: 'Kim@harbour-tools.com' },
      { email: 'somebody-new@mail.harbour-tools.com' },
      { email: 'info@harbour-tools.com' },
    ])
      expect([asked, await store.accountBy(asked)]).toEqual([asked, harbour]);
    const acme = await store.accountBy({ email: 'lee@gmail.com' });
    expect(acme).not.toBe(harbour);
    expect((await store.account(acme ?? 0, null, at(1)))?.name).toBe('Acme');
    for (const asked of [
      { domain: 'gmail.com' },
      { email: 'new@gmail.com' },
      { domain: '' },
      { email: 'x' },
      { domain: 'nobody.com' },
    ])
      expect([asked, await store.accountBy(asked)]).toEqual([asked, null]);
    await store.decide(
      { kind: 'merge', accountId: harbour ?? 0, targetId: acme ?? 0, note: '' },
      'owner@example.com',
      at(2),
    );
    expect(await store.accountBy({ domain: 'harbour-tools.com' })).toBe(acme);
  });

  // What is read of many is the same for every engine; storing them takes its time.
  test.runIf(isSwift)(
    'of 2,100 visits the latest 2,000 are looked at, the first is known, and pages go on',
    async () => {
      const visits = Array.from({ length: 2_100 }, (_, number) =>
        draft({ visitor: 'a', at: monday + number * hour }, number),
      );
      await store.append([
        ...visits,
        draft({ visitor: 'a', at: monday + 2_100 * hour, email: 'kim@harbour-tools.com' }),
      ]);
      const kim = await personOf(1);
      expect(kim).toMatchObject({ isCut: true, looked: 2_000, visits: 2_000, firstAt: monday });
      const { sessions, next } = await all(kim.ref);
      expect(sessions).toHaveLength(50);
      const older = await store.personJourney({ ref: kim.ref, before: next, limit: 50 });
      expect(older.sessions[0]?.startedAt).toBe((sessions.at(-1)?.startedAt ?? 0) - hour);
    },
  );
});
