/** Persons, and employers that stand for them, by their keys: found, or made, or found to be one with another. */
import type { Database } from 'better-sqlite3';
import type { Draft } from '../../draft.ts';
import { identityOf } from '../../identify/account.ts';
import type { AccountIds } from './account-row.ts';
import { Dictionary } from './dictionary.ts';

/** Whom an event tells of. */
export interface Told {
  id: number;
  /** The account that a group call names; null if it names none, or the event is another. */
  accountId: number | null;
  /** It is about something else, and says who only along the way. */
  isAside: boolean;
}

export function openPersons(db: Database, accounts: AccountIds) {
  const person = new Dictionary(db, 'person', ['key'], ['label', 'account_id', 'account_evidence']);
  // An id may have been told to be another one, and that one with an e-mail: two steps.
  const find = db
    .prepare<[string], number>(`
      select coalesce(b.person_id, a.person_id) from person_alias a
      join person p on p.id = a.person_id left join person_alias b on b.key = p.key
      where a.key = ?`)
    .pluck();
  const byKey = db.prepare<[string], number>('select id from person where key = ?').pluck();
  const addAlias = db.prepare(
    'insert into person_alias (key, person_id) values (?, ?) on conflict do nothing',
  );
  let joined = new Set<number>();

  return {
    of({ siteId, detail, user }: Pick<Draft, 'siteId' | 'detail' | 'user'>): Told | null {
      const claim = identityOf(siteId, detail, user);
      if (claim === null) return null;
      const account = () => claim.account && accounts.id(claim.account);
      // A group call may know a better name than there was.
      const accountId = detail.group ? account() : null;
      const id =
        find.get(claim.key) ??
        person.id([claim.key], () => [
          claim.label,
          account(),
          claim.evidence && JSON.stringify(claim.evidence),
        ]);
      if (claim.alias !== null && claim.alias !== claim.key) {
        const before = byKey.get(claim.alias);
        // Told to be each other, they are one already. Who was known by that id alone, and is more now: their visits may
        // be an account's.
        if (before !== id && addAlias.run(claim.alias, id).changes === 1 && before !== undefined)
          joined.add(before);
      }
      // Imported touchpoints each tell it: any of them may be taken back, and the others stay whose they are.
      const isAside =
        detail.identify === undefined &&
        detail.group === undefined &&
        detail.form === undefined &&
        detail.offline === undefined;
      return { id, accountId, isAside };
    },
    startBatch(): void {
      joined = new Set();
    },
    /** Persons who were found in this batch to be one with another. */
    joined: (): ReadonlySet<number> => joined,
    /** After a rollback its newest ids may not exist. */
    forget: () => person.forget(),
  };
}
