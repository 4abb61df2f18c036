/** Writes what people mark on accounts; each change in one transaction, with the rows as they were for the way back. */
import type { Database } from 'better-sqlite3';
import type { Selectable } from 'kysely';
import { dayMs } from '../../time.ts';
import {
  type AccountNote,
  type MarkChange,
  type MarksChanged,
  maxNoteLength,
  maxTagLength,
  maxTags,
  type UserSetting,
} from '../marks.ts';
import { changeOfRow, noteOf } from './mark-reads.ts';
import { claimWeight, ownerClaims } from './marked.ts';
import type { StoredSay } from './say.ts';
import type { Tables } from './tables.ts';

/**
 * A second opening within it is not worth a write, and is of the same sitting: what was new when it began is new until
 * its end.
 */
export const sittingMs = dayMs / 24;

type Row = Record<string, string | number | null>;
type Change = Selectable<Tables['mark_change']>;

/** What one kind of change does to one account, and how it is taken back. */
interface Doing {
  /** @returns the rows that it changed, as they were or as they are to be known by; empty: it was so already; null: refused */
  run(accountId: number, members: string, by: string, now: number): Row[] | null;
  undo(before: Row, change: Change): void;
}

/** The tag as its word: two spellings of one word are one tag. */
export const wordOf = (tag: string) => tag.toLowerCase();

export function markStatements(db: Database, say: StoredSay) {
  const among = 'account_id in (select value from json_each(@members))';
  const marked = db.prepare<[Row], Row>(
    `select account_id, marked_at from account_mark where user = @by and kind = @kind and ${among}`,
  );
  const addMark = db.prepare(`
    insert into account_mark (user, kind, account_id, marked_at) values (@by, @kind, @account_id, @marked_at)
    on conflict do nothing`);
  const dropMark = db.prepare(
    'delete from account_mark where user = @by and kind = @kind and account_id = @account_id and marked_at = @marked_at',
  );
  const ownerOf = db.prepare<[Row], { owner: string | null; is_chosen: number }>(`
    select owner, is_chosen, account_id = @accountId as is_own from (${ownerClaims}) where ${among}
    order by ${claimWeight} desc limit 1`);
  const chosenOwner = db.prepare<[number], Row>('select * from account_owner where account_id = ?');
  const setOwner = db.prepare(`
    insert into account_owner (account_id, owner, set_by, set_at) values (@account_id, @owner, @set_by, @set_at)
    on conflict do update set owner = excluded.owner, set_by = excluded.set_by, set_at = excluded.set_at`);
  const dropOwner = db.prepare('delete from account_owner where account_id = ?');
  const isSetBy = db.prepare<[Row], number>(
    'select 1 from account_owner where account_id = @account_id and set_by = @by and set_at = @at',
  );
  const tagged = db.prepare<[Row], Row>(
    `select account_id, word, tag, added_by, added_at from account_tag where word = @word and ${among}`,
  );
  const countTags = db
    .prepare<[Row], number>(`select count(distinct word) from account_tag where ${among}`)
    .pluck();
  const spelling = db.prepare<[string], string>('select min(tag) from account_tag where word = ?').pluck();
  const addTag = db.prepare(`
    insert into account_tag (account_id, word, tag, added_by, added_at)
    values (@account_id, @word, @tag, @added_by, @added_at) on conflict do nothing`);
  const dropTag = db.prepare(
    'delete from account_tag where account_id = @account_id and word = @word and added_at = @added_at',
  );
  const log = db.prepare<unknown[], Change>(`
    insert into mark_change (change, accounts, refused, before, made_by, made_at) values (?, ?, ?, ?, ?, ?)
    returning *`);
  const findChange = db.prepare<[number], Change>('select * from mark_change where id = ?');
  const setUndone = db.prepare<unknown[], Change>(
    'update mark_change set undone_at = ? where id = ? returning *',
  );
  const exists = db.prepare<[number]>('select 1 from account where id = ?');

  const put = (kind: 'follow' | 'hide', isOfFamily: boolean): Doing => ({
    run(accountId, members, by, now) {
      const ofWhom = isOfFamily ? members : JSON.stringify([accountId]);
      if (marked.all({ by, kind, members: ofWhom }).length > 0) return [];
      addMark.run({ by, kind, account_id: accountId, marked_at: now });
      return [{ account_id: accountId, marked_at: now }];
    },
    undo: (before, { made_by }) => dropMark.run({ ...before, kind, by: made_by }),
  });
  const take = (kind: 'follow' | 'hide', isOfFamily: boolean): Doing => ({
    run(accountId, members, by) {
      const rows = marked.all({ by, kind, members: isOfFamily ? members : JSON.stringify([accountId]) });
      for (const row of rows) dropMark.run({ ...row, kind, by });
      return rows;
    },
    undo: (before, { made_by }) => addMark.run({ ...before, kind, by: made_by }),
  });
  const assign = (owner: string | null): Doing => ({
    run(accountId, members, by, now) {
      const known = ownerOf.get({ accountId, members });
      const isSo = owner === null ? !known?.owner : known?.is_chosen === 1 && known.owner === owner;
      if (isSo) return [];
      const row = chosenOwner.get(accountId) ?? { account_id: accountId, set_at: null };
      setOwner.run({ account_id: accountId, owner, set_by: by, set_at: now });
      return [row];
    },
    undo(before, { made_by, made_at }) {
      const accountId = Number(before.account_id);
      // Somebody else may have chosen since.
      if (isSetBy.get({ account_id: accountId, by: made_by, at: made_at }) === undefined) return;
      if (before.set_at === null) dropOwner.run(accountId);
      else setOwner.run(before);
    },
  });
  const tag = (typed: string): Doing => {
    const word = wordOf(typed);
    return {
      run(accountId, members, by, now) {
        if (tagged.all({ word, members }).length > 0) return [];
        if ((countTags.get({ members }) ?? 0) >= maxTags) return null;
        const row = {
          account_id: accountId,
          word,
          tag: spelling.get(word) ?? typed,
          added_by: by,
          added_at: now,
        };
        addTag.run(row);
        return [row];
      },
      undo: (before) => dropTag.run(before),
    };
  };
  const untag = (typed: string): Doing => ({
    run(_accountId, members) {
      const rows = tagged.all({ word: wordOf(typed), members });
      for (const row of rows) dropTag.run(row);
      return rows;
    },
    undo: (before) => addTag.run(before),
  });
  function doingOf(change: MarkChange): Doing {
    switch (change.kind) {
      case 'follow':
        return put('follow', true);
      case 'unfollow':
        return take('follow', true);
      case 'hide':
        return put('hide', false);
      case 'unhide':
        return take('hide', false);
      case 'assign':
        return assign(change.owner);
      case 'tag':
        if (change.tag.length > maxTagLength) throw new Error(`a tag has at most ${maxTagLength} letters`);
        return tag(change.tag);
      case 'untag':
        return untag(change.tag);
    }
  }

  const mark = db.transaction(
    (accountIds: readonly number[], change: MarkChange, by: string, now: number): MarksChanged => {
      say.refresh();
      const rulings = say.rulings();
      const doing = doingOf(change);
      const before: Row[] = [];
      let accounts = 0;
      let refused = 0;
      for (const id of new Set(accountIds.map((one) => rulings.root(one)))) {
        if (exists.get(id) === undefined) continue;
        const rows = doing.run(id, JSON.stringify(rulings.members(id)), by, now);
        if (rows === null) refused += 1;
        else if (rows.length > 0) accounts += 1;
        before.push(...(rows ?? []));
      }
      return changeOfRow(
        made(log.get(JSON.stringify(change), accounts, refused, JSON.stringify(before), by, now)),
      );
    },
  );

  const undo = db.transaction((id: number, now: number): MarksChanged | null => {
    const row = findChange.get(id);
    if (row === undefined) return null;
    if (row.undone_at !== null) return changeOfRow(row);
    const doing = doingOf(changeOfRow(row).change);
    for (const before of JSON.parse(row.before) as Row[]) doing.undo(before, row);
    return changeOfRow(made(setUndone.get(now, id)));
  });

  // A visit since then is one that this look saw and the last one did not.
  const looked = db.prepare<[Row]>(`
    insert into account_look (account_id, user, looked_at) values (@accountId, @user, @now)
    on conflict do update set looked_at = excluded.looked_at,
      before_at = case when looked_at <= @now - ${sittingMs} then looked_at else before_at end
    where looked_at <= @now - ${sittingMs}
      or looked_at <= (select max(last_at) from account_total where account_id = @accountId)`);
  type Note = Selectable<Tables['account_note']>;
  const addNote = db.prepare<unknown[], Note>(
    'insert into account_note (account_id, text, written_by, written_at) values (?, ?, ?, ?) returning *',
  );
  const editNote = db.prepare<unknown[], Note>(
    'update account_note set text = ?, edited_by = ?, edited_at = ? where id = ? returning *',
  );
  const removeNote = db.prepare('delete from account_note where id = ?');
  const setSetting = db.prepare(`
    insert into user_setting (user, name, value) values (?, ?, ?)
    on conflict do update set value = excluded.value`);

  return {
    mark: (accountIds: readonly number[], change: MarkChange, by: string, now: number) =>
      mark.immediate(accountIds, change, by, now),
    undo: (id: number, now: number) => undo.immediate(id, now),
    looked(accountId: number, user: string, now: number): void {
      looked.run({ accountId, user, now });
    },
    addNote: (accountId: number, text: string, by: string, now: number): AccountNote =>
      noteOf(made(addNote.get(accountId, bounded(text), by, now))),
    editNote(id: number, text: string, by: string, now: number): AccountNote | null {
      const row = editNote.get(bounded(text), by, now, id);
      return row === undefined ? null : noteOf(row);
    },
    removeNote: (id: number): boolean => removeNote.run(id).changes > 0,
    setSetting(user: string, name: UserSetting, value: string): void {
      setSetting.run(user, name, value);
    },
  };
}

function bounded(text: string): string {
  if (text.length > maxNoteLength) throw new Error(`a note has at most ${maxNoteLength} letters`);
  return text;
}

function made<Value>(row: Value | undefined): Value {
  if (row === undefined) throw new Error('what was just written is gone');
  return row;
}
