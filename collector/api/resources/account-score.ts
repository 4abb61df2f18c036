/** One company's score, with all that it rests on. */
import { z } from '@hono/zod-openapi';
import { askedNow, currentScoring } from '../../score/keep.ts';
import { labelOf } from '../../score/told.ts';
import { bands, conditionsOf } from '../../segment/tree.ts';
import { accountHome } from '../account-home.ts';
import { type Operation, operation } from '../operation.ts';
import { foundExample, foundShape, foundTold } from '../segment.ts';
import { byId, isoOrNull } from '../shapes.ts';

const rule = z
  .object({
    label: z.string(),
    expression: z.string(),
    isReadable: z.boolean().openapi({ description: 'False: a name that it rests on is gone.' }),
    isMet: z.boolean(),
    points: z.number().openapi({ description: 'After they faded, and after its cap.' }),
    before: z.number().openapi({ description: 'Before they faded, and before its cap.' }),
    count: z.number().nullable().openapi({ description: 'How often it was done, of `engaged` in seconds.' }),
    lastAt: z.iso.datetime().nullable().openapi({ description: 'The last day of it.' }),
    conditions: z.array(foundShape),
  })
  .openapi('RuleExplained');

export const accountScore: Operation = operation({
  id: 'get-account-score',
  method: 'get',
  path: '/accounts/{id}/score',
  needs: 'accounts:read',
  summary: 'See how a company’s score came about',
  description: 'As of now, each rule with what it found and what it gave.',
  params: byId('account'),
  answer: {
    status: 200,
    description: 'The score, rule by rule.',
    schema: z
      .object({
        account: z.int().openapi({ description: 'The account that it is now, where it was merged.' }),
        version: z.int().openapi({ description: '0: the score that came with the program.' }),
        score: z.int(),
        band: z.enum(bands),
        cap: z.int().openapi({ description: 'The most that a score can be.' }),
        rules: z.array(rule),
      })
      .openapi('AccountScore'),
    example: {
      account: 7,
      version: 3,
      score: 46,
      band: 'warm',
      cap: 100,
      rules: [
        {
          label: 'Looked at prices',
          expression: 'viewed("*/pricing*")',
          isReadable: true,
          isMet: true,
          points: 24,
          before: 40,
          count: 5,
          lastAt: '2026-11-20T00:00:00.000Z',
          conditions: [foundExample],
        },
      ],
    },
  },
  async handle(asked) {
    const { store, now } = asked;
    const id = await accountHome(asked, asked.path.id);
    const { version, scoring } = await currentScoring(store);
    const question = await askedNow(store, now());
    const { score, band, rules } = await store.explainScore(question, id);
    return {
      account: id,
      version,
      score,
      band,
      cap: scoring.cap,
      rules: scoring.rules.map((one, index) => {
        const found = rules[index] ?? null;
        const segment = question.rules[index]?.segment;
        return {
          label: labelOf(one),
          expression: one.expression,
          isReadable: found !== null,
          isMet: found?.isMet ?? false,
          points: found?.given?.points ?? 0,
          before: found?.given?.before ?? 0,
          count: found?.given?.count ?? null,
          lastAt: isoOrNull(found?.given?.lastAt ?? null),
          conditions:
            found === null || segment === undefined ? [] : foundTold(conditionsOf(segment), found.conditions),
        };
      }),
    };
  },
});
