/** Segments as programs name them: by their number, or as a text; and what is told of them. */
import { z } from '@hono/zod-openapi';
import { maxTextLength } from '../segment/bounds.ts';
import { readSegment } from '../segment/index.ts';
import { printCondition } from '../segment/print.ts';
import type { Problem as Misreading } from '../segment/problem.ts';
import { type Condition, conditionsOf, type Segment } from '../segment/tree.ts';
import type { ConditionFound, SavedSegment, SegmentAsked } from '../store/segments.ts';
import { mayChangeSegment } from '../typed/segment.ts';
import type { Asked } from './operation.ts';
import { Problem, type ProblemKind } from './problem.ts';
import { iso, time } from './shapes.ts';

type SegmentRooms = Pick<Asked<unknown, unknown, unknown>, 'store' | 'now' | 'caller'>;

/** As much of it as may be sent: a longer one is refused by the language, with the place. */
export const textIn = z
  .string()
  .max(maxTextLength * 2)
  .openapi({
    description: 'An expression of the language of segments.',
    example: 'visits >= 3 within 7 days and people >= 2',
  });

/**
 * The segment that was kept under this number, if this key sees it.
 * @throws Problem if there is none, or it is somebody else's and not shared
 */
export async function savedSegment({ store, caller }: SegmentRooms, id: number): Promise<SavedSegment> {
  const found = await store.savedSegment(id, caller.by);
  if (found === null)
    throw new Problem(
      'not-found',
      `there is no segment ${id}, or it is somebody else’s and not shared; GET /api/v1/segments lists them`,
    );
  return found;
}

/** @throws Problem if it is somebody else's */
export function demandChange({ caller }: Pick<SegmentRooms, 'caller'>, saved: SavedSegment): void {
  if (mayChangeSegment({ name: caller.by, answersForList: caller.may('accounts:write') }, saved)) return;
  throw new Problem(
    'not-allowed',
    `segment ${saved.id} is ${saved.owner}’s; to change it takes ${saved.isShared ? 'a key with accounts:write' : 'its writer'}`,
  );
}

/**
 * What the store is asked with an expression, as of now.
 * @param where the place of the text in the request
 * @throws Problem that points at the characters
 */
export async function askedOfText(
  { store, now }: Pick<SegmentRooms, 'store' | 'now'>,
  text: string,
  { where, kind = 'refused' }: { where: string; kind?: ProblemKind },
): Promise<SegmentAsked> {
  const read = readSegment(text, await store.knownNames());
  if (read.problem === null) return { segment: read.segment, now: now() };
  throw new Problem(kind, `${where}: ${read.problem.says}`, { wrong: [{ where, ...wrongOf(read.problem) }] });
}

/** @throws Problem where its text cannot be read any more, since a name that it rests on is gone */
export function askedOfSaved(rooms: SegmentRooms, { id, expression }: SavedSegment): Promise<SegmentAsked> {
  return askedOfText(rooms, expression, { where: `segment ${id}` });
}

export const wrongOf = ({ says, offset, length, meant }: Misreading) => ({
  says,
  offset,
  length,
  ...(meant !== null && { meant }),
});

export const misreadShape = z
  .object({
    says: z.string().openapi({ description: 'What was met, and what to write instead.' }),
    offset: z.int().openapi({ description: 'Of the first character that it is about, from 0.' }),
    length: z.int().openapi({ description: 'How many characters it is about.' }),
    meant: z.string().nullable().openapi({ description: 'What was meant, as it would be written.' }),
  })
  .openapi('Misreading');
export const misreadTold = ({ says, offset, length, meant }: Misreading) => ({ says, offset, length, meant });

export const segmentShape = z
  .object({
    id: z.int(),
    name: z.string(),
    text: z.string().openapi({ description: 'The expression, as it was written.' }),
    owner: z
      .string()
      .openapi({ description: 'Whose it is: an e-mail address, or `key NAME` of one that a program keeps.' }),
    isShared: z.boolean().openapi({ description: 'Everybody sees it.' }),
    createdAt: time('When it was first kept.'),
    changedAt: time('When it was last changed.'),
  })
  .openapi('Segment');

export const segmentExample: z.input<typeof segmentShape> = {
  id: 4,
  name: 'Ready for a call',
  text: 'viewed("/pricing*") >= 2 within 7 days by >= 2 people',
  owner: 'key crm',
  isShared: true,
  createdAt: '2026-11-02T09:00:00.000Z',
  changedAt: '2026-11-02T09:00:00.000Z',
};

export const segmentTold = (one: SavedSegment): z.input<typeof segmentShape> => ({
  id: one.id,
  name: one.name,
  text: one.expression,
  owner: one.owner,
  isShared: one.isShared,
  createdAt: iso(one.createdAt),
  changedAt: iso(one.changedAt),
});

export const foundShape = z
  .object({
    condition: z.string().openapi({ description: 'As it is written in the language of segments.' }),
    isMet: z.boolean(),
    found: z
      .union([z.number(), z.string(), z.null()])
      .openapi({ description: 'What there is: a count (of `engaged`, seconds), a text, or a day.' }),
    people: z
      .int()
      .nullable()
      .openapi({ description: 'How many people had a part in it, where the condition asks for that.' }),
  })
  .openapi('ConditionFound');

export const foundExample: z.input<typeof foundShape> = {
  condition: 'viewed("/pricing*") >= 2 within 7 days by >= 2 people',
  isMet: true,
  found: 5,
  people: 3,
};

/** Conditions beside what the store found of each. */
export function foundTold(
  conditions: readonly Condition[],
  found: readonly ConditionFound[],
): z.input<typeof foundShape>[] {
  return found.flatMap(({ isMet, found: value, people }, index) => {
    const condition = conditions[index];
    return condition === undefined
      ? []
      : [{ condition: printCondition(condition), isMet, found: value, people }];
  });
}

/** The same for a whole segment. */
export const segmentFound = (segment: Segment, found: readonly ConditionFound[]) =>
  foundTold(conditionsOf(segment), found);
