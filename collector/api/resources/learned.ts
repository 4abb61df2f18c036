/** What addresses were taught by the people who gave a business e-mail there. */
import { z } from '@hono/zod-openapi';
import { learnedStates } from '../../identify/learn.ts';
import { operation, type Resource } from '../operation.ts';
import {
  accountName,
  count,
  countedPageOf,
  exampleTimes,
  iso,
  nameTold,
  nextOffset,
  orNull,
  paging,
  share,
  time,
} from '../shapes.ts';

const row = z
  .object({
    address: z
      .string()
      .openapi({ description: 'For a decision of kind `forget`; it says nothing of the address.' }),
    prefix: z.string().openapi({ description: 'As far as the address is kept.' }),
    country: z.string().nullable(),
    state: z.enum(learnedStates),
    account: orNull(accountName, 'Whose it is thought to be.'),
    people: count('Distinct people who say so.'),
    purity: share('Their share of everybody’s word; recent words weigh more.'),
    confidence: share('0 where it names nobody.'),
    companies: count('Different companies that people there gave.'),
    lastTaughtAt: time('When it was last taught.'),
    forgottenBy: z.int().nullable().openapi({ description: 'The decision by which it is forgotten.' }),
  })
  .openapi('LearnedNetwork');

export const learned: Resource = {
  name: 'Learned networks',
  says: 'What addresses were taught by the people who gave a business e-mail there.',
  operations: [
    operation({
      id: 'list-learned',
      method: 'get',
      path: '/learned',
      needs: 'accounts:read',
      summary: 'List what was learned',
      description: 'The latest taught first. To forget one, make a decision of kind `forget`.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of addresses.',
        schema: countedPageOf(row),
        example: {
          data: [
            {
              address: '1002003',
              prefix: '198.51.100.0/24',
              country: 'DE',
              state: 'learned',
              account: { id: 7, name: 'Brightwater Energy', domain: 'brightwater.example' },
              people: 2,
              purity: 1,
              confidence: 0.85,
              companies: 1,
              lastTaughtAt: exampleTimes.last,
              forgottenBy: null,
            },
          ],
          next: null,
          total: 1,
        },
      },
      async handle({ store, now, query, cursors }) {
        const [offset = 0] = query.cursor === undefined ? [] : cursors.read('learned', query.cursor);
        const { rows, total } = await store.learned({ offset, limit: query.limit }, now());
        const next = nextOffset(offset, rows.length, total);
        return {
          data: rows.map((one) => ({
            address: String(one.addressKey),
            prefix: one.prefix,
            country: one.country,
            state: one.learned.state,
            account: nameTold(one.account),
            people: one.learned.people,
            purity: one.learned.purity,
            confidence: one.learned.confidence,
            companies: one.companies,
            lastTaughtAt: iso(one.learned.lastAt),
            forgottenBy: one.forgottenBy,
          })),
          next: next === null ? null : cursors.make('learned', [next]),
          total,
        };
      },
    }),
  ],
};
