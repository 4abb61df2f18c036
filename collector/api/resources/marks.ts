/** What people and programs mark on companies: followed, hidden, owner, tags, looked at, notes. */
import { z } from '@hono/zod-openapi';
import { isSharedMark } from '../../typed/mark.ts';
import { accountHome } from '../account-home.ts';
import {
  changedExample,
  changedShape,
  changedTold,
  listNames,
  marksExample,
  marksShape,
  marksTold,
  maxMarked,
  newMark,
  readMark,
} from '../marks.ts';
import { operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  byId,
  count,
  countedPageOf,
  nextOffset,
  paging,
  periodIn,
  periodIs,
  periodShape,
  periodTold,
  siteIn,
  siteOf,
} from '../shapes.ts';
import { notes } from './notes.ts';

const maxJsonBytes = 16 * 1_024;

export const marks: Resource = {
  name: 'Marks',
  says: 'What people and programs mark on companies. Whom a key follows or hides is its own; owners, tags and notes are everybody’s.',
  operations: [
    operation({
      id: 'get-marks',
      method: 'get',
      path: '/accounts/{id}/marks',
      needs: 'accounts:read',
      summary: 'See what is marked on a company',
      description: 'With what was marked on those that were merged into it.',
      params: byId('account'),
      answer: { status: 200, description: 'The marks.', schema: marksShape, example: marksExample },
      async handle(asked) {
        const id = await accountHome(asked, asked.path.id);
        return marksTold((await asked.store.marks([id], asked.caller.by)).get(id));
      },
    }),
    operation({
      id: 'mark-accounts',
      method: 'post',
      path: '/marks',
      needs: 'accounts:mark',
      summary: 'Follow, hide, assign or tag companies',
      description: `One of them or up to ${maxMarked}, all or none. What is so already stays and is not counted, so the same again changes nothing.`,
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: newMark,
        example: { do: 'tag', accounts: [7, 9], tag: 'trade fair' },
      },
      answer: { status: 200, description: 'What it changed.', schema: changedShape, example: changedExample },
      async handle(asked) {
        const { store, body, caller, now } = asked;
        const known = new Set((await store.accountNames(body.accounts)).map(({ id }) => id));
        const missing = body.accounts.filter((id) => !known.has(id));
        if (missing.length > 0)
          throw new Problem(
            'refused',
            `body.accounts: there is no account ${missing.slice(0, 10).join(', ')}; GET /api/v1/accounts lists them`,
          );
        const change = await readMark(asked, body);
        return changedTold(await store.mark(body.accounts, change, caller.by, now()));
      },
    }),
    operation({
      id: 'undo-marks',
      method: 'post',
      path: '/marks/{id}/undo',
      needs: 'accounts:mark',
      summary: 'Take a change of marks back',
      description:
        'But for what somebody has changed again since; undone twice is undone once. One of this key’s own; with `accounts:write`, also an owner or a tag that somebody else set.',
      params: byId('change'),
      answer: {
        status: 200,
        description: 'The change as it is now.',
        schema: changedShape,
        example: { ...changedExample, undoneAt: '2026-11-20T15:09:00.000Z' },
      },
      async handle({ store, path, caller, now }) {
        const made = await store.markChange(path.id);
        if (made === null) throw new Problem('not-found', `there is no change ${path.id}`);
        if (made.madeBy !== caller.by && !(isSharedMark(made.change) && caller.may('accounts:write')))
          throw new Problem('not-allowed', `change ${made.id} was made by ${made.madeBy}`);
        const undone = await store.undoMark(made.id, now());
        if (undone === null) throw new Problem('not-found', `there is no change ${path.id}`);
        return changedTold(undone);
      },
    }),
    operation({
      id: 'look-at-account',
      method: 'post',
      path: '/accounts/{id}/looked',
      needs: 'accounts:mark',
      summary: 'Note that somebody looked at a company',
      description:
        'As when its page is opened: it leaves the list of those that nobody has looked at, until its next visit.',
      params: byId('account'),
      answer: { status: 200, description: 'The marks.', schema: marksShape, example: marksExample },
      async handle(asked) {
        const { store, caller, now } = asked;
        const id = await accountHome(asked, asked.path.id);
        await store.looked(id, caller.by, now());
        return marksTold((await store.marks([id], caller.by)).get(id));
      },
    }),
    operation({
      id: 'list-tags',
      method: 'get',
      path: '/tags',
      needs: 'accounts:read',
      summary: 'List the tags',
      description: 'Each that some company has, the most used first.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of tags.',
        schema: countedPageOf(
          z.object({ tag: z.string(), accounts: count('Companies that have it.') }).openapi('Tag'),
        ),
        example: { data: [{ tag: 'trade fair', accounts: 12 }], next: null, total: 1 },
      },
      async handle({ store, query, cursors }) {
        const [offset = 0] = query.cursor === undefined ? [] : cursors.read('tags', query.cursor);
        const all = await store.tags();
        const shown = all.slice(offset, offset + query.limit);
        const next = nextOffset(offset, shown.length, all.length);
        return {
          data: shown.map(({ tag, accounts }) => ({ tag, accounts })),
          next: next === null ? null : cursors.make('tags', [next]),
          total: all.length,
        };
      },
    }),
    operation({
      id: 'count-lists',
      method: 'get',
      path: '/lists',
      needs: 'accounts:read',
      summary: 'Count the companies of each list',
      description:
        'Of a period: all, the new ones, those that this key follows or hides, and those that nobody has looked at. `GET /accounts?list=…` has them.',
      query: z.strictObject({ ...periodIn, site: siteIn }),
      answer: {
        status: 200,
        description: 'The numbers.',
        schema: z
          .object({
            period: periodShape,
            ...(Object.fromEntries(
              listNames.map((list) => [list, count(`Companies in \`${list}\`.`)]),
            ) as Record<(typeof listNames)[number], z.ZodInt>),
          })
          .openapi('ListCounts'),
        example: {
          period: { from: '2026-10-22T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
          all: 143,
          new: 31,
          followed: 5,
          unseen: 90,
          hidden: 2,
        },
      },
      async handle(asked) {
        const period = periodIs(asked.query, asked.now());
        const siteId = await siteOf(asked, asked.query.site);
        const { mine: _, ...counts } = await asked.store.listCounts(siteId, period, asked.caller.by);
        return { period: periodTold(period), ...counts };
      },
    }),
    ...notes,
  ],
};
