/** The account that an operation is about. */
import type { Asked } from './operation.ts';
import { Problem } from './problem.ts';

/**
 * The account that one is now: after merges, another.
 * @throws Problem if there is none of that number
 */
export async function accountHome(asked: Pick<Asked<unknown, unknown, unknown>, 'store'>, id: number) {
  const home = await asked.store.accountHome(id);
  if (home === null)
    throw new Problem('not-found', `there is no account ${id}; GET /api/v1/accounts lists them`);
  return home;
}
