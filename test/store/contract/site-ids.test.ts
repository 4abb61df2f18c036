/** What the site's own ids for people and organisations do to visits, whichever of them is told first. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EnrichedDraft } from '../../../collector/draft.ts';
import type { OpenStore } from '../../../collector/store/sqlite/index.ts';
import { type DraftWish, draft, hour, minute, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

describe.each(engines)('$name', ({ open, isSwift }) => {
  let opened: OpenStore;
  let number = 0;
  beforeEach(async () => {
    opened = await open();
    await opened.store.addSite('lumen.example', [], monday);
    await opened.store.addSite('other.example', [], monday);
    return () => opened.store.close();
  });

  const made = (wish: DraftWish): EnrichedDraft => draft(wish, ++number);
  const append = (...wishes: DraftWish[]) => opened.store.append(wishes.map(made));
  const accounts = async () => {
    const query = { siteId: null, period: { from: 0, to: monday + 400 * 24 * hour }, search: '' };
    const { rows } = await opened.store.accounts({
      ...query,
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 9,
    });
    return rows.map(({ name, visits, people }) => ({ name, visits, people }));
  };
  const alias = (visitor: string, was: string, user: string, at = monday): DraftWish => ({
    visitor,
    at,
    type: 'identify',
    detail: { identify: { user, email: null, traits: {}, was } },
  });
  const group = (
    visitor: string,
    id: string,
    traits: Record<string, unknown> = {},
    at = monday,
  ): DraftWish => ({
    visitor,
    at,
    type: 'group',
    detail: { group: { id, traits } },
  });

  test('a browser that was known by an id alone is its company’s once a server tells the e-mail of that id', async () => {
    await append({ visitor: 'browser', user: 'u-1' }, { visitor: 'browser', at: monday + 3 * hour });
    expect(await accounts()).toEqual([]);
    await append({ visitor: 'server', user: 'u-1', email: 'kim@harbour-tools.com', at: monday + hour });
    expect(await accounts()).toEqual([{ name: 'Harbour Tools', visits: 3, people: 1 }]);
    expect(await opened.store.verify()).toEqual([]);
  });

  test('the same id on another site is somebody else', async () => {
    await append({ visitor: 'browser', user: 'u-1', site: 2 });
    await append({ visitor: 'server', user: 'u-1', email: 'kim@harbour-tools.com' });
    expect(await accounts()).toEqual([{ name: 'Harbour Tools', visits: 1, people: 1 }]);
  });

  test('an id that was told to be another one joins the two, in whatever order they become known', async () => {
    await append({ visitor: 'one', user: 'old' }, { visitor: 'two', user: 'new', at: monday + minute });
    await append(alias('one', 'old', 'new', monday + 2 * minute));
    await append({ visitor: 'three', user: 'new', email: 'kim@harbour-tools.com', at: monday + 3 * minute });
    expect(await accounts()).toEqual([{ name: 'Harbour Tools', visits: 3, people: 1 }]);
    await append({ visitor: 'four', user: 'old', at: monday + 4 * minute });
    expect(await accounts()).toEqual([{ name: 'Harbour Tools', visits: 4, people: 1 }]);
    expect(await opened.store.verify()).toEqual([]);
  });

  test('a group names an account by its domain, and its id stands for that from then on', async () => {
    await append(
      group('one', 'g-42', { name: 'Harbour Tools AG', website: 'https://www.harbour-tools.com/de' }),
    );
    await append(group('two', 'g-42', {}, monday + minute));
    expect(await accounts()).toEqual([{ name: 'Harbour Tools AG', visits: 2, people: 2 }]);
    const [account] = (await opened.store.findAccounts('harbour', 5)) ?? [];
    expect(account?.domain).toBe('harbour-tools.com');
  });

  test('a group that is told after an e-mail is in force from then on, also when it is told again', async () => {
    const kim = { visitor: 'one', user: 'u-1', email: 'kim@harbour-tools.com' };
    await append({ ...kim, at: monday }, group('one', 'g-1', { domain: 'acme-works.com' }, monday + minute));
    await append(group('one', 'g-1', { domain: 'acme-works.com' }, monday + 2 * minute));
    expect(await accounts()).toEqual([{ name: 'Acme Works', visits: 1, people: 1 }]);
    expect(await opened.store.verify()).toEqual([]);
  });

  test('an id of the site’s own names no account, nor does a free-mail domain', async () => {
    await append(group('one', 'org_7f3a'), group('two', 'gmail.com'), group('three', 'x', { domain: 'com' }));
    expect(await accounts()).toEqual([]);
  });

  test('what a group call says of a company is its profile, until the owner’s file says better', async () => {
    const traits = {
      domain: 'harbour-tools.com',
      name: 'Harbour Tools',
      industry: 'Tools',
      employees: 300,
      plan: 'pro',
    };
    await append(group('one', 'g-42', traits));
    const [found] = await opened.store.findAccounts('harbour', 1);
    const profile = async () => (await opened.store.account(found?.id ?? 0, null, monday))?.profile;
    expect(await profile()).toEqual({
      industry: 'Tools',
      size: '300',
      country: null,
      owner: null,
      attributes: { plan: 'pro' },
      isTold: true,
    });
    const row = { name: null, domain: 'harbour-tools.com', industry: 'Hardware', size: null, country: null };
    await opened.store.importProfiles([{ ...row, owner: null, attributes: {} }], 'kim@example.com', monday);
    await append(group('one', 'g-42', { ...traits, industry: 'Jokes' }, monday + minute));
    expect(await profile()).toMatchObject({ industry: 'Hardware', size: null });
    expect(await profile()).not.toHaveProperty('isTold');
  });

  test('who a server tells of teaches no address, since none is known', async () => {
    const server = { via: 'server', prefix: '', address: 0, user: 'u' } as const;
    await append(
      { ...server, visitor: 'a', user: 'u-1', email: 'kim@harbour-tools.com' },
      { ...server, visitor: 'b', user: 'u-2', email: 'lee@harbour-tools.com' },
    );
    expect((await opened.store.learned({ offset: 0, limit: 9 }, monday)).total).toBe(0);
    expect(await opened.store.verify()).toEqual([]);
    await opened.store.rebuild();
    expect((await opened.store.learned({ offset: 0, limit: 9 }, monday)).total).toBe(0);
  });

  test('whatever ids are told in whatever order, what is kept equals what the events say', async () => {
    const common = {
      visitor: fc.constantFrom('v-1', 'v-2', 'v-3'),
      site: fc.constantFrom(1, 2),
      at: fc.integer({ min: 0, max: 200 }).map((step) => monday + step * 9 * minute),
    };
    const user = fc.constantFrom('u-1', 'u-2', 'u-3');
    const email = fc.constantFrom('kim@harbour-tools.com', 'lee@northern-mills.com', 'kim@gmail.com');
    const wishes: fc.Arbitrary<DraftWish> = fc.oneof(
      fc.record({ ...common, user }),
      fc.record({ ...common, company: fc.constantFrom('Acme', null) }),
      fc.record({ ...common, user, email }),
      fc
        .record({ ...common, user, was: user })
        .map(({ user, was, ...rest }) => ({ ...rest, ...alias(rest.visitor, was, user, rest.at) })),
      fc
        .record({
          ...common,
          id: fc.constantFrom('g-1', 'g-2'),
          domain: fc.constantFrom('acme-works.com', undefined),
        })
        .map(({ id, domain, ...rest }) => ({
          ...rest,
          ...group(rest.visitor, id, domain ? { domain } : {}, rest.at),
        })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(wishes, { maxLength: 6 }), { maxLength: 12 }), async (batches) => {
        const other = await open();
        try {
          await other.store.addSite('lumen.example', [], monday);
          await other.store.addSite('other.example', [], monday);
          for (const batch of batches) await other.store.append(batch.map(made));
          expect(await other.store.verify()).toEqual([]);
        } finally {
          await other.store.close();
        }
      }),
      { numRuns: isSwift ? 120 : 5, endOnFailure: true },
    );
  }, 60_000);
});
