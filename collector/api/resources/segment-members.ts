/** Who is in a segment, how many they are, and why one of them is. */
import { z } from '@hono/zod-openapi';
import { accountHome } from '../account-home.ts';
import { type Operation, operation } from '../operation.ts';
import { askedOfSaved, foundExample, foundShape, savedSegment, segmentFound } from '../segment.ts';
import { accountName, byId, count, countedPageOf, idIn, nameTold, paging } from '../shapes.ts';

/** The first place in a sorted list whose number is more than `after`. */
function placeAfter(sorted: Float64Array, after: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const segmentMembers: readonly Operation[] = [
  operation({
    id: 'list-segment-accounts',
    method: 'get',
    path: '/segments/{id}/accounts',
    needs: 'accounts:read',
    summary: 'List who is in a segment',
    description:
      'All of its companies, whatever the site and whenever they came, in the order of their numbers; so of two pages none has a company twice, though some come and go meanwhile. With what they did in a period: `GET /accounts?segment=…`.',
    params: byId('segment'),
    query: z.strictObject(paging),
    answer: {
      status: 200,
      description: 'One page of companies.',
      schema: countedPageOf(accountName),
      example: {
        data: [{ id: 7, name: 'Brightwater Energy', domain: 'brightwater.example' }],
        next: null,
        total: 1,
      },
    },
    problems: ['refused'],
    async handle(asked) {
      const { query, cursors, store } = asked;
      const saved = await savedSegment(asked, asked.path.id);
      const list = `segment ${saved.id} ${saved.expression}`;
      const [after = 0] = query.cursor === undefined ? [] : cursors.read(list, query.cursor);
      const members = (await store.segmentMembers(await askedOfSaved(asked, saved))).slice().sort();
      const from = placeAfter(members, after);
      const ids = [...members.slice(from, from + query.limit)];
      const names = new Map((await store.accountNames(ids)).map((name) => [name.id, name] as const));
      const last = ids.at(-1);
      return {
        data: ids.flatMap((id) => nameTold(names.get(id) ?? null) ?? []),
        next: last !== undefined && from + ids.length < members.length ? cursors.make(list, [last]) : null,
        total: members.length,
      };
    },
  }),
  operation({
    id: 'count-segment',
    method: 'get',
    path: '/segments/{id}/count',
    needs: 'accounts:read',
    summary: 'Count who is in a segment',
    description:
      'How many companies are in it, and how many of them were not when this key looked last (`POST /segments/{id}/seen`).',
    params: byId('segment'),
    answer: {
      status: 200,
      description: 'The numbers.',
      schema: z
        .object({
          total: count('Companies in it.'),
          unseen: z
            .int()
            .nullable()
            .openapi({ description: 'Of these, new since this key looked; null: it never did.' }),
        })
        .openapi('SegmentCount'),
      example: { total: 31, unseen: 4 },
    },
    problems: ['refused'],
    async handle(asked) {
      const saved = await savedSegment(asked, asked.path.id);
      const { total, unseen } = await asked.store.segmentNews(
        await askedOfSaved(asked, saved),
        saved.id,
        asked.caller.by,
      );
      return { total, unseen };
    },
  }),
  operation({
    id: 'see-segment',
    method: 'post',
    path: '/segments/{id}/seen',
    needs: 'accounts:read',
    summary: 'Note that a segment was looked at',
    description: 'Who comes into it from now on is new to this key. To say it again changes nothing more.',
    params: byId('segment'),
    answer: {
      status: 200,
      description: 'How many were in it.',
      schema: z.object({ total: count('Companies in it.') }),
      example: { total: 31 },
    },
    problems: ['refused'],
    async handle(asked) {
      const { store, caller, now } = asked;
      const saved = await savedSegment(asked, asked.path.id);
      const members = await store.segmentMembers(await askedOfSaved(asked, saved));
      await store.sawSegment(saved.id, caller.by, members, now());
      return { total: members.length };
    },
  }),
  operation({
    id: 'explain-segment',
    method: 'get',
    path: '/segments/{id}/accounts/{account}',
    needs: 'accounts:read',
    summary: 'See why a company is in a segment',
    description: 'Each condition with what there is of it, whether the company is in or not.',
    params: z.strictObject({
      id: idIn('The number of the segment.'),
      account: idIn('The number of the account.'),
    }),
    answer: {
      status: 200,
      description: 'What was found.',
      schema: z
        .object({
          account: z.int().openapi({ description: 'The account that it is now, where it was merged.' }),
          isMatch: z.boolean(),
          conditions: z.array(foundShape),
        })
        .openapi('SegmentExplained'),
      example: { account: 7, isMatch: true, conditions: [foundExample] },
    },
    problems: ['refused'],
    async handle(asked) {
      const saved = await savedSegment(asked, asked.path.id);
      const account = await accountHome(asked, asked.path.account);
      const question = await askedOfSaved(asked, saved);
      const { isMatch, conditions } = await asked.store.explainSegment(question, account);
      return { account, isMatch, conditions: segmentFound(question.segment, conditions) };
    },
  }),
];
