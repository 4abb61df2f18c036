/** What every engine must keep of who is what in buying: said here or by a file, and whatever becomes of accounts and persons. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSegment } from '../../../collector/segment/index.ts';
import { noNames } from '../../../collector/segment/names.ts';
import type { RoleChange } from '../../../collector/store/people.ts';
import type { Store } from '../../../collector/store/store.ts';
import { contact, type DraftWish, day, draft, hour, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const sam = 'sam@example.com';
const now = monday + 10 * day;

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
  const accountOf = async (name: string) => {
    const [found] = await store.findAccounts(name, 1);
    if (found === undefined) throw new Error(`no company ${name}`);
    return (await store.accountHome(found.id)) ?? 0;
  };
  const personOf = async (account: string, label: string) => {
    const people = await store.people(await accountOf(account));
    const found = people.find((one) => one.label === label);
    if (found === undefined) throw new Error(`nobody called ${label} at ${account}`);
    return found;
  };
  const say = async (account: string, label: string, role: RoleChange, at = now) => {
    const { personId, contactId } = await personOf(account, label);
    const of = personId === null ? { contactId: contactId ?? 0 } : { personId };
    return store.sayRole(of, role, sam, at);
  };
  const inFile = async (...rows: Parameters<typeof contact>[0][]) => {
    const begun = { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} } as const;
    const id = await store.beginImport(begun, sam, now);
    await store.importContacts(rows.map(contact), now, id);
    const counts = { read: 1, stored: 1, duplicates: 0, dropped: {} };
    await store.noteImport(id, counts, now, { sha256: null, problem: null });
    return id;
  };
  const namesIn = async (typed: string) => {
    const read = readSegment(typed, noNames);
    if (read.problem !== null) throw new Error(read.problem.says);
    return (await store.segmentAccounts({ segment: read.segment, now }, 10)).rows.map(({ name }) => name);
  };
  const kim: DraftWish = { visitor: 'kim', company: 'Acme', at: monday, email: 'kim@gmail.com' };

  test('what somebody says here stands over what a file says, and both can be read', async () => {
    await append(kim);
    await inFile({ email: 'kim@gmail.com', name: 'Kim', role: 'user', company: null });
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({
      role: 'user',
      fileRole: 'user',
      roleSaid: null,
    });
    expect(await say('Acme', 'kim@gmail.com', 'decision-maker')).toEqual({ label: 'kim@gmail.com' });
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({
      role: 'decision-maker',
      fileRole: 'user',
      roleSaid: { role: 'decision-maker', by: sam, at: now },
    });
    await say('Acme', 'kim@gmail.com', 'none');
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({ role: null, fileRole: 'user' });
    expect(await namesIn('people(user)')).toEqual([]);
    await say('Acme', 'kim@gmail.com', null);
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({ role: 'user', roleSaid: null });
    expect(await namesIn('people(user)')).toEqual(['Acme']);
  });

  test('each change is in the audit log, and what is so already is no change', async () => {
    await append(kim);
    await say('Acme', 'kim@gmail.com', 'champion');
    await say('Acme', 'kim@gmail.com', 'champion', now + hour);
    await say('Acme', 'kim@gmail.com', null, now + 2 * hour);
    const log = await store.audited({ what: 'buying-role', who: null, before: null, limit: 10 });
    expect(log.map(({ who, subject, detail }) => [who, subject, detail.role])).toEqual([
      [sam, 'kim@gmail.com', 'as files say'],
      [sam, 'kim@gmail.com', 'champion'],
    ]);
    expect(await store.sayRole({ personId: 999 }, 'user', sam, now)).toBeNull();
    expect(await store.sayRole({ contactId: 999 }, 'user', sam, now)).toBeNull();
  });

  test('who is known from a file alone has a role too, and keeps it when they come', async () => {
    await append({ visitor: 'pat', at: monday, email: 'pat@harbour-tools.com' });
    await inFile({ email: 'lee@harbour-tools.com', name: 'Lee', role: null });
    await say('harbour-tools', 'lee@harbour-tools.com', 'buyer');
    expect(await personOf('harbour-tools', 'lee@harbour-tools.com')).toMatchObject({
      personId: null,
      role: 'buyer',
    });
    expect(await namesIn('people(buyer)')).toEqual([]);
    await append({ visitor: 'lee', at: monday + day, email: 'lee@harbour-tools.com' });
    const seen = await personOf('harbour-tools', 'lee@harbour-tools.com');
    expect(seen).toMatchObject({ name: 'Lee', role: 'buyer', visits: 1 });
    expect(seen.personId).not.toBeNull();
  });

  test('merging and splitting companies, and making everything anew, takes no role from anybody', async () => {
    await append(kim, { visitor: 'bo', company: 'Borealis', at: monday, email: 'bo@gmail.com' });
    await say('Acme', 'kim@gmail.com', 'champion');
    const merged = await store.decide(
      { kind: 'merge', accountId: await accountOf('Acme'), targetId: await accountOf('Borealis'), note: '' },
      sam,
      now,
    );
    expect(await personOf('Borealis', 'kim@gmail.com')).toMatchObject({ role: 'champion' });
    expect(await namesIn('people(champion)')).toEqual(['Borealis']);
    await store.rebuild();
    expect(await namesIn('people(champion)')).toEqual(['Borealis']);
    await store.undo(merged.id, sam, now);
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({ role: 'champion' });
    expect(await namesIn('people(champion)')).toEqual(['Acme']);
  });

  test('a user of the site whose e-mail is told later keeps what was said of them', async () => {
    await append({
      ...kim,
      type: 'identify',
      detail: { identify: { user: 'u1', email: null, traits: {} } },
    });
    await say('Acme', 'u1', 'gatekeeper');
    await append({ ...kim, at: monday + hour, user: 'u1' });
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({ role: 'gatekeeper' });
    expect(await namesIn('people(gatekeeper)')).toEqual(['Acme']);
    // Said of whom they are now, the older word counts no more, also when this one is taken back.
    await say('Acme', 'kim@gmail.com', 'user', now + hour);
    expect(await namesIn('people(gatekeeper)')).toEqual([]);
    await say('Acme', 'kim@gmail.com', null, now + 2 * hour);
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({ role: null, roleSaid: null });
  });

  test('an import that is taken back leaves what was said here', async () => {
    await append(kim);
    const id = await inFile({ email: 'kim@gmail.com', name: 'Kim', role: 'user', company: null });
    await say('Acme', 'kim@gmail.com', 'buyer');
    await store.undoImport(id, sam, now);
    expect(await personOf('Acme', 'kim@gmail.com')).toMatchObject({
      role: 'buyer',
      fileRole: null,
      name: null,
    });
  });

  test('people of a role are counted who came, in the days asked for, each once', async () => {
    await append(
      kim,
      { ...kim, at: monday + 8 * day },
      { ...kim, visitor: 'phone', at: monday + 9 * day },
      { visitor: 'nobody', company: 'Acme', at: monday },
      { visitor: 'bo', company: 'Borealis', at: monday, email: 'bo@gmail.com' },
    );
    await say('Acme', 'kim@gmail.com', 'decision-maker');
    await say('Borealis', 'bo@gmail.com', 'decision-maker');
    expect(await namesIn('people("decision-maker") = 1')).toEqual(['Acme', 'Borealis']);
    expect(await namesIn('people("decision-maker") > 1')).toEqual([]);
    expect(await namesIn('people("decision-maker") >= 1 within 7 days')).toEqual(['Acme']);
    expect(await namesIn('people("champion") = 0')).toEqual(['Acme', 'Borealis']);
    const read = readSegment('people("decision-maker") >= 1', noNames);
    if (read.problem !== null) throw new Error(read.problem.says);
    const asked = { segment: read.segment, now };
    expect(await store.explainSegment(asked, await accountOf('Acme'))).toEqual({
      isMatch: true,
      conditions: [{ isMet: true, found: 1, people: null }],
    });
    expect((await store.segmentNames('role', 'de', 10, now)).slice(0, 1)).toEqual([
      { name: 'decision-maker', count: 2 },
    ]);
  });
});
