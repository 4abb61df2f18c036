/** Who is what in buying: said here, read with what files say, and asked for by segments. */
import type { Database } from 'better-sqlite3';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { NewAuditEntry } from '../audit.ts';
import type { BuyingRole, RoleChange, RoleOf, RoleSaid } from '../people.ts';
import type { Tables } from './tables.ts';

/**
 * What was said here, by person: `person_id`, `role`, `set_by`, `set_at`. An id may have been told to be another one, and
 * that one with an e-mail, two steps as in `person-row.ts`; what was said of whom it became stands first, then the latest.
 */
const saidOfPersons = sql`(
  select person_id, role, set_by, set_at, max(is_own * 100000000000000 + set_at) from (
    select coalesce(b.person_id, a.person_id, p.id) as person_id, r.role, r.set_by, r.set_at, a.key is null as is_own
    from person_role r left join person p on p.key = r.key
    left join person_alias a on a.key = r.key
    left join person q on q.id = a.person_id
    left join person_alias b on b.key = q.key)
  where person_id is not null group by person_id)`;

/**
 * Numbers of the persons who have a role, as a statement: it costs by those who have one, and not by visits.
 * @param role its name, or a column that has one
 */
export function holdersOf(role: string | RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select person_id from ${saidOfPersons} where role = ${role}
    union select p.id from contact c join person p on p.key = c.key
      where c.role = ${role} and p.id not in (select person_id from ${saidOfPersons})`;
}

interface SaidRow {
  role: string | null;
  set_by: string;
  set_at: number;
}

const saidOf = ({ role, set_by, set_at }: SaidRow): RoleSaid => ({
  role: role as BuyingRole | null,
  by: set_by,
  at: set_at,
});

/** @param keys of contacts whom nobody has seen */
export async function readRolesSaid(
  db: Kysely<Tables>,
  personIds: readonly number[],
  keys: readonly string[],
): Promise<{ ofPersons: Map<number, RoleSaid>; ofKeys: Map<string, RoleSaid> }> {
  const persons = await sql<SaidRow & { person_id: number }>`
    select person_id, role, set_by, set_at from ${saidOfPersons}
    where person_id in (select value from json_each(${JSON.stringify(personIds)}))`.execute(db);
  const contacts = await sql<SaidRow & { key: string }>`
    select key, role, set_by, set_at from person_role
    where key in (select value from json_each(${JSON.stringify(keys)}))`.execute(db);
  return {
    ofPersons: new Map(persons.rows.map((row) => [row.person_id, saidOf(row)])),
    ofKeys: new Map(contacts.rows.map((row) => [row.key, saidOf(row)])),
  };
}

/** @param audit writes into the transaction that is open */
export function roleStatements(db: Database, audit: (entry: NewAuditEntry, now: number) => void) {
  type Whom = { key: string; label: string };
  const person = db.prepare<[number], Whom>('select key, label from person where id = ?');
  const contact = db.prepare<[number], Whom>(
    `select key, coalesce(email, name, linkedin, 'somebody') as label from contact where id = ?`,
  );
  const put = db.prepare(`
    insert into person_role (key, role, set_by, set_at) values (?, ?, ?, ?)
    on conflict do update set role = excluded.role, set_by = excluded.set_by, set_at = excluded.set_at`);
  const known = db.prepare<[string], { role: string | null }>('select role from person_role where key = ?');
  const drop = db.prepare('delete from person_role where key = ?');
  // Those whom they were before they were known by this key: else what was said of them then would count again.
  const dropBefore = db.prepare(`
    delete from person_role where key in (
      select r.key from person_role r join person_alias a on a.key = r.key
      left join person q on q.id = a.person_id left join person_alias b on b.key = q.key
      where coalesce(b.person_id, a.person_id) = ?)`);

  const say = db.transaction((of: RoleOf, role: RoleChange, by: string, now: number): Whom | null => {
    const whom = 'personId' in of ? person.get(of.personId) : contact.get(of.contactId);
    if (whom === undefined) return null;
    const kept = role === 'none' ? null : role;
    if (role !== null && known.get(whom.key)?.role === kept) return whom;
    drop.run(whom.key);
    if ('personId' in of) dropBefore.run(of.personId);
    if (role !== null) put.run(whom.key, kept, by, now);
    audit(
      { who: by, what: 'buying-role', subject: whom.label, detail: { role: role ?? 'as files say' } },
      now,
    );
    return whom;
  });

  return {
    say(of: RoleOf, role: RoleChange, by: string, now: number): { label: string } | null {
      const whom = say.immediate(of, role, by, now);
      return whom && { label: whom.label };
    },
  };
}
