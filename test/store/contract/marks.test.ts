/** What every engine must keep of what people mark on companies: whose it is, for whom, and that it can be taken back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BuiltInList, builtInLists, type MarkChange } from '../../../collector/store/marks.ts';
import type { Store } from '../../../collector/store/store.ts';
import { day, draft, hour, minute, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const kim = 'kim@example.com';
const sam = 'sam@example.com';
const now = monday + 10 * day;
const period = { from: monday - 20 * day, to: monday + 11 * day };

describe.each(engines)('$name', ({ open }) => {
  let store: Store;
  const ids = new Map<string, number>();
  const id = (name: string) => ids.get(name) ?? 0;

  beforeEach(async () => {
    ({ store } = await open(() => now));
    await store.addSite('lumen.example', [], monday);
    await store.append(
      ['Alder', 'Birch', 'Cedar'].flatMap((company, number) => [
        // Before the period too, but for Cedar, which is new in it.
        ...(company === 'Cedar'
          ? []
          : [draft({ company, visitor: company, at: monday - 40 * day, key: `${company}-early` })]),
        draft({ company, visitor: company, at: monday + number * hour, key: company }),
      ]),
    );
    for (const { id: found, name } of await store.findAccounts('', 10)) ids.set(name, found);
  });
  afterEach(() => store.close());

  const listed = async (list: BuiltInList, user = kim) => {
    const query = { siteId: null, period, search: '', sort: 'name', descending: false } as const;
    const { rows, total } = await store.accounts({ ...query, list: { user, list }, offset: 0, limit: 50 });
    const exported: string[] = [];
    for await (const { name } of store.eachAccount({ ...query, list: { user, list } })) exported.push(name);
    expect(exported).toEqual(rows.map(({ name }) => name));
    expect((await store.listCounts(null, period, user))[list]).toBe(total);
    return exported;
  };
  const mark = (names: string[], change: MarkChange, by = kim, at = now) =>
    store.mark(names.map(id), change, by, at);
  const marksOf = async (name: string, user = kim) => {
    const found = (await store.marks([id(name)], user)).get(id(name));
    if (found === undefined) throw new Error(`nothing is said of ${name}`);
    return found;
  };
  const merge = (from: string, into: string) =>
    store.decide({ kind: 'merge', accountId: id(from), targetId: id(into), note: '' }, kim, now);

  test('without marks, all is in the lists as it came', async () => {
    const lists = await Promise.all(builtInLists.map(async (list) => [list, await listed(list)]));
    expect(Object.fromEntries(lists)).toEqual({
      all: ['Alder', 'Birch', 'Cedar'],
      new: ['Cedar'],
      mine: [],
      followed: [],
      unseen: ['Alder', 'Birch', 'Cedar'],
      hidden: [],
    });
  });

  test('following and hiding are of one user, and nobody else sees them', async () => {
    const followed = await mark(['Alder', 'Birch'], { kind: 'follow' });
    expect(followed).toMatchObject({ accounts: 2, refused: 0, madeBy: kim });
    await mark(['Birch'], { kind: 'hide' });
    expect(await listed('followed')).toEqual(['Alder']);
    expect(await listed('hidden')).toEqual(['Birch']);
    expect(await listed('all')).toEqual(['Alder', 'Cedar']);
    expect(await listed('unseen')).toEqual(['Alder', 'Cedar']);
    expect(await marksOf('Birch')).toMatchObject({ isFollowed: true, isHidden: true });
    expect(await listed('all', sam)).toEqual(['Alder', 'Birch', 'Cedar']);
    expect(await listed('followed', sam)).toEqual([]);
    expect(await marksOf('Birch', sam)).toMatchObject({ isFollowed: false, isHidden: false });
  });

  test('what is so already is not counted, and undoing takes back only what was changed', async () => {
    await mark(['Alder'], { kind: 'follow' }, kim, now - hour);
    const second = await mark(['Alder', 'Birch'], { kind: 'follow' });
    expect(second.accounts).toBe(1);
    await store.undoMark(second.id, now);
    expect(await listed('followed')).toEqual(['Alder']);
    const dropped = await mark(['Alder', 'Birch'], { kind: 'unfollow' });
    expect(dropped.accounts).toBe(1);
    expect(await store.undoMark(dropped.id, now)).toMatchObject({ undoneAt: now });
    expect(await listed('followed')).toEqual(['Alder']);
    expect(await store.markChange(dropped.id)).toMatchObject({ change: { kind: 'unfollow' }, undoneAt: now });
  });

  test('undone twice is undone once', async () => {
    const hid = await mark(['Alder'], { kind: 'hide' });
    await store.undoMark(hid.id, now);
    await mark(['Alder'], { kind: 'hide' }, kim, now);
    await store.undoMark(hid.id, now + minute);
    expect(await listed('hidden')).toEqual(['Alder']);
    expect(await store.undoMark(999, now)).toBeNull();
  });

  test('an owner who is chosen wins over the one of a file, and the file’s is back when it is undone', async () => {
    const profile = { domain: 'alder.example', industry: 'Timber', size: '11-50', country: null };
    await store.importProfiles([{ ...profile, name: null, owner: 'Pat Doe', attributes: {} }], kim, now);
    expect(await marksOf('Alder')).toMatchObject({
      owner: { name: 'Pat Doe', isChosen: false },
      industry: 'Timber',
      size: '11-50',
    });
    const chosen = await mark(['Alder', 'Birch'], { kind: 'assign', owner: sam });
    expect(chosen.accounts).toBe(2);
    expect(await marksOf('Alder')).toMatchObject({ owner: { name: sam, isChosen: true } });
    expect(await listed('mine', sam)).toEqual(['Alder', 'Birch']);
    expect(await listed('mine', kim)).toEqual([]);
    await store.undoMark(chosen.id, now);
    expect(await marksOf('Alder')).toMatchObject({ owner: { name: 'Pat Doe', isChosen: false } });
    expect(await marksOf('Birch')).toMatchObject({ owner: null });
    await mark(['Alder'], { kind: 'assign', owner: null });
    expect(await marksOf('Alder')).toMatchObject({ owner: null });
    expect(await mark(['Birch'], { kind: 'assign', owner: null })).toMatchObject({ accounts: 0 });
  });

  test('a file’s owner who is a user’s e-mail makes it theirs, whatever its case', async () => {
    const profile = { domain: 'alder.example', industry: null, size: null, country: null };
    await store.importProfiles(
      [{ ...profile, name: null, owner: 'Kim@Example.com', attributes: {} }],
      sam,
      now,
    );
    expect(await listed('mine')).toEqual(['Alder']);
    expect(await listed('unseen')).toEqual(['Birch', 'Cedar']);
  });

  test('undoing leaves alone whom somebody else has chosen since', async () => {
    const first = await mark(['Alder'], { kind: 'assign', owner: kim });
    await mark(['Alder'], { kind: 'assign', owner: sam }, sam, now + minute);
    await store.undoMark(first.id, now + hour);
    expect(await marksOf('Alder')).toMatchObject({ owner: { name: sam } });
  });

  test('whoever nobody has looked at leaves that list when opened or owned, and comes back with a new visit', async () => {
    await store.looked(id('Alder'), sam, now);
    await mark(['Birch'], { kind: 'assign', owner: kim });
    expect(await listed('unseen')).toEqual(['Cedar']);
    expect(await marksOf('Alder')).toMatchObject({ lookedAt: now });
    await store.append([draft({ company: 'Alder', visitor: 'Alder', at: now + minute, key: 'again' })]);
    expect(await listed('unseen')).toEqual(['Alder', 'Cedar']);
    await store.looked(id('Alder'), sam, now + 2 * minute);
    expect(await listed('unseen')).toEqual(['Cedar']);
  });

  test('a look is written once an hour', async () => {
    await store.looked(id('Alder'), kim, now);
    await store.looked(id('Alder'), kim, now + 59 * minute);
    expect(await marksOf('Alder')).toMatchObject({ lookedAt: now });
    await store.looked(id('Alder'), kim, now + hour);
    expect(await marksOf('Alder')).toMatchObject({ lookedAt: now + hour });
  });

  test('two spellings of one tag are one, and all tags are known to everybody', async () => {
    await mark(['Alder'], { kind: 'tag', tag: 'Trade fair' });
    expect(await mark(['Alder', 'Birch'], { kind: 'tag', tag: 'TRADE FAIR' }, sam)).toMatchObject({
      accounts: 1,
    });
    await mark(['Birch'], { kind: 'tag', tag: 'A first' }, sam);
    expect((await marksOf('Birch')).tags).toEqual(['A first', 'Trade fair']);
    expect(await store.tags()).toEqual([
      { tag: 'Trade fair', accounts: 2 },
      { tag: 'A first', accounts: 1 },
    ]);
    const dropped = await mark(['Alder', 'Birch'], { kind: 'untag', tag: 'trade fair' });
    expect(dropped.accounts).toBe(2);
    expect((await marksOf('Birch')).tags).toEqual(['A first']);
    await store.undoMark(dropped.id, now);
    expect((await marksOf('Alder')).tags).toEqual(['Trade fair']);
  });

  test('a twenty-first tag is refused, and the others are still given theirs', async () => {
    for (let number = 0; number < 20; number++) await mark(['Alder'], { kind: 'tag', tag: `tag ${number}` });
    const one = await mark(['Alder', 'Birch'], { kind: 'tag', tag: 'one more' });
    expect(one).toMatchObject({ accounts: 1, refused: 1 });
    expect((await marksOf('Alder')).tags).not.toContain('one more');
    expect((await marksOf('Birch')).tags).toEqual(['one more']);
  });

  test('notes are written, changed and removed', async () => {
    const note = await store.addNote(id('Alder'), 'Asked for\na <b>price</b>', kim, now);
    await store.addNote(id('Alder'), 'Second', sam, now + minute);
    expect((await store.notes(id('Alder'))).map(({ text }) => text)).toEqual([
      'Second',
      'Asked for\na <b>price</b>',
    ]);
    await store.editNote(note.id, 'Asked twice', sam, now + hour);
    expect(await store.note(note.id)).toMatchObject({
      text: 'Asked twice',
      writtenBy: kim,
      writtenAt: now,
      editedBy: sam,
      editedAt: now + hour,
    });
    expect(await store.removeNote(note.id)).toBe(true);
    expect(await store.removeNote(note.id)).toBe(false);
    expect(await store.editNote(note.id, 'gone', kim, now)).toBeNull();
    await expect(store.addNote(id('Alder'), 'x'.repeat(4_001), kim, now)).rejects.toThrow('4000');
  });

  test('what is marked goes along when a company is merged, and is back when that is undone', async () => {
    await mark(['Alder'], { kind: 'follow' });
    await mark(['Alder'], { kind: 'assign', owner: sam });
    await mark(['Alder'], { kind: 'tag', tag: 'Partner' });
    await store.addNote(id('Alder'), 'Called', kim, now);
    const merged = await merge('Alder', 'Birch');
    expect(await listed('followed')).toEqual(['Birch']);
    expect(await listed('mine', sam)).toEqual(['Birch']);
    expect(await marksOf('Birch')).toMatchObject({
      isFollowed: true,
      owner: { name: sam },
      tags: ['Partner'],
    });
    expect((await store.notes(id('Birch'))).map(({ text }) => text)).toEqual(['Called']);
    expect(await store.tags()).toEqual([{ tag: 'Partner', accounts: 1 }]);

    await store.undo(merged.id, kim, now);
    expect(await listed('followed')).toEqual(['Alder']);
    expect(await marksOf('Birch')).toMatchObject({ isFollowed: false, owner: null, tags: [] });
    expect(await store.notes(id('Birch'))).toEqual([]);
    expect((await store.notes(id('Alder'))).map(({ text }) => text)).toEqual(['Called']);
  });

  test('a company that has an owner itself keeps it when another is merged into it', async () => {
    await mark(['Alder'], { kind: 'assign', owner: sam });
    await mark(['Birch'], { kind: 'assign', owner: kim }, kim, now - day);
    await merge('Alder', 'Birch');
    expect(await marksOf('Birch')).toMatchObject({ owner: { name: kim } });
    await mark(['Birch'], { kind: 'unfollow' });
    await mark(['Birch'], { kind: 'assign', owner: null });
    expect(await marksOf('Birch')).toMatchObject({ owner: null });
  });

  test('marking a company that was merged marks the one that it became; unmarking unmarks both', async () => {
    await mark(['Alder'], { kind: 'follow' });
    await mark(['Alder'], { kind: 'tag', tag: 'Partner' });
    await merge('Alder', 'Birch');
    await mark(['Alder'], { kind: 'assign', owner: kim });
    expect(await marksOf('Birch')).toMatchObject({ owner: { name: kim } });
    await mark(['Birch'], { kind: 'unfollow' });
    const untagged = await mark(['Birch'], { kind: 'untag', tag: 'partner' });
    expect(await marksOf('Birch')).toMatchObject({ isFollowed: false, tags: [] });
    await store.undoMark(untagged.id, now);
    expect(await marksOf('Birch')).toMatchObject({ tags: ['Partner'] });
  });

  test('hiding is of one company alone: it hides no other that it is merged into', async () => {
    await mark(['Alder'], { kind: 'hide' });
    const merged = await merge('Alder', 'Birch');
    expect(await listed('all')).toEqual(['Birch', 'Cedar']);
    await store.undo(merged.id, kim, now);
    expect(await listed('hidden')).toEqual(['Alder']);
  });

  test('what is looked at counts for the company that it became', async () => {
    await store.looked(id('Alder'), kim, now);
    await merge('Alder', 'Birch');
    expect(await listed('unseen')).toEqual(['Cedar']);
  });

  test('a split takes its own marks along', async () => {
    await mark(['Alder'], { kind: 'tag', tag: 'Partner' });
    await merge('Alder', 'Birch');
    await mark(['Birch'], { kind: 'follow' });
    await store.decide({ kind: 'split', accountId: id('Alder'), note: '' }, kim, now);
    expect(await marksOf('Alder')).toMatchObject({ tags: ['Partner'], isFollowed: false });
    expect(await marksOf('Birch')).toMatchObject({ tags: [], isFollowed: true });
  });

  test('making everything anew from the events leaves the marks alone', async () => {
    await mark(['Alder'], { kind: 'follow' });
    await mark(['Birch'], { kind: 'assign', owner: kim });
    await store.looked(id('Cedar'), sam, now);
    const before = await store.marks([...ids.values()], kim);
    await store.rebuild();
    expect(await store.marks([...ids.values()], kim)).toEqual(before);
    expect(await store.verify()).toEqual([]);
  });

  test('a list of some alone has those in its order', async () => {
    const query = { siteId: null, period, search: '', sort: 'name', descending: true } as const;
    const names: string[] = [];
    for await (const { name } of store.eachAccount({ ...query, only: [id('Alder'), id('Cedar'), 999] }))
      names.push(name);
    expect(names).toEqual(['Cedar', 'Alder']);
    expect(await store.accounts({ ...query, only: [], offset: 0, limit: 5 })).toEqual({ rows: [], total: 0 });
  });

  test('what a user likes of the pages is kept for them alone', async () => {
    await store.setUserSetting(kim, 'columns', 'owner,tags');
    await store.setUserSetting(kim, 'columns', 'owner');
    expect(await store.userSetting(kim, 'columns')).toBe('owner');
    expect(await store.userSetting(sam, 'columns')).toBeNull();
  });
});
