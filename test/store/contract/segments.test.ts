/** What every engine must answer about segments: the same as whoever counts by hand. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSegment } from '../../../collector/segment/index.ts';
import { conditionsOf } from '../../../collector/segment/tree.ts';
import type { MarkChange } from '../../../collector/store/marks.ts';
import type { Store } from '../../../collector/store/store.ts';
import { inSegment } from '../../support/count-by-hand.ts';
import { companyVerdict, contact, type DraftWish, day, draft, hour, monday } from '../../support/drafts.ts';
import { now, settle, start, world } from '../../support/small-world.ts';
import { segment } from '../../support/some-segment.ts';
import { engines } from '../../support/stores.ts';

/** A world is costly to make and a segment cheap to ask: many of these for each of those. */
const perWorld = 25;

describe.each(engines)('$name', ({ open, isSwift }) => {
  test('who is in a segment is as counted by hand, whatever the segment and the visits', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(segment, { minLength: perWorld, maxLength: perWorld }),
        async (wishes, segments) => {
          const { store } = await open();
          try {
            const accounts = await settle(store, { wishes, at: now });
            const nameOf = new Map([...accounts].map(([name, id]) => [id, name]));
            for (const one of segments) {
              const asked = { segment: one, now };
              const expected = inSegment(one, wishes).sort();
              const said = JSON.stringify(one);
              const { rows, total } = await store.segmentAccounts(asked, 100);
              expect(rows.map(({ id }) => nameOf.get(id)).sort(), said).toEqual(expected);
              expect(total).toBe(expected.length);
              const ids = [...(await store.segmentMembers(asked))];
              expect(ids.map((id) => nameOf.get(id)).sort(), said).toEqual(expected);
              const list = {
                siteId: null,
                period: { from: start, to: now + 1 },
                search: '',
                offset: 0,
                limit: 50,
              };
              const page = await store.accounts({ ...list, sort: 'last', descending: true, segment: asked });
              expect(page.rows.map(({ id }) => nameOf.get(id)).sort(), said).toEqual(expected);
              // Asked for one account alone, the same statements say the same.
              for (const [name, id] of accounts) {
                const { isMatch, conditions } = await store.explainSegment(asked, id);
                expect(isMatch, `${name}: ${said}`).toBe(expected.includes(name));
                const found = conditionsOf(one);
                expect(conditions).toHaveLength(found.length);
                const [only] = conditions;
                const hasVisits = (await store.account(id, null, now))?.visits !== 0;
                if (only !== undefined && found.length === 1 && one === found[0] && hasVisits)
                  expect(only.isMet, `${name}: ${said}`).toBe(isMatch);
              }
            }
          } finally {
            await store.close();
          }
        },
      ),
      { numRuns: isSwift ? 25 : 1 },
    );
  });
});

describe.each(engines)('$name: a segment', ({ open }) => {
  let store: Store;
  const now = monday + 10 * day;

  beforeEach(async () => {
    ({ store } = await open());
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(async () => {
    expect(await store.verify()).toEqual([]);
    await store.close();
  });

  const append = (...wishes: DraftWish[]) => store.append(wishes.map((wish, index) => draft(wish, index)));
  const track = (name: string): Pick<DraftWish, 'type' | 'detail'> => ({
    type: 'track',
    detail: { track: { name, props: {} } },
  });
  const times = (count: number, wish: DraftWish) =>
    Array.from({ length: count }, (_, number) => ({ ...wish, at: (wish.at ?? monday) + number * 1_000 }));
  const asked = async (typed: string) => {
    const read = readSegment(typed, await store.knownNames());
    if (read.problem !== null) throw new Error(read.problem.says);
    return { segment: read.segment, now };
  };
  const names = async (typed: string) =>
    (await store.segmentAccounts(await asked(typed), 10)).rows.map(({ name }) => name);

  test('counts what was done often, and often in a short time', async () => {
    const recent = now - 2 * day;
    await append(
      ...times(3, { visitor: 'a', company: 'Acme', at: monday, ...track('Project Created') }),
      ...times(6, { visitor: 'a', company: 'Acme', at: monday + hour, ...track('Users Invited') }),
      ...times(3, { visitor: 'b', company: 'Borealis', at: recent, ...track('projectCreated') }),
      ...times(6, { visitor: 'b', company: 'Borealis', at: recent + 60_000, ...track('user_invited') }),
      // Enough of one, too little of the other; and signing in is no creating.
      ...times(9, { visitor: 'c', company: 'Corvid', at: recent, ...track('Project Created') }),
      ...times(5, { visitor: 'c', company: 'Corvid', at: recent + 60_000, ...track('Users Invited') }),
      ...times(9, { visitor: 'd', company: 'Delta', at: recent, ...track('Login') }),
      // Nobody's: providers have no account.
      ...times(9, { visitor: 'e', company: null, at: recent, ...track('Project Created') }),
    );
    expect(await names('projects_created > 2 AND users_invited > 5')).toEqual(['Borealis', 'Acme']);
    expect(await names('projects_created > 2 within 7 days AND users_invited > 5 within 7 days')).toEqual([
      'Borealis',
    ]);
    expect(await names('viewed("/pricing*") >= 1')).toEqual([]);
  });

  test('wants several people where it says so', async () => {
    const recent = now - 2 * day;
    await append(
      { visitor: 'a1', company: 'Acme', at: recent, path: '/pricing' },
      { visitor: 'a2', company: 'Acme', at: recent + hour, path: '/Pricing/teams' },
      ...times(3, { visitor: 'b1', company: 'Borealis', at: recent, path: '/pricing' }),
      { visitor: 'b2', company: 'Borealis', at: recent, path: '/docs' },
      { visitor: 'c1', company: 'Corvid', at: now - 8 * day, path: '/pricing' },
      { visitor: 'c2', company: 'Corvid', at: now - 8 * day, path: '/pricing' },
    );
    expect(await names('viewed("/pricing*") >= 2 within 7 days and people >= 2')).toEqual([
      'Acme',
      'Borealis',
    ]);
    expect(await names('viewed("/pricing*") >= 2 within 7 days by >= 2 people')).toEqual(['Acme']);
    const [acme] = (await store.segmentAccounts(await asked('name = acme'), 1)).rows;
    const why = await asked('viewed("/pricing*") >= 2 within 7 days by >= 2 people and engaged >= 1 minute');
    expect(await store.explainSegment(why, acme?.id ?? 0)).toEqual({
      isMatch: false,
      conditions: [
        { isMet: true, found: 2, people: 2 },
        { isMet: false, found: 0, people: null },
      ],
    });
  });

  test('tells what there is of texts and days, and of an account that never came nothing', async () => {
    await append({ visitor: 'a', company: 'Acme', at: monday, arrival: { source: 'newsletter' } });
    await store.importProfiles(
      [
        {
          name: 'Acme',
          domain: 'acme.example',
          industry: 'Steel',
          size: '51-200',
          country: null,
          owner: null,
          attributes: { plan: 'pro' },
        },
      ],
      'kim@example.com',
      now,
    );
    const [acme] = (await store.segmentAccounts(await asked('visits >= 1'), 1)).rows;
    const why = await asked(
      'industry = steel or size > 100 or trait.plan = free or source != newsletter or first_seen < 2026-01-01 or owner = x',
    );
    const explained = await store.explainSegment(why, acme?.id ?? 0);
    expect(explained.isMatch).toBe(true);
    expect(explained.conditions).toEqual([
      { isMet: true, found: 'Steel', people: null },
      { isMet: false, found: '51-200', people: null },
      { isMet: false, found: 'pro', people: null },
      { isMet: false, found: 1, people: null },
      { isMet: false, found: Math.floor(monday / day) * day, people: null },
      { isMet: false, found: null, people: null },
    ]);
    expect(await store.explainSegment(why, 999)).toMatchObject({ isMatch: false });
  });

  test('knows what people mark: tags, their parts, and an owner who was chosen', async () => {
    const owner = 'kim@example.com';
    await append(
      { visitor: 'a', company: 'Acme', at: monday, country: 'DE' },
      { visitor: 'b', company: 'Borealis', at: monday + hour, country: 'DE' },
      { visitor: 'c', company: 'Corvid', at: monday + 2 * hour, country: 'FR' },
      { visitor: 'd', company: 'Delta', at: monday + 3 * hour, country: 'DE' },
    );
    const profile = { industry: null, size: null, country: null, attributes: {} };
    await store.importProfiles(
      [
        { ...profile, name: 'Acme', domain: 'acme.example', owner: 'lee@example.com' },
        { ...profile, name: 'Borealis', domain: 'borealis.example', owner: 'lee@example.com' },
      ],
      owner,
      now,
    );
    const id = new Map(
      (await store.segmentAccounts(await asked('visits >= 1'), 10)).rows.map((row) => [row.name, row.id]),
    );
    const mark = (name: string, change: MarkChange) => store.mark([id.get(name) ?? 0], change, owner, now);
    await mark('Acme', { kind: 'tag', tag: 'Persona=CFO' });
    await mark('Borealis', { kind: 'tag', tag: 'persona: cfo' });
    await mark('Borealis', { kind: 'tag', tag: 'Übergrößen' });
    await mark('Corvid', { kind: 'tag', tag: 'persona=CTO' });
    await mark('Delta', { kind: 'tag', tag: 'personality' });
    expect(await names('tag.persona = "CFO"')).toEqual(['Borealis', 'Acme']);
    expect(await names('tag.persona = "CFO" and country = "DE" and not tag.übergrößen')).toEqual(['Acme']);
    expect(await names('tag.persona like "*"')).toEqual(['Corvid', 'Borealis', 'Acme']);
    expect(await names('tag = "PERSONA=cfo"')).toEqual(['Acme']);
    expect(await names('tag != "personality"')).toEqual(['Corvid', 'Borealis', 'Acme']);
    expect(await names('not tag like "persona*"')).toEqual([]);
    const why = await store.explainSegment(
      await asked('tag.persona = x and tag = y'),
      id.get('Borealis') ?? 0,
    );
    expect(why.conditions.map(({ found }) => found)).toEqual(['cfo', 'persona: cfo, Übergrößen']);

    expect(await names('owner = "lee@example.com"')).toEqual(['Borealis', 'Acme']);
    await mark('Acme', { kind: 'assign', owner });
    await mark('Borealis', { kind: 'assign', owner: null });
    expect(await names('owner = "KIM@example.com"')).toEqual(['Acme']);
    expect(await names('not owner like "*"')).toEqual(['Delta', 'Corvid', 'Borealis']);
    expect((await store.segmentNames('owner', 'k', 5, now)).map(({ name }) => name)).toEqual([owner]);
    expect((await store.segmentNames('tag', 'PERS', 5, now)).map(({ name }) => name).sort()).toEqual([
      'Persona=CFO',
      'persona: cfo',
      'persona=CTO',
      'personality',
    ]);

    // What is marked on one counts for the account that it was merged into, and no longer for itself.
    await store.decide(
      { kind: 'merge', accountId: id.get('Corvid') ?? 0, targetId: id.get('Delta') ?? 0, note: '' },
      owner,
      now,
    );
    expect(await names('tag.persona = "CTO"')).toEqual(['Delta']);
  });

  test('knows companies of a file, until that is taken back, and titles of people whom a file told of', async () => {
    await append(
      { visitor: 'a', company: 'Acme', at: monday },
      { visitor: 'b', company: 'Borealis', at: monday + hour },
      { visitor: 'c', company: 'Corvid', at: monday + 2 * hour },
    );
    const opened = (kind: 'profiles' | 'contacts', fileName: string) =>
      store.beginImport({ kind, siteId: null, fileName, mapping: {} }, 'kim@example.com', now);
    const file = await opened('profiles', 'Target accounts.csv');
    const row = { industry: null, size: null, country: null, owner: null, attributes: {} };
    await store.importProfiles(
      [
        { ...row, name: 'Acme', domain: 'acme.example' },
        { ...row, name: 'Nobody', domain: 'nobody-yet.com' },
      ],
      'kim@example.com',
      now,
      file,
    );
    const people = await opened('contacts', 'fair.csv');
    await store.importContacts(
      [
        contact({
          email: 'lee@borealis.example',
          title: 'Head of Finance',
          company: { name: 'Borealis', domain: 'borealis.example' },
          attributes: { Region: 'North' },
        }),
      ],
      now,
      people,
    );
    expect(await names('in list("target ACCOUNTS")')).toEqual(['Acme']);
    expect(await names('not in list("Target accounts.csv")')).toEqual(['Corvid', 'Borealis']);
    expect(await names('in list("fair")')).toEqual(['Borealis']);
    expect(await names('trait.title like "*finance*"')).toEqual(['Borealis']);
    expect(await names('title = "Head of Finance" and trait.region = north')).toEqual(['Borealis']);
    expect((await store.segmentNames('list', 'T', 5, now)).map(({ name }) => name)).toEqual([
      'Target accounts',
    ]);
    expect((await store.knownNames()).traits).toEqual(expect.arrayContaining(['title', 'Region']));
    const counts = { read: 2, stored: 2, duplicates: 0, dropped: {} };
    await store.noteImport(file, counts, now, { sha256: 'f', problem: null });
    await store.undoImport(file, 'kim@example.com', now);
    expect(await names('in list("Target accounts")')).toEqual([]);
  });

  test('takes the country from the network, where nobody told it', async () => {
    await append(
      {
        visitor: 'a',
        at: monday,
        country: 'FR',
        type: 'group',
        detail: { group: { id: 'harbour-tools.com', traits: { name: 'Harbour' } } },
      },
      { visitor: 'b', at: monday, email: 'lee@north-mill.com', country: 'FR' },
    );
    // Where somebody is whose word names the company says nothing of the company.
    expect(await names('country = FR')).toEqual([]);
    const verdict = {
      ...companyVerdict('Harbour'),
      company: { name: 'Harbour', domain: 'harbour-tools.com' },
    };
    await append({ visitor: 'c', at: monday + day, verdict, country: 'FR' });
    expect(await names('country = France')).toEqual(['Harbour']);
  });

  test('narrows the list, its search and its file, and keeps the period', async () => {
    await append(
      { visitor: 'a', company: 'Acme', at: monday, path: '/pricing' },
      { visitor: 'a', company: 'Acme', at: monday + 5 * day, path: '/' },
      { visitor: 'b', company: 'Borealis', at: monday, path: '/pricing' },
      { visitor: 'c', company: 'Corvid', at: monday + 5 * day, path: '/' },
    );
    const segment = await asked('viewed("/pricing")');
    const query = {
      siteId: null,
      period: { from: monday + 4 * day, to: now },
      search: '',
      sort: 'name',
      descending: false,
      segment,
    } as const;
    const list = async (more: object) =>
      (await store.accounts({ ...query, offset: 0, limit: 10, ...more })).rows.map(({ name }) => name);
    // Acme priced before the period and came in it; what is in a segment does not hang on the list's period.
    expect(await list({})).toEqual(['Acme']);
    expect(await list({ period: { from: 0, to: now } })).toEqual(['Acme', 'Borealis']);
    expect(await list({ period: { from: 0, to: now }, search: 'bor' })).toEqual(['Borealis']);
    const file: string[] = [];
    for await (const { name } of store.eachAccount({ ...query, period: { from: 0, to: now } }))
      file.push(name);
    expect(file).toEqual(['Acme', 'Borealis']);
  });

  test('may be as large as the language lets it be', async () => {
    await append({ visitor: 'a', company: 'Acme', at: now - day, path: '/pricing' });
    const kinds = [
      'viewed("/pricing*") >= 1 within 7 days by >= 1 people',
      'event("Login") = 0',
      'visits >= 1 within 7 days',
      'source = "(direct)" within 7 days',
      'country = DE',
      'trait.plan != "pro"',
      'not size > 10',
      'last_seen within 7 days',
    ];
    const all = Array.from({ length: 60 }, (_, index) => kinds[index % kinds.length]).join(' and ');
    expect(await names(all)).toEqual(['Acme']);
    expect(await names(`${'not ('.repeat(24)}visits > 0${')'.repeat(24)}`)).toEqual(['Acme']);
    const deep = Array.from({ length: 23 }).reduce<string>(
      (inner, _, index) => `(${inner} ${index % 2 ? 'and' : 'or'} visits > 0)`,
      'people > 0',
    );
    expect(await names(deep)).toEqual(['Acme']);
    const [acme] = (await store.segmentAccounts(await asked(all), 1)).rows;
    const { conditions, isMatch } = await store.explainSegment(await asked(all), acme?.id ?? 0);
    expect([isMatch, conditions.length, conditions.every(({ isMet }) => isMet)]).toEqual([true, 60, false]);
  });

  test('is written with names that exist, the usual ones first', async () => {
    await append(
      {
        visitor: 'a',
        company: 'Acme',
        at: now - day,
        path: '/Pricing',
        arrival: { source: 'newsletter', campaign: 'Spring' },
      },
      ...times(3, { visitor: 'a', company: 'Acme', at: now - day, ...track('Project Created') }),
      ...times(2, { visitor: 'a', company: 'Acme', at: now - day + 60_000, ...track('Page 100%') }),
      {
        visitor: 'a',
        at: now - hour,
        type: 'identify',
        detail: { identify: { user: 'u1', email: null, traits: { Title: 'CFO' } } },
      },
    );
    await store.importProfiles(
      [
        {
          name: 'Acme',
          domain: 'acme.example',
          industry: 'Steel',
          size: null,
          country: 'AT',
          owner: null,
          attributes: { plan: 'pro' },
        },
      ],
      'kim@example.com',
      now,
    );
    const found = (kind: Parameters<Store['segmentNames']>[0], prefix = '', limit = 10) =>
      store.segmentNames(kind, prefix, limit, now);
    expect(await found('event')).toEqual([
      { name: 'Project Created', count: 3 },
      { name: 'Page 100%', count: 2 },
    ]);
    expect(await found('event', 'p', 1)).toEqual([{ name: 'Project Created', count: 3 }]);
    expect(await found('event', 'page 100%')).toEqual([{ name: 'Page 100%', count: 2 }]);
    expect(await found('event', '%')).toEqual([]);
    expect(await found('page')).toEqual([{ name: '/pricing', count: 1 }]);
    expect(await found('source', 'NEWS')).toEqual([{ name: 'newsletter', count: 1 }]);
    expect(await found('campaign')).toEqual([{ name: 'Spring', count: 1 }]);
    expect(await found('industry')).toEqual([{ name: 'Steel', count: 1 }]);
    expect((await found('trait')).map(({ name }) => name).sort()).toEqual(['Title', 'plan']);
    expect((await found('country')).map(({ name }) => name)).toEqual(['AT']);
    expect(await store.knownNames()).toMatchObject({ events: ['Project Created', 'Page 100%'], forms: [] });
  });
});

describe.each(engines)('$name: a segment that is kept', ({ open }) => {
  let store: Store;
  const kim = 'kim@example.com';
  const lee = 'lee@example.com';

  beforeEach(async () => {
    ({ store } = await open());
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(() => store.close());

  const idsOf = async (user: string) => (await store.savedSegments(user)).map(({ id }) => id);

  test('is its writer’s own, until it is shared', async () => {
    const own = await store.saveSegment(
      null,
      { name: 'B', expression: 'visits > 1', isShared: false },
      kim,
      10,
    );
    const shared = await store.saveSegment(
      null,
      { name: 'A', expression: 'visits > 2', isShared: true },
      kim,
      11,
    );
    expect(own).toEqual({
      id: own.id,
      name: 'B',
      expression: 'visits > 1',
      owner: kim,
      isShared: false,
      createdAt: 10,
      changedAt: 10,
    });
    expect(await idsOf(kim)).toEqual([shared.id, own.id]);
    expect(await idsOf(lee)).toEqual([shared.id]);
    expect(await store.savedSegment(own.id, lee)).toBeNull();
    await store.saveSegment(own.id, { name: 'C', expression: 'visits > 3', isShared: true }, lee, 20);
    expect(await store.savedSegment(own.id, lee)).toMatchObject({
      name: 'C',
      owner: kim,
      createdAt: 10,
      changedAt: 20,
    });
    expect(await store.removeSegment(shared.id)).toBe(true);
    expect(await store.removeSegment(shared.id)).toBe(false);
    expect(await idsOf(lee)).toEqual([own.id]);
    await expect(
      store.saveSegment(999, { name: 'D', expression: 'x', isShared: true }, kim, 1),
    ).rejects.toThrow('999');
  });

  test('says who is new in it since somebody looked', async () => {
    const now = monday + day;
    const draft1 = { name: 'A', expression: 'visits >= 1', isShared: true };
    const { id } = await store.saveSegment(null, draft1, kim, now);
    const read = readSegment(draft1.expression, { events: [], forms: [], traits: [] });
    if (read.problem !== null) throw new Error(read.problem.says);
    const asked = { segment: read.segment, now };
    await store.append([
      draft({ visitor: 'a', company: 'Acme' }),
      draft({ visitor: 'b', company: 'Borealis' }),
    ]);
    expect(await store.segmentNews(asked, id, kim)).toEqual({ total: 2, unseen: null });
    await store.sawSegment(id, kim, await store.segmentMembers(asked), now);
    expect(await store.segmentNews(asked, id, kim)).toEqual({ total: 2, unseen: 0 });
    await store.append([draft({ visitor: 'c', company: 'Corvid' })]);
    expect(await store.segmentNews(asked, id, kim)).toEqual({ total: 3, unseen: 1 });
    expect(await store.segmentNews(asked, id, lee)).toEqual({ total: 3, unseen: null });
    await store.sawSegment(id, kim, await store.segmentMembers(asked), now);
    expect(await store.segmentNews(asked, id, kim)).toEqual({ total: 3, unseen: 0 });
    // Another expression is another segment.
    await store.saveSegment(id, { ...draft1, expression: 'visits >= 2' }, kim, now);
    expect(await store.segmentNews(asked, id, kim)).toEqual({ total: 3, unseen: null });
    await store.removeSegment(id);
    await store.sawSegment(id, kim, new Float64Array([1]), now);
  });
});
