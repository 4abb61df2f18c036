/** Where an address of a person leads by now, and whose account an e-mail address or a domain is. */
import { type Kysely, sql } from 'kysely';
import { accountKeyOf } from '../../identify/account.ts';
import { domainKeyPrefix } from '../../identify/domain-key.ts';
import type { PersonRef } from '../person.ts';
import type { Tables } from './tables.ts';

/** Latest visits that are looked at for where somebody works. */
const maxLooked = 200;

/** @returns null if there is nobody of that number */
export async function readPersonHome(db: Kysely<Tables>, ref: PersonRef): Promise<PersonRef | null> {
  if (ref.kind === 'visitor') return visitorHome(db, ref.id);
  if (ref.kind === 'contact') return contactHome(db, ref.id);
  const { rows } = await sql<{ key: string; home: number }>`
    select p.key, coalesce(b.person_id, a.person_id, p.id) as home from person p
    left join person_alias a on a.key = p.key left join person o on o.id = a.person_id
    left join person_alias b on b.key = o.key
    where p.id = ${ref.id}`.execute(db);
  const [row] = rows;
  // What stands for an employer is nobody in particular.
  if (row === undefined || row.key.startsWith(domainKeyPrefix)) return null;
  return { kind: 'person', id: row.home };
}

async function visitorHome(db: Kysely<Tables>, id: number): Promise<PersonRef | null> {
  const visitor = await db.selectFrom('visitor').select('via').where('id', '=', id).executeTakeFirst();
  if (visitor === undefined) return null;
  const latest = await db
    .selectFrom('session')
    .select('person_id')
    .where('visitor_id', '=', id)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (latest?.person_id) return { kind: 'person', id: latest.person_id };
  // A file's word that it was with a company, and with nobody whom it names.
  return visitor.via === 'import' ? null : { kind: 'visitor', id };
}

async function contactHome(db: Kysely<Tables>, id: number): Promise<PersonRef | null> {
  const contact = await db
    .selectFrom('contact as c')
    .leftJoin('person as p', 'p.key', 'c.key')
    .select('p.id')
    .where('c.id', '=', id)
    .executeTakeFirst();
  if (contact === undefined) return null;
  return contact.id === null ? { kind: 'contact', id } : { kind: 'person', id: contact.id };
}

/** @param rootOf where an account's visits are now */
export async function readAccountBy(
  db: Kysely<Tables>,
  asked: { email: string } | { domain: string },
  rootOf: (accountId: number) => number,
): Promise<number | null> {
  const known = 'email' in asked ? await accountOfEmail(db, asked.email.trim().toLowerCase()) : null;
  if (known !== null) return rootOf(known);
  const key = accountKeyOf(asked);
  if (key === null) return null;
  const account = await db.selectFrom('account').select('id').where('key', '=', key).executeTakeFirst();
  return account === undefined ? null : rootOf(account.id);
}

/** Where the one with this e-mail was last, or is said to work: also of a free-mail address, and of a second employer. */
async function accountOfEmail(db: Kysely<Tables>, email: string): Promise<number | null> {
  const key = `mailto:${email}`;
  const { rows } = await sql<{ account_id: number }>`
    select account_id from (
      select s.account_id, s.started_at from person p join session s on s.person_id = p.id
      where p.key = ${key} order by s.started_at desc limit ${maxLooked})
    where account_id is not null order by started_at desc limit 1`.execute(db);
  if (rows[0] !== undefined) return rows[0].account_id;
  const contact = await db
    .selectFrom('contact')
    .select('account_id')
    .where('key', '=', key)
    .executeTakeFirst();
  return contact?.account_id ?? null;
}
