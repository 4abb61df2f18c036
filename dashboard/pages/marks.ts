/** What the list's and a company's forms mark, and the way back; and how somebody likes their list. */
import { z } from 'zod';
import { filterHref, readFilter } from '../accounts-filter.ts';
import { readForm, readFormWhole } from '../form.ts';
import type { House, Page } from '../house.ts';
import { columns, readColumns, usualColumns } from '../list-columns.ts';
import { chosenAccounts, readChange } from '../mark-input.ts';
import { mayManageAccounts } from '../roles.ts';
import { safePath } from '../safe-path.ts';
import { problem } from './problem.tsx';

const id = z.coerce.number().int().positive();

function withDid(path: string, changeId: number): string {
  const url = new URL(path, 'http://here.invalid');
  url.searchParams.set('did', String(changeId));
  return url.pathname + url.search + url.hash;
}

/** Where a form of the list came from: its filter is among its fields; a company's page says `back`. */
async function backOf(house: House, form: URLSearchParams): Promise<string> {
  const back = form.get('back');
  if (back !== null) return safePath(back);
  const filter = readFilter(Object.fromEntries(form), await house.store.sites());
  return filterHref('/accounts', filter, { page: filter.page });
}

export function markAccounts(house: House): Page {
  return async (c) => {
    const form = await readFormWhole(c);
    const user = c.get('user');
    const back = await backOf(house, form);
    const accounts = chosenAccounts(form);
    const read = readChange(form, user, await house.auth.emails());
    if (read !== null && 'refused' in read)
      return problem(c, house, 400, 'Nothing was changed', read.refused);
    if (read === null || accounts.length === 0) return c.redirect(back, 303);
    const made = await house.store.mark(accounts, read.change, user.email, house.now());
    return c.redirect(withDid(back, made.id), 303);
  };
}

export function undoMark(house: House): Page {
  return async (c) => {
    const asked = id.safeParse(c.req.param('id'));
    const change = asked.success ? await house.store.markChange(asked.data) : null;
    const back = safePath((await readForm(c))('back'));
    if (!change) return problem(c, house, 404, 'No such change', 'It may have been mistyped.');
    const user = c.get('user');
    // Whom somebody follows or hides is theirs alone; owners and tags are everybody's.
    const isShared = ['assign', 'tag', 'untag'].includes(change.change.kind);
    if (user.email !== change.madeBy && !(isShared && mayManageAccounts(user)))
      return problem(c, house, 403, 'Not yours to undo', 'Ask whoever did it.');
    await house.store.undoMark(change.id, house.now());
    return c.redirect(withDid(back, change.id), 303);
  };
}

/** Keeps which columns somebody likes, and shows the list with them; the address has them too, to be handed on. */
export function keepColumns(house: House): Page {
  return async (c) => {
    const form = await readFormWhole(c);
    const asked = form.has('usual') ? usualColumns : readColumns(form.getAll('column').join(','));
    const chosen = columns.filter((column) => (asked ?? usualColumns).includes(column));
    await house.store.setUserSetting(c.get('user').email, 'columns', chosen.join(','));
    form.delete('columns');
    const filter = readFilter(Object.fromEntries(form), await house.store.sites());
    return c.redirect(filterHref('/accounts', filter, { columns: chosen, page: filter.page }), 303);
  };
}

/** Switches the list's one-letter keys off, or on again. */
export function keepKeys(house: House): Page {
  return async (c) => {
    const form = await readForm(c);
    await house.store.setUserSetting(c.get('user').email, 'keys', form('keys') === 'off' ? 'off' : 'on');
    return c.redirect(safePath(form('back')), 303);
  };
}
