/** Contacts from files: each is what all imports in force say of them, the later over the earlier. */
import type { Database } from 'better-sqlite3';
import { accountOfContact } from '../../identify/account.ts';
import type { ContactRow, ContactSays } from '../people.ts';
import type { AppendOutcome } from '../store.ts';
import type { AccountIds } from './account-row.ts';
import type { Sayings } from './sayings.ts';
import type { Tables } from './tables.ts';

/** What one import said of a contact. */
interface Said extends ContactSays {
  accountId: number | null;
}

const nothing: Said = {
  accountId: null,
  email: null,
  name: null,
  title: null,
  department: null,
  phone: null,
  role: null,
  linkedin: null,
  attributes: {},
};

export function contactStatements(db: Database, accounts: AccountIds, sayings: Sayings) {
  const find = db.prepare<[string], Tables['contact'] & { id: number }>(
    'select * from contact where key = ?',
  );
  const insert = db
    .prepare<[string, number], number>(
      `insert into contact (key, attributes, changed_at) values (?, '{}', ?) returning id`,
    )
    .pluck();
  const update = db.prepare(`
    update contact set account_id = @accountId, email = @email, name = @name, title = @title, department = @department,
      phone = @phone, role = @role, linkedin = @linkedin, attributes = @attributes, changed_at = @now
    where id = @id`);
  const remove = db.prepare('delete from contact where id = ?');

  /** What all imports in force say of a contact together. */
  function put(id: number, said: readonly Said[], now: number): void {
    const all = said.reduce(over, nothing);
    update.run({ ...all, attributes: JSON.stringify(all.attributes), id, now });
  }

  function take(row: ContactRow, now: number, importId: number): AppendOutcome {
    const { company, ...says } = row;
    const said: Said = { ...says, accountId: company && accounts.id(accountOfContact(company)) };
    const key = keyOf(row, said.accountId);
    const known = find.get(key);
    const id = known?.id ?? insert.get(key, now) ?? 0;
    const before = sayings.of(id).map(({ said: json }) => JSON.parse(json) as Said);
    const own = sayings.find(id, importId);
    // Two rows of one file about the same person are one saying.
    sayings.put(id, importId, JSON.stringify(own === null ? said : over(JSON.parse(own) as Said, said)));
    const after = sayings.of(id).map(({ said: json }) => JSON.parse(json) as Said);
    if (known && JSON.stringify(before.reduce(over, nothing)) === JSON.stringify(after.reduce(over, nothing)))
      return 'duplicate';
    put(id, after, now);
    return 'stored';
  }

  const run = db.transaction((rows: readonly ContactRow[], now: number, importId: number) =>
    rows.map((row) => take(row, now, importId)),
  );
  return {
    importContacts(rows: readonly ContactRow[], now: number, importId: number): AppendOutcome[] {
      try {
        return run.immediate(rows, now, importId);
      } catch (error) {
        accounts.forget();
        throw error;
      }
    },
    /** What remains of a contact after an import's saying was taken away. */
    restore(id: number, now: number): void {
      const rest = sayings.of(id).map(({ said }) => JSON.parse(said) as Said);
      if (rest.length === 0) remove.run(id);
      else put(id, rest, now);
    },
  };
}

/** The later saying over the earlier: what it leaves open stays. */
function over(earlier: Said, later: Said): Said {
  return {
    accountId: later.accountId ?? earlier.accountId,
    email: later.email ?? earlier.email,
    name: later.name ?? earlier.name,
    title: later.title ?? earlier.title,
    department: later.department ?? earlier.department,
    phone: later.phone ?? earlier.phone,
    role: later.role ?? earlier.role,
    linkedin: later.linkedin ?? earlier.linkedin,
    attributes: { ...earlier.attributes, ...later.attributes },
  };
}

/** The e-mail's key is that of the person whom we may have seen. */
function keyOf({ email, linkedin, name }: ContactRow, accountId: number | null): string {
  if (email !== null) return `mailto:${email}`;
  if (linkedin !== null) return `page:${linkedin.toLowerCase()}`;
  return `name:${accountId ?? ''}/${(name ?? '').toLowerCase()}`;
}
