/** Reads the people of an account: those seen on the site or met away from it, and contacts whom nobody has seen. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { AccountPerson, BuyingRole, RoleSaid } from '../people.ts';
import { readRolesSaid } from './roles.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** People of either sort told at most. */
const maxPeople = 500;

type Contact = Selectable<Tables['contact']>;
type SeenRow = {
  person_id: number;
  key: string;
  label: string;
  first_at: number | null;
  last_at: number | null;
  visits: number;
  pages: number;
  touchpoints: number;
};

/** @param members the account and those merged into it */
export async function readPeople(
  db: Kysely<Tables>,
  accountId: number,
  members: readonly number[],
): Promise<AccountPerson[]> {
  const { rows } = await sql<SeenRow>`
    select s.person_id, p.key, p.label,
      min(case s.is_offline when 0 then s.started_at end) as first_at,
      max(case s.is_offline when 0 then s.ended_at end) as last_at,
      sum(s.is_offline = 0) as visits, sum(s.pages) as pages,
      sum(case s.is_offline when 1 then s.events else 0 end) as touchpoints
    from session s join person p on p.id = s.person_id
    where s.account_id = ${accountId} and s.person_id is not null and ${stillWanted('s.id')}
    group by s.person_id
    order by max(s.ended_at) desc, s.person_id
    limit ${maxPeople}`.execute(db);
  const keys = rows.map(({ key }) => key);
  const ofSeen =
    keys.length === 0 ? [] : await db.selectFrom('contact').selectAll().where('key', 'in', keys).execute();
  const byKey = new Map(ofSeen.map((contact) => [contact.key, contact]));
  const known = await db
    .selectFrom('contact')
    .selectAll()
    .where('account_id', 'in', members)
    .orderBy(sql`coalesce(name, email) collate nocase`)
    .orderBy('id')
    .limit(maxPeople)
    .execute();
  const unseen = known.filter(({ key }) => !byKey.has(key));
  const said = await readRolesSaid(
    db,
    rows.map((row) => row.person_id),
    unseen.map(({ key }) => key),
  );
  return [
    ...rows.map((row) =>
      personOf(row, byKey.get(row.key) ?? null, said.ofPersons.get(row.person_id) ?? null),
    ),
    ...unseen.map((contact) => personOf(null, contact, said.ofKeys.get(contact.key) ?? null)),
  ];
}

function personOf(seen: SeenRow | null, contact: Contact | null, roleSaid: RoleSaid | null): AccountPerson {
  const fileRole = (contact?.role ?? null) as BuyingRole | null;
  const email = contact?.email ?? (seen?.key.startsWith('mailto:') ? seen.label : null);
  return {
    personId: seen?.person_id ?? null,
    contactId: contact?.id ?? null,
    label: seen?.label ?? contact?.email ?? contact?.name ?? contact?.linkedin ?? 'Somebody',
    email,
    name: contact?.name ?? null,
    title: contact?.title ?? null,
    department: contact?.department ?? null,
    phone: contact?.phone ?? null,
    role: roleSaid === null ? fileRole : roleSaid.role,
    fileRole,
    roleSaid,
    linkedin: contact?.linkedin ?? null,
    attributes: contact === null ? {} : (JSON.parse(contact.attributes) as Record<string, string>),
    firstAt: seen?.first_at ?? null,
    lastAt: seen?.last_at ?? null,
    visits: seen?.visits ?? 0,
    pages: seen?.pages ?? 0,
    touchpoints: seen?.touchpoints ?? 0,
  };
}
