/** A score as programs send it and are told it, held to the same checks as its page. */
import { z } from '@hono/zod-openapi';
import { maxHalfLifeDays, maxLabelLength, maxPoints, maxRules, type Scoring } from '../score/scoring.ts';
import { type ToldReason, toldReasons } from '../score/told.ts';
import { bands } from '../segment/tree.ts';
import type { Reason, ScoreVersion } from '../store/scores.ts';
import type { Store } from '../store/store.ts';
import { checkScoring, type RuleProblems, typedOf } from '../typed/scoring.ts';
import { Problem, type Wrong } from './problem.ts';
import { textIn, wrongOf } from './segment.ts';
import { iso } from './shapes.ts';

const rule = z
  .strictObject({
    label: z.string().max(maxLabelLength).default('').openapi({ description: 'What the rule is about.' }),
    expression: textIn,
    per: z
      .enum(['once', 'time'])
      .openapi({ description: '`time`: the points for each time; of `engaged`, for each minute.' }),
    points: z.int().min(-maxPoints).max(maxPoints).openapi({ description: 'May be negative; not 0.' }),
    cap: z
      .int()
      .min(1)
      .max(maxPoints)
      .nullable()
      .default(null)
      .openapi({ description: 'The most that it gives or takes; needed with `time`, and null without.' }),
    halfLifeDays: z
      .int()
      .min(1)
      .max(maxHalfLifeDays)
      .nullable()
      .default(null)
      .openapi({ description: 'Days after which what was done counts half; null: it counts for ever.' }),
  })
  .openapi('ScoreRule');

/** Of a score, what is sent with whatever is to be done with it. */
export const scoringFields = {
  rules: z
    .array(rule)
    .max(maxRules)
    .openapi({ description: `At most ${maxRules}.` }),
  cap: z.int().min(1).max(100).openapi({ description: 'The most that a score can be.' }),
  warm: z.int().min(1).max(100).openapi({ description: 'From which on a company is called warm.' }),
  hot: z.int().min(1).max(100).openapi({ description: 'From which on it is called hot.' }),
};

export const scoringExample = {
  rules: [
    {
      label: 'Looked at prices',
      expression: 'viewed("*/pricing*")',
      per: 'time' as const,
      points: 8,
      cap: 24,
      halfLifeDays: 14,
    },
  ],
  cap: 100,
  warm: 30,
  hot: 60,
};

const bounds: readonly ('cap' | 'warm' | 'hot')[] = ['cap', 'warm', 'hot'];

/**
 * The score to work with.
 * @throws Problem that says of each rule what is wrong; of an expression, at which characters
 */
export async function readScoring(store: Pick<Store, 'knownNames'>, sent: Scoring): Promise<Scoring> {
  const { rules, cap, warm, hot } = sent;
  const { scoring, problems } = checkScoring(typedOf({ rules, cap, warm, hot }), await store.knownNames());
  if (scoring !== null) return scoring;
  const wrong = [
    ...problems.rules.flatMap((one, index) => wrongOfRule(one, `body.rules.${index}`)),
    ...bounds.flatMap((name): Wrong[] => {
      const says = problems[name];
      return says === undefined ? [] : [{ where: `body.${name}`, says }];
    }),
    ...(problems.all === undefined ? [] : [{ where: 'body.rules', says: problems.all }]),
  ];
  const [first] = wrong;
  throw new Problem('refused', first ? `${first.where}: ${first.says}` : 'it cannot be worked out', {
    wrong,
  });
}

function wrongOfRule({ read, points, cap, halfLife }: RuleProblems, where: string): Wrong[] {
  const field = (name: string, says: string | undefined | null): Wrong[] =>
    says === undefined || says === null ? [] : [{ where: `${where}.${name}`, says }];
  const misread =
    read !== null && read.read.problem !== null
      ? [{ where: `${where}.expression`, ...wrongOf(read.read.problem) }]
      : [];
  return [
    ...misread,
    ...field('expression', read?.problem),
    ...field('points', points),
    ...field('cap', cap),
    ...field('halfLifeDays', halfLife),
  ];
}

export const versionShape = z
  .object({
    version: z.int().openapi({ description: '0: the one that came with the program.' }),
    isInForce: z.boolean(),
    ...scoringFields,
    note: z.string(),
    madeBy: z.string().nullable().openapi({ description: 'Null: it came with the program.' }),
    madeAt: z.iso.datetime().nullable(),
  })
  .openapi('ScoreVersion');

export const versionExample: z.input<typeof versionShape> = {
  version: 3,
  isInForce: true,
  ...scoringExample,
  note: 'prices matter more',
  madeBy: 'key crm',
  madeAt: '2026-11-20T15:04:30.000Z',
};

export function versionTold(
  scoring: Scoring,
  made: Pick<ScoreVersion, 'id' | 'note' | 'madeBy' | 'madeAt'> | null,
  inForce: number,
): z.input<typeof versionShape> {
  return {
    version: made?.id ?? 0,
    isInForce: (made?.id ?? 0) === inForce,
    rules: scoring.rules.map((one) => ({ ...one })),
    cap: scoring.cap,
    warm: scoring.warm,
    hot: scoring.hot,
    note: made?.note ?? '',
    madeBy: made?.madeBy ?? null,
    madeAt: made === null ? null : iso(made.madeAt),
  };
}

export const bandsShape = z
  .object(
    Object.fromEntries(bands.map((band) => [band, z.int()])) as Record<(typeof bands)[number], z.ZodInt>,
  )
  .openapi('ScoreBands', { description: 'How many companies are called what.' });

export const reasonShape = z.object({ label: z.string(), points: z.number() }).openapi('ScoreReason');
export const reasonsTold = (reasons: readonly Reason[], scoring: Scoring): ToldReason[] =>
  toldReasons(reasons, scoring);
