/** Notes on a company: written by a key, changed and removed by it, or with `settings:write` by any. */
import { z } from '@hono/zod-openapi';
import { type AccountNote, maxNoteLength } from '../../store/marks.ts';
import { readNote } from '../../typed/mark.ts';
import { accountHome } from '../account-home.ts';
import { type Asked, type Operation, operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { byId, countedPageOf, iso, isoOrNull, nextOffset, paging, time } from '../shapes.ts';

const maxJsonBytes = 32 * 1_024;

const shape = z
  .object({
    id: z.int(),
    account: z.int().openapi({ description: 'The account that it was written on.' }),
    text: z.string(),
    writtenBy: z.string(),
    writtenAt: time('When it was written.'),
    editedBy: z.string().nullable(),
    editedAt: z.iso.datetime().nullable(),
  })
  .openapi('Note');

const example: z.input<typeof shape> = {
  id: 12,
  account: 7,
  text: 'Wants a quote by Friday.',
  writtenBy: 'key crm',
  writtenAt: '2026-11-20T15:04:30.000Z',
  editedBy: null,
  editedAt: null,
};

const told = ({ accountId, writtenAt, editedAt, ...note }: AccountNote): z.input<typeof shape> => ({
  ...note,
  account: accountId,
  writtenAt: iso(writtenAt),
  editedAt: isoOrNull(editedAt),
});

const draft = z
  .strictObject({
    text: z
      .string()
      .max(maxNoteLength * 2)
      .openapi({ description: `At most ${maxNoteLength} letters.` }),
  })
  .openapi('NewNote');

/** The text as it is kept. */
function textOf(sent: string): string {
  const text = readNote(sent);
  if (text === null) throw new Problem('refused', `body.text: a note has at most ${maxNoteLength} letters`);
  if (text === '') throw new Problem('refused', 'body.text: is empty; to remove a note there is DELETE');
  return text;
}

async function ownNote(asked: Asked<{ id: number }, unknown, unknown>): Promise<AccountNote> {
  const { store, path, caller } = asked;
  const note = await store.note(path.id);
  if (note === null) throw new Problem('not-found', `there is no note ${path.id}`);
  if (note.writtenBy !== caller.by && !caller.may('settings:write'))
    throw new Problem(
      'not-allowed',
      `note ${note.id} is ${note.writtenBy}’s; to change it takes a key with settings:write`,
    );
  return note;
}

export const notes: readonly Operation[] = [
  operation({
    id: 'list-notes',
    method: 'get',
    path: '/accounts/{id}/notes',
    needs: 'accounts:read',
    summary: 'Read the notes on a company',
    description: 'The newest first; also those of companies that were merged into it.',
    params: byId('account'),
    query: z.strictObject(paging),
    answer: {
      status: 200,
      description: 'One page of notes.',
      schema: countedPageOf(shape),
      example: { data: [example], next: null, total: 1 },
    },
    async handle(asked) {
      const { query, cursors, store } = asked;
      const id = await accountHome(asked, asked.path.id);
      const list = `notes ${id}`;
      const [offset = 0] = query.cursor === undefined ? [] : cursors.read(list, query.cursor);
      const all = await store.notes(id);
      const shown = all.slice(offset, offset + query.limit);
      const next = nextOffset(offset, shown.length, all.length);
      return {
        data: shown.map(told),
        next: next === null ? null : cursors.make(list, [next]),
        total: all.length,
      };
    },
  }),
  operation({
    id: 'add-note',
    method: 'post',
    path: '/accounts/{id}/notes',
    needs: 'accounts:mark',
    summary: 'Write a note on a company',
    description: 'Under this key’s name; everybody reads it.',
    params: byId('account'),
    body: {
      type: 'application/json',
      maxBytes: maxJsonBytes,
      schema: draft,
      example: { text: example.text },
    },
    answer: { status: 201, description: 'The note.', schema: shape, example },
    async handle(asked) {
      const id = await accountHome(asked, asked.path.id);
      return told(await asked.store.addNote(id, textOf(asked.body.text), asked.caller.by, asked.now()));
    },
  }),
  operation({
    id: 'edit-note',
    method: 'put',
    path: '/notes/{id}',
    needs: 'accounts:mark',
    summary: 'Change a note',
    description: 'One that this key wrote; with `settings:write`, any.',
    params: byId('note'),
    body: {
      type: 'application/json',
      maxBytes: maxJsonBytes,
      schema: draft,
      example: { text: example.text },
    },
    answer: { status: 200, description: 'The note as it is now.', schema: shape, example },
    async handle(asked) {
      const note = await ownNote(asked);
      const text = textOf(asked.body.text);
      if (text === note.text) return told(note);
      const edited = await asked.store.editNote(note.id, text, asked.caller.by, asked.now());
      if (edited === null) throw new Problem('not-found', `there is no note ${note.id}`);
      return told(edited);
    },
  }),
  operation({
    id: 'remove-note',
    method: 'delete',
    path: '/notes/{id}',
    needs: 'accounts:mark',
    summary: 'Remove a note',
    description: 'For good. One that this key wrote; with `settings:write`, any.',
    params: byId('note'),
    answer: { status: 200, description: 'The note as it was.', schema: shape, example },
    async handle(asked) {
      const note = await ownNote(asked);
      await asked.store.removeNote(note.id);
      return told(note);
    },
  }),
];
