/** Who did what. */
import { z } from '@hono/zod-openapi';
import { deedNames } from '../../store/audit.ts';
import { operation, type Resource } from '../operation.ts';
import { iso, pageOf, paging, time } from '../shapes.ts';

const entry = z
  .object({
    id: z.int(),
    at: time('When.'),
    who: z.string().openapi({ description: 'An e-mail address, `key NAME`, or `the command line`.' }),
    what: z.enum(deedNames),
    subject: z.string().openapi({ description: 'What it was done to.' }),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('AuditEntry');

export const audit: Resource = {
  name: 'Audit log',
  says: 'Who did what.',
  operations: [
    operation({
      id: 'list-audit',
      method: 'get',
      path: '/audit',
      needs: 'audit:read',
      summary: 'Read who did what',
      description:
        'Sign-ins, exports, imports, decisions, keys, users, sites and settings; newest first. There are no network addresses in it.',
      query: z.strictObject({
        what: z.enum(deedNames).optional().openapi({ description: 'Only this.', example: 'export' }),
        who: z
          .string()
          .max(320)
          .optional()
          .openapi({ description: 'Only by this one.', example: 'key warehouse' }),
        ...paging,
      }),
      answer: {
        status: 200,
        description: 'One page of entries.',
        schema: pageOf(entry),
        example: {
          data: [
            {
              id: 204,
              at: '2026-11-20T15:04:30.000Z',
              who: 'key warehouse',
              what: 'export',
              subject: 'events',
              detail: { rows: 10_000, whole: true },
            },
          ],
          next: null,
        },
      },
      async handle({ store, query, cursors }) {
        const { what = null, who = null, limit } = query;
        const list = `audit ${what} ${who}`;
        const [before = null] = query.cursor === undefined ? [] : cursors.read(list, query.cursor);
        const found = await store.audited({ what, who, before, limit: limit + 1 });
        const page = found.slice(0, limit);
        const last = page.at(-1);
        return {
          data: page.map((one) => ({ ...one, at: iso(one.at) })),
          next: last !== undefined && found.length > page.length ? cursors.make(list, [last.id]) : null,
        };
      },
    }),
  ],
};
