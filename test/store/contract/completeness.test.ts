/** What every engine must count of how much is known of companies and people. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../collector/store/store.ts';
import { contact, draft, monday } from '../../support/drafts.ts';
import { engines } from '../../support/stores.ts';

const sam = 'sam@example.com';

describe.each(engines)('$name', ({ open }) => {
  let store: Store;

  beforeEach(async () => {
    ({ store } = await open());
    await store.addSite('lumen.example', [], monday);
  });
  afterEach(() => store.close());

  const idOf = async (name: string) => (await store.findAccounts(name, 1))[0]?.id ?? 0;

  test('of a store that nobody came to, nothing is known of nobody', async () => {
    expect(await store.completeness()).toEqual({
      companies: { total: 0, domain: 0, country: 0, industry: 0, size: 0, owner: 0 },
      people: { total: 0, email: 0, name: 0, title: 0, role: 0 },
    });
  });

  test('each field counts the companies and people of whom it is known, from wherever', async () => {
    await store.append([
      draft({ visitor: 'a', company: 'Acme', email: 'kim@gmail.com' }, 1),
      draft({ visitor: 'b', company: 'Borealis' }, 2),
      draft({ visitor: 'c', company: 'Corvid', email: 'lee@gmail.com' }, 3),
    ]);
    const before = await store.completeness();
    expect(before.companies).toMatchObject({ total: 3, industry: 0, owner: 0 });
    expect(before.people).toEqual({ total: 2, email: 2, name: 0, title: 0, role: 0 });

    // Nobody came from Only Known, so it is none of those whose fields are counted.
    const row = {
      name: 'Acme',
      industry: 'Steel',
      size: '51-200',
      country: null,
      owner: 'Pat',
      attributes: {},
    };
    await store.importProfiles(
      [
        { ...row, domain: 'acme.example' },
        { ...row, name: 'Only Known', domain: 'only-known.example' },
      ],
      sam,
      monday,
    );
    const file = { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} } as const;
    await store.importContacts(
      [contact({ email: 'kim@gmail.com', name: 'Kim', title: 'CTO', role: 'user', company: null })],
      monday,
      await store.beginImport(file, sam, monday),
    );
    await store.mark([await idOf('Borealis')], { kind: 'assign', owner: sam }, sam, monday);
    const { companies, people } = await store.completeness();
    expect(companies).toMatchObject({ total: 3, industry: 1, size: 1, owner: 2 });
    expect(people).toEqual({ total: 2, email: 2, name: 1, title: 1, role: 1 });

    // What is said here stands over a file, also where it is nobody and nothing.
    await store.mark([await idOf('Acme')], { kind: 'assign', owner: null }, sam, monday);
    const kim = (await store.people(await idOf('Acme'))).find(({ email }) => email === 'kim@gmail.com');
    await store.sayRole({ personId: kim?.personId ?? 0 }, 'none', sam, monday);
    expect(await store.completeness()).toMatchObject({ companies: { owner: 1 }, people: { role: 0 } });
  });
});
