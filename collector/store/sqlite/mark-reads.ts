/** Reads what is marked on accounts, and how many each list has. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type {
  AccountMarks,
  AccountNote,
  ListCounts,
  MarkChange,
  MarksChanged,
  UserSetting,
} from '../marks.ts';
import type { Period } from '../store.ts';
import { members } from './account-sums.ts';
import { newSince } from './accounts.ts';
import { countListed, followed, hidden, owners } from './marked.ts';
import { type Merged, mergedTable } from './merged.ts';
import type { Tables } from './tables.ts';

export async function readListCounts(
  db: Kysely<Tables>,
  merged: Merged,
  within: { siteId: number | null; period: Period },
  user: string,
): Promise<ListCounts> {
  const around = { merged, newSince: newSince(within.period) };
  const { rows } = await countListed(members(within), user, around).execute(db);
  const found = rows[0];
  if (found === undefined) throw new Error('a count without a group has one row');
  return found;
}

export async function readMarks(
  db: Kysely<Tables>,
  merged: Merged,
  accountIds: readonly number[],
  user: string,
): Promise<Map<number, AccountMarks>> {
  if (accountIds.length === 0) return new Map();
  const asked = sql`(select value as id from json_each(${JSON.stringify(accountIds)}))`;
  // An account and what is merged into it: of each, what is marked.
  const family = sql`(select id, id as root from ${asked} union all select id, root from ${mergedTable(merged)})`;
  const { rows } = await sql<{
    id: number;
    is_followed: number;
    is_hidden: number;
    owner: string | null;
    is_chosen: number | null;
    looked_at: number | null;
    industry: string | null;
    size: string | null;
  }>`
    select asked.id,
      asked.id in (${followed(user, merged)}) as is_followed,
      asked.id in (${hidden(user)}) as is_hidden,
      o.owner, o.is_chosen,
      (select max(looked_at) from account_look where account_id in (select id from ${family} where root = asked.id)) as looked_at,
      p.industry, p.size
    from ${asked} asked
    left join (${owners(merged, sql`select id from ${asked}`)}) o on o.account_id = asked.id
    left join profile p on p.account_id = (
      select f.account_id from profile f where f.account_id in (select id from ${family} where root = asked.id)
      order by f.account_id = asked.id desc, f.imported_at desc limit 1)`.execute(db);
  const { rows: tagged } = await sql<{ root: number; tag: string }>`
    select family.root, t.tag from ${family} family join account_tag t on t.account_id = family.id
    where family.root in (select id from ${asked}) group by family.root, t.word order by t.word`.execute(db);
  return new Map(
    rows.map((row): [number, AccountMarks] => [
      row.id,
      {
        isFollowed: row.is_followed === 1,
        isHidden: row.is_hidden === 1,
        owner: row.owner === null ? null : { name: row.owner, isChosen: row.is_chosen === 1 },
        tags: tagged.filter(({ root }) => root === row.id).map(({ tag }) => tag),
        lookedAt: row.looked_at,
        industry: row.industry,
        size: row.size,
      },
    ]),
  );
}

/** Tags told at most. */
const maxKnownTags = 500;

export async function readTags(
  db: Kysely<Tables>,
  merged: Merged,
): Promise<{ tag: string; accounts: number }[]> {
  const { rows } = await sql<{ tag: string; accounts: number }>`
    select min(t.tag) as tag, count(distinct coalesce(moved.root, t.account_id)) as accounts
    from account_tag t left join ${mergedTable(merged)} moved on moved.id = t.account_id
    group by t.word order by accounts desc, t.word limit ${maxKnownTags}`.execute(db);
  return rows;
}

/** Notes shown of one account at most. */
const maxNotes = 200;

export async function readNotes(db: Kysely<Tables>, members: readonly number[]): Promise<AccountNote[]> {
  const rows = await db
    .selectFrom('account_note')
    .selectAll()
    .where('account_id', 'in', members)
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
    .limit(maxNotes)
    .execute();
  return rows.map(noteOf);
}

export async function readNote(db: Kysely<Tables>, id: number): Promise<AccountNote | null> {
  const row = await db.selectFrom('account_note').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : noteOf(row);
}

export function noteOf(row: Selectable<Tables['account_note']>): AccountNote {
  return {
    id: row.id,
    accountId: row.account_id,
    text: row.text,
    writtenBy: row.written_by,
    writtenAt: row.written_at,
    editedBy: row.edited_by,
    editedAt: row.edited_at,
  };
}

export async function readMarkChange(db: Kysely<Tables>, id: number): Promise<MarksChanged | null> {
  const row = await db.selectFrom('mark_change').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : changeOfRow(row);
}

export function changeOfRow(row: Selectable<Tables['mark_change']>): MarksChanged {
  return {
    id: row.id,
    change: JSON.parse(row.change) as MarkChange,
    accounts: row.accounts,
    refused: row.refused,
    madeBy: row.made_by,
    madeAt: row.made_at,
    undoneAt: row.undone_at,
  };
}

export async function readUserSetting(
  db: Kysely<Tables>,
  user: string,
  name: UserSetting,
): Promise<string | null> {
  const row = await db
    .selectFrom('user_setting')
    .select('value')
    .where('user', '=', user)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value ?? null;
}
