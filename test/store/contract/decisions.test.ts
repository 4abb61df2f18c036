/** What every engine must do with the owner's decisions and with what addresses are taught: apply both to the past, and take both back. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../../../collector/reveal/verdict.ts';
import type { OpenStore } from '../../../collector/store/sqlite/index.ts';
import {
  type AccountQuery,
  DecisionRefused,
  type NewDecision,
  type Store,
} from '../../../collector/store/store.ts';
import { type DraftWish, day, draft, hour, ispVerdict, minute, monday } from '../../support/drafts.ts';
import { someEvent } from '../../support/some-event.ts';
import { engines } from '../../support/stores.ts';

const all: AccountQuery = {
  siteId: null,
  period: { from: 0, to: monday + 4000 * day },
  search: '',
  sort: 'name',
  descending: false,
  offset: 0,
  limit: 50,
};
const who = 'kim@lumen.example';

/** As `Omit`, for each member of a union. */
type Without<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

describe.each(engines)('$name', ({ open, isSwift }) => {
  let opened: OpenStore;
  let store: Store;

  beforeEach(async () => {
    opened = await open();
    store = opened.store;
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(async () => {
    // Whatever a test did, what is kept is what the events and the decisions say.
    expect(await store.verify()).toEqual([]);
    const kept = await store.accounts(all);
    await store.rebuild();
    expect(await store.accounts(all)).toEqual(kept);
    await store.close();
  });

  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  const accounts = async (query: Partial<AccountQuery> = {}) =>
    (await store.accounts({ ...all, ...query })).rows;
  const visits = async () => Object.fromEntries((await accounts()).map(({ name, visits }) => [name, visits]));
  const idOf = async (name: string) => (await accounts({ search: name }))[0]?.id ?? 0;
  const decide = (decision: Without<NewDecision, 'note'>, at = monday + 100 * day) =>
    store.decide({ note: '', ...decision } as NewDecision, who, at);

  describe('an address', () => {
    const office = 77;
    const kim: DraftWish = { visitor: 'kim-laptop', address: office, email: 'kim@harbour-tools.com' };
    const lee: DraftWish = { visitor: 'lee-laptop', address: office, email: 'lee@harbour-tools.com' };
    const third: DraftWish = { visitor: 'third-one', address: office };

    test('that two people’s e-mails taught names a third, who is anonymous; a contradiction un-teaches it', async () => {
      await append({ ...kim, at: monday }, { ...lee, at: monday + day });
      await append({ ...third, at: monday + 2 * day });
      expect(await visits()).toEqual({ 'Harbour Tools': 3 });
      const lanes = await store.lanes(await idOf('Harbour'), null);
      expect(lanes.map(({ person }) => person)).toContain(null);
      const detail = await store.account(await idOf('Harbour'), null, monday + 3 * day);
      expect(detail?.attributions.at(-1)).toMatchObject({
        confidence: 0.85,
        visits: 1,
        evidence: [
          {
            source: 'learned',
            says: '2 people who came from this very address have given a business e-mail of Harbour Tools',
          },
          { source: 'blocker' },
        ],
      });

      await append({
        visitor: 'sam-laptop',
        address: office,
        email: 'sam@northern-mills.com',
        at: monday + 3 * day,
      });
      expect(await visits()).toEqual({ 'Harbour Tools': 2, 'Northern Mills': 1 });
      const { rows } = await store.learned({ offset: 0, limit: 9 }, monday + 3 * day);
      expect(rows).toMatchObject([{ learned: { state: 'disputed' }, companies: 2 }]);
    });

    test('that one person taught names nobody else', async () => {
      await append({ ...kim, at: monday }, { ...third, at: monday + day });
      expect(await visits()).toEqual({ 'Harbour Tools': 1 });
      const { rows } = await store.learned({ offset: 0, limit: 9 }, monday);
      expect(rows).toMatchObject([
        { addressKey: office, learned: { state: 'possible', people: 1, confidence: 0.5 } },
      ]);
    });

    test('that one person taught with two browsers was taught by one', async () => {
      await append(
        { ...kim, at: monday },
        { ...kim, visitor: 'kim-phone', at: monday + hour },
        { ...third, at: monday + day },
      );
      expect(await visits()).toEqual({ 'Harbour Tools': 2 });
    });

    test('teaches the same whoever comes first', async () => {
      await append({ ...third, at: monday + 2 * day });
      await append({ ...lee, at: monday + day });
      await append({ ...kim, at: monday });
      expect(await visits()).toEqual({ 'Harbour Tools': 3 });
    });

    test('is forgotten half a year after anybody taught it, by the time of the visit', async () => {
      await append({ ...kim, at: monday }, { ...lee, at: monday });
      await append({ ...third, at: monday + 70 * day }, { ...third, at: monday + 80 * day, path: '/later' });
      expect(await visits()).toEqual({ 'Harbour Tools': 3 });
    });

    test('of four companies is shared, and nobody’s', async () => {
      await append(
        ...['harbour-tools.com', 'northern-mills.com', 'delta-pumps.com', 'alder-works.com'].map(
          (domain, number) => ({
            visitor: `visitor-${number}`,
            address: office,
            email: `kim@${domain}`,
            at: monday + number * hour,
          }),
        ),
        { ...third, at: monday + day },
      );
      expect((await store.learned({ offset: 0, limit: 9 }, monday + day)).rows).toMatchObject([
        { learned: { state: 'shared' }, account: null, companies: 4 },
      ]);
      expect((await accounts()).map(({ visits }) => visits)).toEqual([1, 1, 1, 1]);
    });

    test.each(['mobile', 'hosting', 'vpn', 'proxy'] as const)(
      'of a network that many share (%s) is never learned',
      async (kind) => {
        const verdict: Verdict = { ...ispVerdict, kind };
        await append(
          { ...kim, verdict, at: monday },
          { ...lee, verdict, at: monday },
          { ...third, verdict, at: monday + day },
        );
        expect(await visits()).toEqual({ 'Harbour Tools': 2 });
        expect((await store.learned({ offset: 0, limit: 9 }, monday)).total).toBe(0);
      },
    );

    test('keeps what the look-up made of it only as long as it is still taught so', async () => {
      const learnedVerdict: Verdict = {
        kind: 'isp',
        company: { name: 'Harbour Tools', domain: 'harbour-tools.com' },
        operator: 'Wide Area Telecom',
        confidence: 0.85,
        tier: 'account',
        evidence: [{ source: 'learned', says: 'taught by 2', confidence: 0.85, dataOf: null }],
      };
      await append({ ...kim, at: monday }, { ...lee, at: monday });
      await append({ ...third, verdict: learnedVerdict, at: monday + day });
      expect(await visits()).toEqual({ 'Harbour Tools': 3 });
      await append({
        visitor: 'sam',
        address: office,
        email: 'sam@northern-mills.com',
        at: monday + 2 * day,
      });
      expect(await visits()).toEqual({ 'Harbour Tools': 2, 'Northern Mills': 1 });
      const query = { siteId: null, period: all.period, search: '', offset: 0, limit: 9 };
      const { rows } = await store.networks({ ...query, group: 'providers' });
      expect(rows).toMatchObject([{ name: 'Wide Area Telecom' }]);
    });

    test('is forgotten at the owner’s word, for good, and remembered when that is undone', async () => {
      await append({ ...kim, at: monday }, { ...lee, at: monday }, { ...third, at: monday + day });
      const forget = await decide(
        { kind: 'forget', addressKey: office, match: 'an address' },
        monday + 2 * day,
      );
      expect(forget.moved).toEqual({
        visits: 1,
        visitors: 1,
        from: [{ name: 'Harbour Tools', visits: 1 }],
        to: [{ name: null, visits: 1 }],
      });
      expect(await visits()).toEqual({ 'Harbour Tools': 2 });
      await store.rebuild();
      expect(await visits()).toEqual({ 'Harbour Tools': 2 });
      expect((await store.learned({ offset: 0, limit: 9 }, monday + 3 * day)).rows).toMatchObject([
        { forgottenBy: forget.id, learned: { state: 'nothing' } },
      ]);
      await store.undo(forget.id, who, monday + 3 * day);
      expect(await visits()).toEqual({ 'Harbour Tools': 3 });
    });

    test('taught by two domains of one company is that company’s, once they are merged', async () => {
      await append(
        { ...kim, at: monday },
        { ...lee, email: 'lee@harbour-tools.de', at: monday },
        { ...third, at: monday + day },
      );
      expect((await accounts()).map(({ visits }) => visits)).toEqual([1, 1]);
      const [one, other] = await accounts();
      const merge = await decide({ kind: 'merge', accountId: other?.id ?? 0, targetId: one?.id ?? 0 });
      expect((await accounts()).map(({ visits }) => visits)).toEqual([3]);
      await store.undo(merge.id, who, monday + 101 * day);
      expect((await accounts()).map(({ visits }) => visits)).toEqual([1, 1]);
    });
  });

  describe('a decision', () => {
    beforeEach(() =>
      append(
        {
          company: 'Vocus',
          visitor: 'visitor-1',
          at: monday,
          prefix: '203.0.113.0/24',
          address: 1,
          asNumber: 64500,
        },
        {
          company: 'Vocus',
          visitor: 'visitor-2',
          at: monday,
          prefix: '203.0.113.0/24',
          address: 2,
          asNumber: 64500,
        },
        {
          company: 'Vocus',
          visitor: 'visitor-2',
          at: monday + day,
          prefix: '203.0.114.0/24',
          address: 3,
          asNumber: 64500,
        },
        {
          company: 'Acme',
          visitor: 'visitor-3',
          at: monday,
          prefix: '198.51.100.0/24',
          address: 4,
          asNumber: 64501,
        },
      ),
    );

    test('that a network is not this company moves its visits, says how many, and those to come too', async () => {
      const made = await decide({
        kind: 'network',
        match: '203.0.113.0/24',
        addressKey: null,
        says: 'never',
        accountId: await idOf('Vocus'),
      });
      expect(made).toMatchObject({
        madeBy: who,
        account: { name: 'Vocus' },
        moved: {
          visits: 2,
          visitors: 2,
          from: [{ name: 'Vocus', visits: 2 }],
          to: [{ name: null, visits: 2 }],
        },
      });
      await append({
        company: 'Vocus',
        visitor: 'visitor-9',
        at: monday + 9 * day,
        prefix: '203.0.113.0/24',
        address: 9,
      });
      expect(await visits()).toEqual({ Acme: 1, Vocus: 1 });
      const undone = await store.undo(made.id, 'lee@lumen.example', monday + 10 * day);
      expect(undone).toMatchObject({ undoneBy: 'lee@lumen.example', moved: { visits: 3 } });
      expect(await visits()).toEqual({ Acme: 1, Vocus: 4 });
      expect((await store.decisions(await idOf('Vocus'), 9)).map(({ id }) => id)).toEqual([made.id]);
    });

    test.each([
      { match: '203.0.113.0/24', addressKey: null, moved: 2 },
      { match: '203.0.112.0/22', addressKey: null, moved: 3 },
      { match: 'AS64500', addressKey: null, moved: 3 },
      { match: 'an address in 203.0.113.0/24', addressKey: 2, moved: 1 },
      { match: '203.0.113.0/28', addressKey: null, moved: 0 },
      { match: '2001:db8::/32', addressKey: null, moved: 0 },
    ])('about $match moves $moved visits to the company it names', async ({ match, addressKey, moved }) => {
      const says = { name: 'Harbour Tools', domain: 'harbour-tools.com' };
      const made = await decide({ kind: 'network', match, addressKey, says, accountId: null });
      expect(made.moved.visits).toBe(moved);
      if (moved === 0) return;
      expect(await visits()).toMatchObject({ 'Harbour Tools': moved });
      const detail = await store.account(await idOf('Harbour'), null, monday + day);
      expect(detail?.attributions).toMatchObject([
        {
          confidence: 1,
          evidence: [{ source: 'rule', says: `Your rule for ${match} says that this is Harbour Tools` }],
        },
      ]);
    });

    test('about a smaller network wins over one about a larger', async () => {
      const rule = (match: string, says: 'never' | 'own') =>
        decide({ kind: 'network', match, addressKey: null, says, accountId: null });
      await rule('203.0.113.0/24', 'own');
      await rule('AS64500', 'never');
      expect(await visits()).toEqual({ Acme: 1 });
      const query = { siteId: null, period: all.period, search: '', offset: 0, limit: 9 };
      expect((await store.networks({ ...query, group: 'own' })).rows).toMatchObject([{ visits: 2 }]);
      expect((await store.networks({ ...query, group: 'unknown' })).rows).toMatchObject([{ visits: 1 }]);
    });

    test('that a network is ourselves takes its visits out of the numbers, an e-mail notwithstanding', async () => {
      await append({
        visitor: 'visitor-4',
        at: monday,
        email: 'kim@harbour-tools.com',
        prefix: '198.51.100.0/24',
        address: 5,
      });
      const period = { from: monday - day, to: monday + 30 * day };
      const before = await store.overview(null, period);
      const made = await decide({
        kind: 'network',
        match: '198.51.100.0/24',
        addressKey: null,
        says: 'own',
        accountId: null,
      });
      expect(await visits()).toEqual({ Vocus: 3 });
      const after = await store.overview(null, period);
      expect(after).toMatchObject({ visits: before.visits - 2, ownVisits: 2, accountVisits: 3 });
      await store.undo(made.id, who, monday + 200 * day);
      expect(await store.overview(null, period)).toEqual(before);
    });

    test('that an account is no company leaves its visits to nobody; a person’s e-mail there too', async () => {
      await append({ visitor: 'visitor-5', at: monday, email: 'kim@vocus.example' });
      // The domain is the same, so it is the same account.
      const vocus = await idOf('Vocus');
      const made = await decide({ kind: 'never', accountId: vocus });
      expect(await visits()).toEqual({ Acme: 1 });
      await append({ visitor: 'visitor-6', at: monday + day, email: 'lee@vocus.example' });
      expect(await visits()).toEqual({ Acme: 1 });
      await store.undo(made.id, who, monday + 2 * day);
      expect(await visits()).toEqual({ Acme: 1, Vocus: 5 });
    });

    test('that two accounts are one leads from the old to the new, and back when it is undone', async () => {
      const [acme, vocus] = [await idOf('Acme'), await idOf('Vocus')];
      const made = await decide({ kind: 'merge', accountId: vocus, targetId: acme });
      expect(made.moved).toMatchObject({ visits: 3, visitors: 2, to: [{ name: 'Acme', visits: 3 }] });
      expect(await visits()).toEqual({ Acme: 4 });
      expect(await store.accountHome(vocus)).toBe(acme);
      await append({ company: 'Vocus', visitor: 'visitor-7', at: monday + 5 * day });
      expect(await visits()).toEqual({ Acme: 5 });
      expect(await store.account(acme, null, monday)).toMatchObject({ merged: [{ name: 'Vocus' }] });
      await store.undo(made.id, who, monday + 6 * day);
      expect(await visits()).toEqual({ Acme: 1, Vocus: 4 });
      expect(await store.accountHome(vocus)).toBe(vocus);
    });

    test('that an account stands alone splits it off one that it was merged into', async () => {
      const [acme, vocus] = [await idOf('Acme'), await idOf('Vocus')];
      await decide({ kind: 'merge', accountId: vocus, targetId: acme });
      const split = await decide({ kind: 'split', accountId: vocus });
      expect(await visits()).toEqual({ Acme: 1, Vocus: 3 });
      await store.undo(split.id, who, monday + 6 * day);
      expect(await visits()).toEqual({ Acme: 4 });
    });

    test('that a domain is the account’s too counts for whoever comes from there later', async () => {
      const acme = await idOf('Acme');
      await decide({ kind: 'alias', accountId: acme, domain: 'acme-works.de' });
      await append({ visitor: 'visitor-8', at: monday + day, email: 'kim@acme-works.de' });
      expect(await visits()).toMatchObject({ Acme: 2 });
      expect(await store.account(acme, null, monday)).toMatchObject({
        merged: [{ domain: 'acme-works.de' }],
      });
    });

    test('that makes no sense is refused, and changes nothing', async () => {
      const [acme, vocus] = [await idOf('Acme'), await idOf('Vocus')];
      const merge = await decide({ kind: 'merge', accountId: vocus, targetId: acme });
      await expect(decide({ kind: 'merge', accountId: acme, targetId: vocus })).rejects.toThrow(
        'these two are one account already',
      );
      await expect(decide({ kind: 'split', accountId: acme })).rejects.toThrow('stands alone already');
      await expect(decide({ kind: 'never', accountId: 999 })).rejects.toThrow('there is no account 999');
      await expect(store.undo(999, who, 0)).rejects.toThrow(DecisionRefused);
      await store.undo(merge.id, who, 0);
      await expect(store.undo(merge.id, who, 0)).rejects.toThrow('undone already');
      expect(await visits()).toEqual({ Acme: 1, Vocus: 3 });
    });

    test('cannot be undone while a later merge would lead in a circle', async () => {
      const [acme, vocus] = [await idOf('Acme'), await idOf('Vocus')];
      await decide({ kind: 'merge', accountId: vocus, targetId: acme });
      const split = await decide({ kind: 'split', accountId: vocus });
      const back = await decide({ kind: 'merge', accountId: acme, targetId: vocus });
      await expect(store.undo(split.id, who, 0)).rejects.toThrow('undo that one first');
      expect(await visits()).toEqual({ Vocus: 4 });
      await store.undo(back.id, who, 0);
      await store.undo(split.id, who, 0);
      expect(await visits()).toEqual({ Acme: 4 });
    });

    test('of whose part a company is shows on both, moves no visit, and makes no circle', async () => {
      const [acme, vocus] = [await idOf('Acme'), await idOf('Vocus')];
      const made = await decide({ kind: 'parent', accountId: vocus, targetId: acme });
      expect(made.moved.visits).toBe(0);
      expect(await store.account(vocus, null, monday)).toMatchObject({ parent: { name: 'Acme' } });
      expect(await store.account(acme, null, monday)).toMatchObject({ children: [{ name: 'Vocus' }] });
      await expect(decide({ kind: 'parent', accountId: acme, targetId: vocus })).rejects.toThrow(
        'part of itself',
      );
      await decide({ kind: 'parent', accountId: vocus, targetId: null });
      expect(await store.account(vocus, null, monday)).toMatchObject({ parent: null });
    });
  });

  test('a profile of the owner’s names the account, once, whatever the data says', async () => {
    await append({ company: 'Acme', at: monday });
    const row = {
      name: 'Acme Worldwide',
      domain: 'acme.example',
      industry: 'Energy',
      size: '1000+',
      country: 'DE',
      owner: 'kim@lumen.example',
      attributes: { Tier: 'A' },
    };
    expect(await store.importProfiles([row, row], who, monday)).toEqual(['stored', 'duplicate']);
    expect(await store.importProfiles([row], who, monday + day)).toEqual(['duplicate']);
    await append({ company: 'Acme', visitor: 'visitor-2', at: monday + day });
    const id = await idOf('Acme');
    expect(await store.account(id, null, monday)).toMatchObject({
      name: 'Acme Worldwide',
      visits: 2,
      profile: { industry: 'Energy', attributes: { Tier: 'A' } },
    });
    expect(await store.importProfiles([{ ...row, name: 'Acme' }], who, monday)).toEqual(['stored']);
    expect((await accounts()).map(({ name }) => name)).toEqual(['Acme']);
  });

  test('whatever comes and is decided in whatever order, what is kept equals what events and decisions say', async () => {
    // A quarter of an hour more or less: visits grow, join, and have pages left after them.
    const at = fc
      .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 4 }))
      .map(([step, quarter]) => monday + step * 39 * hour + quarter * 15 * minute);
    const visitor = fc.constantFrom('visitor-1', 'visitor-2', 'visitor-3', 'visitor-4');
    const address = fc.constantFrom(1, 2, 3);
    const wish: fc.Arbitrary<DraftWish> = fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          visitor,
          at,
          address,
          prefix: fc.constantFrom('203.0.113.0/24', '203.0.114.0/24'),
          asNumber: fc.constantFrom(64500, 64501),
          company: fc.option(fc.constantFrom('Acme', 'Vocus'), { nil: null }),
          ...someEvent,
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          visitor,
          at,
          address,
          email: fc.constantFrom(
            'kim@harbour-tools.com',
            'lee@harbour-tools.com',
            'sam@acme.example',
            'lou@vocus.example',
            'kim@gmail.com',
          ),
        }),
      },
    );
    const account = fc.integer({ min: 1, max: 4 });
    const decision = fc.oneof(
      fc.record({
        kind: fc.constant('network' as const),
        match: fc.constantFrom('203.0.113.0/24', '203.0.112.0/20', 'AS64500', 'one address'),
        addressKey: fc.constant(null),
        says: fc.constantFrom('never' as const, 'own' as const, {
          name: 'Harbour',
          domain: 'harbour-tools.com',
        }),
        accountId: fc.constant(null),
      }),
      fc.record({ kind: fc.constant('merge' as const), accountId: account, targetId: account }),
      fc.record({
        kind: fc.constantFrom('split' as const, 'never' as const, 'own' as const),
        accountId: account,
      }),
      fc.record({
        kind: fc.constant('forget' as const),
        addressKey: address,
        match: fc.constant('one address'),
      }),
      fc.record({
        kind: fc.constant('alias' as const),
        accountId: account,
        domain: fc.constant('vocus.example'),
      }),
      fc.record({ undo: fc.integer({ min: 1, max: 6 }) }),
    );
    const steps = fc.array(
      fc.oneof(
        { weight: 2, arbitrary: fc.array(wish, { maxLength: 5 }) },
        { weight: 1, arbitrary: decision },
      ),
      { maxLength: 16 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const other = await open();
        try {
          await other.store.addSite('lumen.example', [], monday);
          for (const [number, step] of list.entries()) {
            if (Array.isArray(step)) {
              await other.store.append(step.map((one, index) => draft(one, number * 10 + index)));
              continue;
            }
            const done =
              'undo' in step
                ? other.store.undo(step.undo, who, monday + number)
                : other.store.decide({ ...step, note: '' }, who, monday + number * 20 * day);
            await done.catch((error: unknown) => expect(error).toBeInstanceOf(DecisionRefused));
          }
          expect(await other.store.verify()).toEqual([]);
          const kept = await other.store.accounts(all);
          await other.store.rebuild();
          expect(await other.store.accounts(all)).toEqual(kept);
        } finally {
          await other.store.close();
        }
      }),
      { numRuns: isSwift ? 200 : 5, endOnFailure: true },
    );
  });
});
