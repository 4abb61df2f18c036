/** Segments: kept, shared, changed, and tried out. A key keeps its own under its name, and sees what is shared. */
import { z } from '@hono/zod-openapi';
import { maxTextLength } from '../../segment/bounds.ts';
import { placeAt, termChoices, written } from '../../segment/complete.ts';
import { readSegment } from '../../segment/index.ts';
import { print, printCondition } from '../../segment/print.ts';
import { conditionsOf } from '../../segment/tree.ts';
import { maxSegmentNameLength, maxSegments } from '../../typed/segment.ts';
import { type Asked, operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  askedOfText,
  demandChange,
  misreadShape,
  misreadTold,
  savedSegment,
  segmentExample,
  segmentShape,
  segmentTold,
  textIn,
} from '../segment.ts';
import { accountName, byId, count, countedPageOf, nameTold, nextOffset, orNull, paging } from '../shapes.ts';
import { segmentMembers } from './segment-members.ts';

const maxJsonBytes = 64 * 1_024;
const firstShown = 10;
const namesOffered = 12;

const draft = z
  .strictObject({
    name: z
      .string()
      .trim()
      .min(1, { error: 'is empty; a name, so that it can be found again' })
      .max(maxSegmentNameLength)
      .openapi({ description: 'What people call it.' }),
    text: textIn,
    isShared: z
      .boolean()
      .default(false)
      .openapi({ description: 'Everybody sees it; to say so takes `accounts:write` too.' }),
  })
  .openapi('NewSegment');
const draftExample = { name: 'Ready for a call', text: segmentExample.text, isShared: true };

type DraftAsked = Asked<unknown, unknown, z.output<typeof draft>>;

/** What is to be kept, once its text can be read. */
async function readDraft(asked: DraftAsked, wasShared: boolean) {
  const { name, text, isShared } = asked.body;
  if (isShared !== wasShared && !asked.caller.may('accounts:write'))
    throw new Problem(
      'not-allowed',
      `to ${isShared ? 'share' : 'unshare'} a segment takes a key with accounts:write`,
    );
  await askedOfText(asked, text, { where: 'body.text' });
  return { name, expression: text.trim(), isShared };
}

export const segments: Resource = {
  name: 'Segments',
  says: 'Lists of companies that keep themselves. A key keeps segments of its own, under its name, and sees those that are shared.',
  operations: [
    operation({
      id: 'list-segments',
      method: 'get',
      path: '/segments',
      needs: 'accounts:read',
      summary: 'List the segments',
      description: 'Those of this key, and those that are shared; in order of their names.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of segments.',
        schema: countedPageOf(segmentShape),
        example: { data: [segmentExample], next: null, total: 1 },
      },
      async handle({ store, query, caller, cursors }) {
        const [offset = 0] = query.cursor === undefined ? [] : cursors.read('segments', query.cursor);
        const all = await store.savedSegments(caller.by);
        const shown = all.slice(offset, offset + query.limit);
        const next = nextOffset(offset, shown.length, all.length);
        return {
          data: shown.map(segmentTold),
          next: next === null ? null : cursors.make('segments', [next]),
          total: all.length,
        };
      },
    }),
    operation({
      id: 'get-segment',
      method: 'get',
      path: '/segments/{id}',
      needs: 'accounts:read',
      summary: 'Get one segment',
      description: 'Its name and its text.',
      params: byId('segment'),
      answer: { status: 200, description: 'The segment.', schema: segmentShape, example: segmentExample },
      async handle(asked) {
        return segmentTold(await savedSegment(asked, asked.path.id));
      },
    }),
    operation({
      id: 'create-segment',
      method: 'post',
      path: '/segments',
      needs: 'segments:write',
      summary: 'Keep a segment',
      description: `Under this key’s name, up to ${maxSegments} of them. A text that cannot be read is refused with the characters that are at fault.`,
      body: { type: 'application/json', maxBytes: maxJsonBytes, schema: draft, example: draftExample },
      answer: { status: 201, description: 'The segment.', schema: segmentShape, example: segmentExample },
      async handle(asked) {
        const { store, caller, now } = asked;
        const kept = await readDraft(asked, false);
        const own = (await store.savedSegments(caller.by)).filter(({ owner }) => owner === caller.by);
        if (own.length >= maxSegments)
          throw new Problem(
            'refused',
            `${caller.by} keeps ${maxSegments} segments already, and that is the most; remove one first`,
          );
        return segmentTold(await store.saveSegment(null, kept, caller.by, now()));
      },
    }),
    operation({
      id: 'change-segment',
      method: 'put',
      path: '/segments/{id}',
      needs: 'segments:write',
      summary: 'Change, share or unshare a segment',
      description:
        'As a whole. One of this key’s own; with `accounts:write`, any that is shared. With another text, nobody has looked at it yet.',
      params: byId('segment'),
      body: { type: 'application/json', maxBytes: maxJsonBytes, schema: draft, example: draftExample },
      answer: {
        status: 200,
        description: 'The segment as it is now.',
        schema: segmentShape,
        example: segmentExample,
      },
      async handle(asked) {
        const saved = await savedSegment(asked, asked.path.id);
        demandChange(asked, saved);
        const kept = await readDraft(asked, saved.isShared);
        return segmentTold(await asked.store.saveSegment(saved.id, kept, asked.caller.by, asked.now()));
      },
    }),
    operation({
      id: 'remove-segment',
      method: 'delete',
      path: '/segments/{id}',
      needs: 'segments:write',
      summary: 'Remove a segment',
      description:
        'With who was told of it. One of this key’s own; with `accounts:write`, any that is shared.',
      params: byId('segment'),
      answer: {
        status: 200,
        description: 'The segment as it was.',
        schema: segmentShape,
        example: segmentExample,
      },
      async handle(asked) {
        const saved = await savedSegment(asked, asked.path.id);
        demandChange(asked, saved);
        await asked.store.removeSegment(saved.id);
        return segmentTold(saved);
      },
    }),
    operation({
      id: 'check-segment',
      method: 'post',
      path: '/segments/check',
      needs: 'accounts:read',
      summary: 'Try a text out',
      description:
        'Whether it can be read; if not, what is wrong, at which characters, and what was meant; if so, who would be in it. Nothing is kept.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z.strictObject({ text: textIn }),
        example: { text: 'visit >= 3' },
      },
      answer: {
        status: 200,
        description: 'What came of reading it.',
        schema: z
          .object({
            problem: orNull(misreadShape, 'Null: it can be read.'),
            notes: z
              .array(misreadShape)
              .openapi({ description: 'What can be read and may not be as meant.' }),
            printed: z
              .string()
              .nullable()
              .openapi({ description: 'The same in its plainest words, which mean the same again.' }),
            conditions: z.array(z.string()),
            total: z.int().nullable().openapi({ description: 'Companies in it.' }),
            accounts: z
              .array(accountName)
              .openapi({ description: `The first ${firstShown} of them, the latest seen first.` }),
          })
          .openapi('SegmentCheck'),
        example: {
          problem: {
            says: 'There is no “visit” here. Did you mean visits?',
            offset: 0,
            length: 5,
            meant: 'visits',
          },
          notes: [],
          printed: null,
          conditions: [],
          total: null,
          accounts: [],
        },
      },
      async handle({ store, body, now }) {
        const read = readSegment(body.text, await store.knownNames());
        if (read.problem !== null) {
          const problem = misreadTold(read.problem);
          return { problem, notes: [], printed: null, conditions: [], total: null, accounts: [] };
        }
        const { segment, notes } = read;
        const { rows, total } = await store.segmentAccounts({ segment, now: now() }, firstShown);
        return {
          problem: null,
          notes: notes.map(misreadTold),
          printed: print(segment),
          conditions: conditionsOf(segment).map(printCondition),
          total,
          accounts: rows.flatMap((row) => nameTold(row) ?? []),
        };
      },
    }),
    operation({
      id: 'complete-segment',
      method: 'get',
      path: '/segment-names',
      needs: 'accounts:read',
      summary: 'Complete a text that is being written',
      description: 'Terms, and names that exist in the data, for the place where the caret stands.',
      query: z.strictObject({
        text: z
          .string()
          .max(maxTextLength)
          .openapi({ description: 'What is written so far.', example: 'viewed("/pri' }),
        at: z
          .string()
          .regex(/^\d{1,5}$/, { error: 'is no whole number' })
          .transform(Number)
          .optional()
          .openapi({
            type: 'integer',
            minimum: 0,
            description: 'Where the caret stands; left out: at its end.',
          }),
      }),
      answer: {
        status: 200,
        description: 'What may be written there.',
        schema: z
          .object({
            from: count('The first character that a choice replaces.'),
            to: count('The first that it does not replace.'),
            data: z
              .array(
                z.object({
                  insert: z.string().openapi({ description: 'What is written.' }),
                  says: z
                    .string()
                    .openapi({ description: 'What it is; of a name, how often it was met lately.' }),
                }),
              )
              .openapi({ description: `At most ${namesOffered}.` }),
          })
          .openapi('SegmentChoices'),
        example: { from: 7, to: 12, data: [{ insert: '"/pricing"', says: '812' }] },
      },
      async handle({ store, query, now }) {
        const end = query.text.length;
        const place = placeAt(query.text, Math.min(query.at ?? end, end));
        if (place === null) return { from: 0, to: 0, data: [] };
        const { kind, prefix, from, to } = place;
        const own = kind === 'start' ? termChoices(prefix) : [];
        // Where nothing was written yet, every event that there is would be offered.
        const names =
          kind === 'start' && prefix === ''
            ? []
            : await store.segmentNames(kind === 'start' ? 'event' : kind, prefix, namesOffered, now());
        const told = names.map(({ name, count: times }) => ({
          insert: written(kind, name),
          says: times.toLocaleString('en'),
        }));
        const data = [...own, ...told].slice(0, namesOffered).map(({ insert, says }) => ({ insert, says }));
        return { from, to, data };
      },
    }),
    ...segmentMembers,
  ],
};
