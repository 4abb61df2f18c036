/** Reads what a form wants to be marked. */
import { z } from 'zod';
import type { MarkChange } from '../collector/store/marks.ts';
import { ownerProblem, readTag, tagProblem } from '../collector/typed/mark.ts';
import { mostRows } from './accounts-filter.ts';
import type { User } from './roles.ts';

const ids = z.array(z.coerce.number().int().positive());

/** Companies that were chosen: ticked one by one, or everything on the page. */
export function chosenAccounts(form: URLSearchParams): number[] {
  const asked = form.has('every') ? (form.get('listed') ?? '').split(',') : form.getAll('id');
  const read = ids.safeParse(asked.filter((text) => text !== '').slice(0, mostRows));
  return read.success ? [...new Set(read.data)] : [];
}

/**
 * What is to be done.
 * @param emails of everybody who may own a company
 * @returns null where there is nothing to do, as on Enter in an empty field
 */
export function readChange(
  form: URLSearchParams,
  user: User,
  emails: readonly string[],
): { change: MarkChange } | { refused: string } | null {
  const kind = form.get('do');
  switch (kind) {
    case 'follow':
    case 'unfollow':
    case 'hide':
    case 'unhide':
      return { change: { kind } };
    case 'take':
      return { change: { kind: 'assign', owner: user.email } };
    case 'assign': {
      const owner = form.get('owner');
      // Whoever is in a file and no user stands there, but cannot be sent.
      if (owner === null) return null;
      if (owner === '') return { change: { kind, owner: null } };
      const refused = ownerProblem(owner, emails);
      return refused === null ? { change: { kind, owner } } : { refused };
    }
    case 'tag':
    case 'untag': {
      const tag = readTag(form.get('tag') ?? '');
      if (tag === '') return null;
      const refused = tagProblem(tag);
      return refused === null ? { change: { kind, tag } } : { refused };
    }
    default:
      return { refused: 'That form is not known here; open the page again.' };
  }
}
