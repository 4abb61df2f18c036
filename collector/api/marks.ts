/** What is marked on companies, as programs send it and are told it. */
import { z } from '@hono/zod-openapi';
import {
  type AccountMarks,
  type BuiltInList,
  builtInLists,
  type MarkChange,
  type MarksChanged,
  maxTagLength,
} from '../store/marks.ts';
import { ownerProblem, readTag, tagProblem } from '../typed/mark.ts';
import type { ApiRooms } from './operation.ts';
import { Problem } from './problem.ts';
import { count, iso, isoOrNull, time } from './shapes.ts';

/** Accounts that can be marked by one call. */
export const maxMarked = 200;

/** A key owns no company, so there is no list of its own ones. */
export const listNames = builtInLists.filter(
  (list): list is Exclude<BuiltInList, 'mine'> => list !== 'mine',
) as ['all', 'new', 'followed', 'unseen', 'hidden'];

const accounts = z
  .array(z.int().min(1))
  .min(1)
  .max(maxMarked)
  .openapi({ description: `Numbers of accounts, at most ${maxMarked}.` });
const tag = z
  .string()
  .max(maxTagLength * 2)
  .openapi({ description: `At most ${maxTagLength} letters, on one line.` });

/** What can be sent, by what it does. */
export const newMark = z
  .discriminatedUnion('do', [
    z.strictObject({ do: z.literal('follow'), accounts }),
    z.strictObject({ do: z.literal('unfollow'), accounts }),
    z.strictObject({ do: z.literal('hide'), accounts }),
    z.strictObject({ do: z.literal('unhide'), accounts }),
    z.strictObject({
      do: z.literal('assign'),
      accounts,
      owner: z
        .string()
        .max(320)
        .nullable()
        .openapi({ description: 'E-mail address of somebody who may sign in; null: nobody.' }),
    }),
    z.strictObject({ do: z.literal('tag'), accounts, tag }),
    z.strictObject({ do: z.literal('untag'), accounts, tag }),
  ])
  .openapi('NewMark');

/**
 * What is to be changed.
 * @throws Problem that says what is wrong with the tag or the owner
 */
export async function readMark(
  { users }: Pick<ApiRooms, 'users'>,
  sent: z.output<typeof newMark>,
): Promise<MarkChange> {
  const refused = (field: string, says: string) =>
    new Problem('refused', `body.${field}: ${says}`, { wrong: [{ where: `body.${field}`, says }] });
  switch (sent.do) {
    case 'assign': {
      const problem = sent.owner === null ? null : ownerProblem(sent.owner, await users.emails());
      if (problem !== null) throw refused('owner', problem);
      return { kind: 'assign', owner: sent.owner };
    }
    case 'tag':
    case 'untag': {
      const read = readTag(sent.tag);
      const problem = read === '' ? 'is empty' : tagProblem(read);
      if (problem !== null) throw refused('tag', problem);
      return { kind: sent.do, tag: read };
    }
    default:
      return { kind: sent.do };
  }
}

export const changedShape = z
  .object({
    id: z.int().openapi({ description: 'By which it can be taken back.' }),
    do: z.enum(['follow', 'unfollow', 'hide', 'unhide', 'assign', 'tag', 'untag']),
    owner: z.string().nullable().openapi({ description: 'Of `assign`.' }),
    tag: z.string().nullable().openapi({ description: 'Of `tag` and `untag`.' }),
    changed: count('Companies that it changed; the others were so already.'),
    refused: count('Companies left as they were, since they have as many tags as they may.'),
    madeBy: z.string(),
    madeAt: time('When.'),
    undoneAt: z.iso.datetime().nullable(),
  })
  .openapi('MarksChanged');

export const changedExample: z.input<typeof changedShape> = {
  id: 40,
  do: 'tag',
  owner: null,
  tag: 'trade fair',
  changed: 2,
  refused: 0,
  madeBy: 'key crm',
  madeAt: '2026-11-20T15:04:30.000Z',
  undoneAt: null,
};

export const changedTold = (one: MarksChanged): z.input<typeof changedShape> => ({
  id: one.id,
  do: one.change.kind,
  owner: one.change.kind === 'assign' ? one.change.owner : null,
  tag: 'tag' in one.change ? one.change.tag : null,
  changed: one.accounts,
  refused: one.refused,
  madeBy: one.madeBy,
  madeAt: iso(one.madeAt),
  undoneAt: isoOrNull(one.undoneAt),
});

export const marksShape = z
  .object({
    isFollowed: z.boolean().openapi({ description: 'By this key.' }),
    isHidden: z.boolean().openapi({ description: 'By this key.' }),
    owner: z.string().nullable().openapi({
      description: 'Who looks after it: an e-mail address, or what a file says.',
    }),
    tags: z.array(z.string()),
    lookedAt: z.iso.datetime().nullable().openapi({
      description: 'When anybody last opened its page; null: nobody ever did.',
    }),
  })
  .openapi('Marks');

export const marksExample: z.input<typeof marksShape> = {
  isFollowed: true,
  isHidden: false,
  owner: 'kim@example.com',
  tags: ['trade fair'],
  lookedAt: '2026-11-20T14:52:07.000Z',
};

export const marksTold = (one: AccountMarks | undefined): z.input<typeof marksShape> => ({
  isFollowed: one?.isFollowed ?? false,
  isHidden: one?.isHidden ?? false,
  owner: one?.owner?.name ?? null,
  tags: one?.tags ?? [],
  lookedAt: isoOrNull(one?.lookedAt ?? null),
});
