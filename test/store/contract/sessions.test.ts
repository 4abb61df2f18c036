/** What every engine must do with events: store each once, and keep sessions and sums equal to what the events say. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../../../collector/reveal/verdict.ts';
import type { OpenStore } from '../../../collector/store/sqlite/index.ts';
import type { AccountQuery, Journey, JourneyCursor, Store } from '../../../collector/store/store.ts';
import {
  companyVerdict,
  type DraftWish,
  day,
  draft,
  hour,
  ispVerdict,
  minute,
  monday,
} from '../../support/drafts.ts';
import { someEvent } from '../../support/some-event.ts';
import { engines } from '../../support/stores.ts';

const all: AccountQuery = {
  siteId: null,
  period: { from: 0, to: monday + 4000 * day },
  search: '',
  sort: 'last',
  descending: true,
  offset: 0,
  limit: 50,
};

describe.each(engines)('$name', ({ open, isSwift }) => {
  let opened: OpenStore;
  let store: Store;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
    await store.addSite('lumen.example', [], monday);
    await store.addSite('other.example', [], monday);
  });
  afterEach(() => store.close());

  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  const accounts = async (query: Partial<AccountQuery> = {}) =>
    (await store.accounts({ ...all, ...query })).rows;

  test('a site is added once; a second time says which key it has', async () => {
    const { key } = await store.addSite('fresh.example', ['shop.fresh.example'], monday);
    await expect(store.addSite('fresh.example', [], monday)).rejects.toThrow(`its key is ${key}`);
    expect((await store.sites()).filter(({ domain }) => domain === 'fresh.example')).toHaveLength(1);
    const wider = await store.addSite('fresh.example', ['app.other.example'], monday);
    expect(wider).toMatchObject({ key, hosts: ['shop.fresh.example', 'app.other.example'] });
  });

  test('an event sent twice is stored once, in one batch or in two', async () => {
    expect(await append({ key: 'same-event' }, { key: 'same-event' })).toEqual(['stored', 'duplicate']);
    expect(await append({ key: 'same-event' })).toEqual(['duplicate']);
    expect((await store.health()).events).toBe(1);
  });

  test('two sites may use the same event and visitor ids without hiding each other', async () => {
    expect(await append({ key: 'same-event', site: 1 }, { key: 'same-event', site: 2 })).toEqual([
      'stored',
      'stored',
    ]);
  });

  test('a visit ends after thirty minutes without an event, and not before', async () => {
    await append(
      { company: 'Acme', at: monday },
      { company: 'Acme', at: monday + 30 * minute },
      { company: 'Acme', at: monday + 60 * minute + 1 },
    );
    const [acme] = await accounts();
    expect(acme).toMatchObject({ visits: 2, pages: 3, people: 1 });
  });

  test('an event that comes late joins two visits into one', async () => {
    await append({ company: 'Acme', at: monday }, { company: 'Acme', at: monday + 50 * minute });
    expect((await accounts())[0]?.visits).toBe(2);
    await append({ company: 'Acme', at: monday + 25 * minute });
    expect((await accounts())[0]).toMatchObject({ visits: 1, pages: 3 });
    expect(await store.verify()).toEqual([]);
  });

  test('an ISP is not an account, and neither is a company that is only possible', async () => {
    await append(
      { visitor: 'at-home-1' },
      {
        visitor: 'maybe-one',
        verdict: {
          kind: 'unknown',
          company: { name: 'Perhaps', domain: null },
          operator: null,
          confidence: 0.5,
          tier: 'possible',
          evidence: [],
        },
      },
    );
    expect(await accounts()).toEqual([]);
    const networks = (group: 'possible' | 'providers') =>
      store.networks({ siteId: null, period: all.period, group, search: '', offset: 0, limit: 10 });
    expect((await networks('providers')).rows).toMatchObject([{ name: 'Wide Area Telecom', visits: 1 }]);
    expect((await networks('possible')).rows).toMatchObject([{ name: 'Perhaps', visits: 1 }]);
  });

  test('who starts on the phone and goes on in the office was in the office', async () => {
    await append({ at: monday }, { at: monday + minute, company: 'Acme' });
    expect(await accounts()).toMatchObject([{ name: 'Acme', visits: 1, pages: 2 }]);
  });

  test('a business e-mail takes the visitor’s earlier visits with it; a free-mail address does not', async () => {
    await append({ visitor: 'from-home', at: monday }, { visitor: 'somebody-2', at: monday });
    expect(await accounts()).toEqual([]);
    await append(
      { visitor: 'from-home', at: monday + day, email: 'kim@harbour-tools.com' },
      { visitor: 'somebody-2', at: monday + day, email: 'kim@gmail.com' },
    );
    expect(await accounts()).toMatchObject([{ domain: 'harbour-tools.com', visits: 2, people: 1 }]);
    expect(await store.verify()).toEqual([]);
  });

  test('a second business e-mail opens a new period and leaves the first its visits', async () => {
    await append(
      { at: monday },
      { at: monday + day, email: 'kim@harbour-tools.com' },
      { at: monday + 2 * day },
      { at: monday + 10 * day, email: 'kim@northern-mills.com' },
      { at: monday + 11 * day },
    );
    const visits = Object.fromEntries((await accounts()).map((row) => [row.domain, row.visits]));
    expect(visits).toEqual({ 'harbour-tools.com': 3, 'northern-mills.com': 2 });
  });

  test('two browsers of one person are one of the account’s people; an unknown third is another', async () => {
    await append(
      { visitor: 'laptop-1', at: monday, email: 'kim@harbour-tools.com' },
      { visitor: 'phone-11', at: monday + hour, email: 'kim@harbour-tools.com' },
      { visitor: 'colleague', at: monday + hour, company: 'Acme' },
    );
    const people = Object.fromEntries((await accounts()).map((row) => [row.name, row.people]));
    expect(people).toMatchObject({ Acme: 1 });
    expect((await accounts({ search: 'harbour' }))[0]).toMatchObject({ people: 1, visits: 2 });
  });

  test('the list counts the period asked for, and calls new who came first within it', async () => {
    await append(
      { company: 'Acme', at: monday },
      { company: 'Acme', at: monday + 40 * day },
      { company: 'Brand New', visitor: 'visitor-2', at: monday + 40 * day },
    );
    const rows = await accounts({
      period: { from: monday + 30 * day, to: monday + 50 * day },
      sort: 'name',
      descending: false,
    });
    expect(rows.map(({ name, visits, isNew }) => ({ name, visits, isNew }))).toEqual([
      { name: 'Acme', visits: 1, isNew: false },
      { name: 'Brand New', visits: 1, isNew: true },
    ]);
    // Since the beginning of time everybody came once for the first time: then the last weeks count.
    const all = await accounts({
      period: { from: 0, to: monday + 50 * day },
      sort: 'name',
      descending: false,
    });
    expect(all.map(({ isNew }) => isNew)).toEqual([false, true]);
  });

  test('search takes a percent sign for what it is', async () => {
    await append({ company: 'Acme' }, { company: '100% Cotton', visitor: 'visitor-2' });
    expect((await accounts({ search: '%' })).map((row) => row.name)).toEqual(['100% Cotton']);
    expect((await accounts({ search: 'ACM' })).map((row) => row.name)).toEqual(['Acme']);
    expect(await accounts({ search: "'; drop table event; --" })).toEqual([]);
  });

  test('a page beyond the last row still says how many there are', async () => {
    await append({ company: 'Acme' });
    expect(await store.accounts({ ...all, offset: 50 })).toEqual({ rows: [], total: 1 });
  });

  test('the journey tells each visit with its touchpoints in order, newest visit first, and pages on', async () => {
    await append(
      { company: 'Acme', at: monday, path: '/', arrival: {} },
      { company: 'Acme', at: monday + minute, path: '/pricing', title: 'Pricing' },
      {
        company: 'Acme',
        at: monday + 2 * minute,
        type: 'form',
        path: '/contact',
        detail: { form: { step: 'submit', name: 'contact', id: '', action: '/send' } },
      },
      { company: 'Acme', at: monday + 3 * day, path: '/docs' },
    );
    const id = (await accounts())[0]?.id ?? 0;
    const query = { accountId: id, siteId: null, visitorId: null, before: null, limit: 1 };
    const newest = await store.journey(query);
    expect(newest.sessions.map((session) => session.touchpoints.map((point) => point.path))).toEqual([
      ['/docs'],
    ]);
    const older = await store.journey({ ...query, before: newest.next });
    expect(older.next).toBeNull();
    expect(older.sessions[0]).toMatchObject({
      arrival: { channel: 'Organic Search', source: 'google' },
      attribution: 'network',
      touchpoints: [
        { path: '/', type: 'page' },
        { path: '/pricing', title: 'Pricing' },
        { path: '/contact', type: 'form', detail: { form: { name: 'contact' } } },
      ],
    });
    expect(await store.lanes(id, null)).toMatchObject([{ visits: 2, person: null }]);
  });

  test('visits that began at the same moment are all reached by paging', async () => {
    await append(
      ...Array.from({ length: 30 }, (_, number) => ({
        company: 'Acme',
        visitor: `log-${number}`,
        at: monday,
      })),
    );
    const accountId = (await accounts())[0]?.id ?? 0;
    const seen = new Set<number>();
    let before: JourneyCursor | null = null;
    do {
      const page: Journey = await store.journey({
        accountId,
        siteId: null,
        visitorId: null,
        before,
        limit: 7,
      });
      for (const session of page.sessions) seen.add(session.id);
      before = page.next;
    } while (before !== null);
    expect(seen.size).toBe(30);
  });

  test('an export has every account of its start, whoever comes while it is written', async () => {
    const names = Array.from({ length: 450 }, (_, number) => `Company ${number}`);
    await append(
      ...names.map((company, number) => ({ company, visitor: `visitor-${number}`, at: monday + number })),
    );
    const seen: string[] = [];
    for await (const row of store.eachAccount(all)) {
      seen.push(row.name);
      // The one that would come last moves to the top of the list.
      if (seen.length === 1)
        await append({ company: 'Company 0', visitor: 'visitor-0', at: monday + day, path: '/again' });
    }
    expect(seen.toSorted()).toEqual(names.toSorted());
    expect(seen[0]).toBe('Company 449');
  });

  test('a site’s own id stands for the person it was told with, later too', async () => {
    const told = (user: string | null, email: string | null) => ({
      type: 'identify' as const,
      detail: { identify: { user, email, traits: {} } },
    });
    await append(
      { at: monday, ...told('user-17', 'kim@harbour-tools.com') },
      { at: monday + 3 * hour, ...told('user-17', null) },
    );
    expect(await accounts()).toMatchObject([{ domain: 'harbour-tools.com', visits: 2, people: 1 }]);
    const lanes = await store.lanes((await accounts())[0]?.id ?? 0, null);
    expect(lanes).toMatchObject([{ person: 'kim@harbour-tools.com' }]);
    expect(await store.verify()).toEqual([]);
  });

  test('an account that an e-mail made takes its proper name from a better source, and keeps it', async () => {
    const named = (name: string, source: 'company-database' | 'rule'): Verdict => ({
      ...companyVerdict(name),
      company: { name, domain: 'harbour-tools.com' },
      evidence: [{ source, says: name, confidence: 0.8, dataOf: null }],
    });
    const name = async () => (await accounts()).map((row) => row.name);
    await append({ at: monday, email: 'kim@harbour-tools.com' });
    expect(await name()).not.toEqual(['Harbour Tools Ltd']);
    await append({
      at: monday + day,
      visitor: 'visitor-2',
      verdict: named('Harbour Tools Ltd', 'company-database'),
    });
    expect(await name()).toEqual(['Harbour Tools Ltd']);
    await append({ at: monday + day, visitor: 'visitor-3', email: 'lee@harbour-tools.com' });
    await append({
      at: monday + day,
      visitor: 'visitor-4',
      verdict: named('HARBOURT', 'company-database'),
      address: 9,
    });
    expect(await name()).toEqual(['Harbour Tools Ltd']);
    await append({ at: monday + 2 * day, visitor: 'visitor-5', verdict: named('Harbour', 'rule') });
    expect(await name()).toEqual(['Harbour']);
    expect(await store.verify()).toEqual([]);
  });

  test('a newer build of the same data is no second way of being identified', async () => {
    const built = (dataOf: string): Verdict => {
      const verdict = companyVerdict('Acme');
      return { ...verdict, evidence: verdict.evidence.map((one) => ({ ...one, dataOf })) };
    };
    await append(
      { at: monday, verdict: built('2026-05-01') },
      { at: monday + day, verdict: built('2026-06-01') },
    );
    const detail = await store.account((await accounts())[0]?.id ?? 0, null, monday + 2 * day);
    expect(detail?.attributions).toMatchObject([{ visits: 2, evidence: [{ dataOf: '2026-06-01' }] }]);
  });

  test('a page being left opens no visit, lengthens none, and is told with the visit it ends', async () => {
    const leave = (at: number): DraftWish => ({
      company: 'Acme',
      at,
      type: 'leave',
      detail: { leave: { seconds: 40, scroll: 80 } },
    });
    await append(leave(monday - day), leave(monday + minute), leave(monday + hour));
    expect(await accounts()).toEqual([]);
    await append({ company: 'Acme', at: monday });
    const [acme] = await accounts();
    expect(acme).toMatchObject({ visits: 1, pages: 1, lastAt: monday });
    const query = { accountId: acme?.id ?? 0, siteId: null, visitorId: null, before: null, limit: 9 };
    const { sessions } = await store.journey(query);
    expect(sessions.map(({ touchpoints }) => touchpoints)).toMatchObject([
      [
        { type: 'page', at: monday },
        { type: 'leave', at: monday + minute, detail: { leave: { seconds: 40 } } },
      ],
    ]);
    expect(await store.latestEvents(1, 9)).toMatchObject([{ type: 'page' }]);
    expect(await store.verify()).toEqual([]);
  });

  test('a form that is begun or given up is told and not counted, and giving up opens no visit', async () => {
    const form = (step: 'start' | 'submit' | 'abandon', at: number): DraftWish => ({
      company: 'Acme',
      at,
      type: 'form',
      detail: { form: { step, name: 'contact', id: '', action: '/send' } },
    });
    await append(
      form('start', monday),
      form('submit', monday + minute),
      form('start', monday + 2 * minute),
      form('abandon', monday + 3 * minute),
      form('abandon', monday + 5 * hour),
    );
    const [acme] = await accounts();
    expect(acme).toMatchObject({ visits: 1, forms: 1, pages: 0 });
    const query = { accountId: acme?.id ?? 0, siteId: null, visitorId: null, before: null, limit: 9 };
    const { sessions } = await store.journey(query);
    expect(sessions[0]?.touchpoints.map(({ type, detail }) => [type, detail.form?.step])).toEqual([
      ['form', 'start'],
      ['form', 'submit'],
      ['form', 'start'],
      ['form', 'abandon'],
    ]);
    expect(await store.verify()).toEqual([]);
  });

  test('one bad batch does not take down those that share its transaction', async () => {
    const good = draft({ key: 'good-event' });
    const bad = draft({ key: 'bad-event' });
    // What no check at the edge lets through: the engine itself refuses it.
    Object.assign(bad.draft, { at: 'never' });
    const results = await Promise.allSettled([
      store.append([good]),
      store.append([bad]),
      append({ key: 'also-good' }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await append({ key: 'good-event' }, { key: 'bad-event' })).toEqual(['duplicate', 'stored']);
    expect(await store.verify()).toEqual([]);
  });

  test('whatever comes in whatever order, what is kept equals what the events say', async () => {
    const wish = fc.record(
      {
        visitor: fc.constantFrom('visitor-1', 'visitor-2', 'visitor-3'),
        site: fc.constantFrom(1, 2),
        at: fc.integer({ min: 0, max: 400 }).map((step) => monday + step * 7 * minute),
        company: fc.option(fc.constantFrom('Acme', 'Brand New'), { nil: null }),
        ...someEvent,
        arrival: fc.option(fc.constant({}), { nil: null }),
      },
      { noNullPrototype: true },
    );
    const identity = fc.record(
      {
        visitor: fc.constantFrom('visitor-1', 'visitor-2', 'visitor-3'),
        site: fc.constantFrom(1, 2),
        at: fc.integer({ min: 0, max: 400 }).map((step) => monday + step * 7 * minute),
        email: fc.constantFrom('kim@harbour-tools.com', 'lee@northern-mills.com', 'kim@gmail.com'),
      },
      { noNullPrototype: true },
    );
    const wishes: fc.Arbitrary<DraftWish> = fc.oneof(
      { weight: 6, arbitrary: wish },
      { weight: 1, arbitrary: identity },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(wishes, { maxLength: 6 }), { maxLength: 12 }), async (batches) => {
        const other = await open();
        try {
          await other.store.addSite('lumen.example', [], monday);
          await other.store.addSite('other.example', [], monday);
          let number = 0;
          for (const batch of batches)
            await other.store.append(
              batch.map((one) => {
                number += 1;
                return draft(one, number);
              }),
            );
          expect(await other.store.verify()).toEqual([]);
          const kept = await other.store.accounts(all);
          await other.store.rebuild();
          expect(await other.store.accounts(all)).toEqual(kept);
        } finally {
          await other.store.close();
        }
      }),
      { numRuns: isSwift ? 150 : 5, endOnFailure: true },
    );
  });

  test('verify tells a row that was changed behind its back, and rebuild mends it', async () => {
    await append({ company: 'Acme' }, { visitor: 'visitor-2', verdict: ispVerdict });
    await opened.database.db
      .withTables<{ account_total: { visits: number } }>()
      .updateTable('account_total')
      .set({ visits: 99 })
      .execute();
    const differences = await store.verify();
    expect(differences).toMatchObject([{ table: 'account_total', row: 'account_id=1 site_id=1' }]);
    expect(differences[0]?.kept).toContain('"visits":99');
    expect(differences[0]?.rebuilt).toContain('"visits":1');
    await store.rebuild();
    expect(await store.verify()).toEqual([]);
  });
});
