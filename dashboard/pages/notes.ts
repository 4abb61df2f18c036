/** Notes on a company: written by whoever is signed in; changed and removed by who wrote them, or an owner. */
import type { Context } from 'hono';
import { z } from 'zod';
import { type AccountNote, maxNoteLength } from '../../collector/store/marks.ts';
import { readForm } from '../form.ts';
import type { Env, House, Page } from '../house.ts';
import { mayChangeNote } from '../roles.ts';
import { number } from '../words.ts';
import { problem } from './problem.tsx';

const id = z.coerce.number().int().positive();

/** A note as it is kept: lines end as they do here, and none is empty at the end. @returns null: too long */
function readText(typed: string): string | null {
  const text = typed.replace(/\r\n?/g, '\n').trim();
  return text.length > maxNoteLength ? null : text;
}

const tooLong = (c: Context<Env>, house: House) =>
  problem(
    c,
    house,
    400,
    'That note is too long',
    `A note has at most ${number(maxNoteLength)} letters. Go back to shorten it, or make two of it.`,
  );

export function addNote(house: House): Page {
  return async (c) => {
    const asked = id.safeParse(c.req.param('id'));
    const home = asked.success ? await house.store.accountHome(asked.data) : null;
    if (home === null) return problem(c, house, 404, 'No such company', 'It may have been mistyped.');
    const text = readText((await readForm(c))('text'));
    if (text === null) return tooLong(c, house);
    if (text !== '') await house.store.addNote(home, text, c.get('user').email, house.now());
    return c.redirect(`/accounts/${home}/notes`, 303);
  };
}

/** Does something to the note of the address, if it may be done; then shows its company. */
function withNote(
  house: House,
  change: (c: Context<Env>, note: AccountNote) => Promise<Response | undefined>,
): Page {
  return async (c) => {
    const asked = id.safeParse(c.req.param('id'));
    const note = asked.success ? await house.store.note(asked.data) : null;
    if (note === null) return problem(c, house, 404, 'No such note', 'Somebody may have removed it.');
    if (!mayChangeNote(c.get('user'), note))
      return problem(c, house, 403, 'Not yours to change', `Ask ${note.writtenBy}, who wrote it.`);
    const answer = await change(c, note);
    return answer ?? c.redirect(`/accounts/${note.accountId}/notes`, 303);
  };
}

export const editNote = (house: House): Page =>
  withNote(house, async (c, note) => {
    const text = readText((await readForm(c))('text'));
    if (text === null) return tooLong(c, house);
    // Emptying one is not removing it: that has a button of its own.
    if (text !== '' && text !== note.text)
      await house.store.editNote(note.id, text, c.get('user').email, house.now());
    return undefined;
  });

export const removeNote = (house: House): Page =>
  withNote(house, async (_c, note) => {
    await house.store.removeNote(note.id);
    return undefined;
  });
