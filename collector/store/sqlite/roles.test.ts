/** Whoever is forgotten takes along what was said of them. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { contact, draft, monday } from '../../../test/support/drafts.ts';
import { openSqliteStore } from './index.ts';

test('a person and a contact that are removed leave no role behind, and a person who stays keeps theirs', async () => {
  const { store, database } = await openSqliteStore({ path: ':memory:' });
  const { db } = database;
  await store.addSite('lumen.example', [], monday);
  await store.append([
    draft({ visitor: 'a', company: 'Acme', email: 'kim@gmail.com' }),
    draft({ visitor: 'b', company: 'Acme', email: 'lee@gmail.com' }),
  ]);
  const begun = { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} } as const;
  const importId = await store.beginImport(begun, 'sam@example.com', monday);
  await store.importContacts(
    [contact({ email: 'kim@gmail.com', company: null }), contact({ email: 'pat@harbour-tools.com' })],
    monday,
    importId,
  );
  const [acme] = await store.findAccounts('Acme', 1);
  for (const { personId } of await store.people(acme?.id ?? 0))
    await store.sayRole({ personId: personId ?? 0 }, 'champion', 'sam@example.com', monday);
  await store.sayRole({ contactId: 2 }, 'buyer', 'sam@example.com', monday);
  const keys = async () =>
    (await sql<{ key: string }>`select key from person_role order by key`.execute(db)).rows.map(
      ({ key }) => key,
    );
  expect(await keys()).toEqual([
    'mailto:kim@gmail.com',
    'mailto:lee@gmail.com',
    'mailto:pat@harbour-tools.com',
  ]);
  await sql`delete from contact`.execute(db);
  expect(await keys()).toEqual(['mailto:kim@gmail.com', 'mailto:lee@gmail.com']);
  await sql`delete from person where key = 'mailto:kim@gmail.com'`.execute(db);
  expect(await keys()).toEqual(['mailto:lee@gmail.com']);
  await store.close();
});
