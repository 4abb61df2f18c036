/** What every engine must say of what happened at a company lately: what is new to whom, and what its people did last. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, hour, minute, monday, touchpoint } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const sam = 'sam@example.com';
const now = monday + 20 * day;

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
  const idOf = async (name: string) => (await store.findAccounts(name, 1))[0]?.id ?? 0;
  const signs = async (at = now, user = sam) => store.accountSigns(await idOf('Acme'), user, at);
  const acme: DraftWish = { company: 'Acme', visitor: 'a' };

  test('what is new since somebody looked stays new while they sit there, and is new to them alone', async () => {
    await append({ ...acme, at: now - 3 * day });
    const id = await idOf('Acme');
    expect(await signs()).toMatchObject({ lookedAt: null, since: { visits: 1, people: 1 } });
    await store.looked(id, sam, now - 2 * day);
    expect(await signs()).toMatchObject({ lookedAt: now - 2 * day, since: { visits: 0, people: 0 } });
    await append({ ...acme, at: now - day, key: 'b' }, { ...acme, visitor: 'b', at: now - hour });
    await store.looked(id, sam, now);
    expect(await signs(now)).toMatchObject({ lookedAt: now - 2 * day, since: { visits: 2, people: 2 } });
    expect(await signs(now + 30 * minute)).toMatchObject({ lookedAt: now - 2 * day });
    // Whoever comes back later has seen it.
    expect(await signs(now + 2 * hour)).toMatchObject({ lookedAt: now, since: { visits: 0, people: 0 } });
    expect(await signs(now, 'kim@example.com')).toMatchObject({ lookedAt: null });
  });

  test('a look at a company counts for the one that it was merged into', async () => {
    await append({ ...acme, at: now - 3 * day }, { company: 'Birch', visitor: 'c', at: now - 3 * day });
    const [from, into] = [await idOf('Birch'), await idOf('Acme')];
    await store.looked(from, sam, now - 2 * day);
    await store.decide({ kind: 'merge', accountId: from, targetId: into, note: '' }, sam, now);
    expect(await signs()).toMatchObject({ lookedAt: now - 2 * day });
  });

  test('prices that were looked at and forms that were sent are told for a week', async () => {
    const form = (step: 'start' | 'submit', name: string) => ({
      type: 'form' as const,
      detail: { form: { step, name, id: '', action: '' } },
    });
    await append(
      { ...acme, at: now - 9 * day, path: '/pricing' },
      { ...acme, at: now - 9 * day + minute, ...form('submit', 'old') },
      { ...acme, at: now - 2 * day, path: '/de/preise' },
      { ...acme, at: now - 2 * day + minute, path: '/Pricing/teams' },
      { ...acme, at: now - 2 * day + 2 * minute, ...form('start', 'begun') },
      { ...acme, visitor: 'kim', at: now - day, email: 'kim@gmail.com' },
      { ...acme, visitor: 'kim', at: now - day + minute, path: '/pricing' },
      { ...acme, visitor: 'kim', at: now - day + 2 * minute, ...form('submit', 'contact') },
      { company: 'Birch', visitor: 'c', at: now - day, path: '/pricing' },
    );
    expect(await signs()).toMatchObject({
      pricing: { views: 3, people: 2, path: '/pricing', lastAt: now - day + minute },
      form: { name: 'contact', at: now - day + 2 * minute, person: 'kim@gmail.com' },
    });
    expect(await signs(now + 8 * day)).toMatchObject({ pricing: null, form: null });
  });

  test('says what each did last, a person in whichever browser, and of another company nothing', async () => {
    await append(
      { ...acme, visitor: 'desk', at: now - 3 * day, email: 'kim@gmail.com' },
      { ...acme, visitor: 'phone', at: now - 2 * day, email: 'kim@gmail.com' },
      ...['/a', '/b', '/c', '/d'].map((path, index) => ({
        ...acme,
        visitor: 'phone',
        at: now - 2 * day + (index + 1) * minute,
        path,
      })),
      { ...acme, visitor: 'phone', at: now - 2 * day + 6 * minute, type: 'leave', detail: {} },
      { ...acme, visitor: 'x', at: now - day, path: '/docs' },
      { company: 'Birch', visitor: 'other', at: now, path: '/secret' },
    );
    const id = await idOf('Acme');
    const lanes = await store.lanes(id, null);
    const kim = lanes.find(({ person }) => person !== null)?.personId ?? 0;
    const nobody = -(lanes.find(({ person }) => person === null)?.visitorId ?? 0);
    const [other] = await store.lanes(await idOf('Birch'), null);
    const done = await store.latelyDone(id, [kim, nobody, -(other?.visitorId ?? 0)]);
    expect([...done.values()].map((events) => events.map(({ path }) => path))).toEqual([
      ['/d', '/c', '/b'],
      ['/docs'],
      [],
    ]);
    const { sessions } = await store.journey({
      accountId: id,
      siteId: null,
      visitorId: null,
      personId: kim,
      before: null,
      limit: 10,
    });
    expect(sessions.map(({ personId }) => personId)).toEqual([kim, kim]);
  });

  test('a lane says when its browser came and when it was silent, and calls stand in lanes of their own', async () => {
    await append(
      { ...acme, at: monday },
      { ...acme, at: monday + 20 * day },
      { ...acme, at: monday + 420 * day },
      { ...acme, visitor: 'b', at: monday + 5 * day },
    );
    await store.append([touchpoint({ at: monday + 9 * day, email: 'kim@acme.example' })]);
    const id = await idOf('acme.example');
    expect((await store.lanes(id, null)).map(({ via, visits, spans }) => [via, visits, spans])).toEqual([
      [
        'tag',
        3,
        [
          { from: monday, to: monday + 20 * day },
          { from: monday + 420 * day, to: monday + 420 * day },
        ],
      ],
      ['import', 1, [{ from: monday + 9 * day, to: monday + 9 * day }]],
      ['tag', 1, [{ from: monday + 5 * day, to: monday + 5 * day }]],
    ]);
  });
});
