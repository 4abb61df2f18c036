/** What scores are made of: read by everybody; tried out, published and restored with `settings:write`. */
import { z } from '@hono/zod-openapi';
import { currentScoring } from '../../score/keep.ts';
import { presetScoring } from '../../score/preset.ts';
import { daysBack, previewScore } from '../../score/preview.ts';
import type { Scoring } from '../../score/scoring.ts';
import { scoringOf } from '../../score/told.ts';
import type { BuyersScored, ScoreComparison } from '../../store/scores.ts';
import { ReadGivenUp, StoreBusy } from '../../store/store.ts';
import { type Asked, operation, type Resource } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  bandsShape,
  readScoring,
  reasonShape,
  reasonsTold,
  scoringExample,
  scoringFields,
  versionExample,
  versionShape,
  versionTold,
} from '../scoring.ts';
import { misreadShape, misreadTold } from '../segment.ts';
import { countedPageOf, numberIn, orNull, paging } from '../shapes.ts';
import { accountScore } from './account-score.ts';

const maxJsonBytes = 128 * 1_024;
const maxNoteLength = 200;
const maxBoughtLength = 500;
/** Versions looked through: an owner publishes a few a year. */
const maxVersions = 1_000;

const byVersion = z.strictObject({
  id: numberIn('The number of the version; 0: the one that came with the program.', { least: 0 }),
});

const exampleBands = { cold: 90, warm: 40, hot: 13 };
const change = z
  .object({
    id: z.int(),
    name: z.string(),
    before: z.int(),
    after: z.int(),
    reasonsBefore: z.array(reasonShape),
    reasonsAfter: z.array(reasonShape),
  })
  .openapi('ScoreChange');
const comparison = z
  .object({
    before: bandsShape,
    after: bandsShape,
    changed: z.int().openapi({ description: 'Companies whose score would be another.' }),
    risers: z.array(change).openapi({ description: 'Those that gain the most.' }),
    fallers: z.array(change).openapi({ description: 'Those that lose the most.' }),
  })
  .openapi('ScoreComparison');

function comparisonTold(found: ScoreComparison, before: Scoring, after: Scoring) {
  const told = (one: ScoreComparison['risers'][number]) => ({
    id: one.id,
    name: one.name,
    before: one.before,
    after: one.after,
    reasonsBefore: reasonsTold(one.reasonsBefore, before),
    reasonsAfter: reasonsTold(one.reasonsAfter, after),
  });
  return {
    before: { ...found.before },
    after: { ...found.after },
    changed: found.changed,
    risers: found.risers.map(told),
    fallers: found.fallers.map(told),
  };
}

const buyersTold = (found: BuyersScored) => ({
  buyers: found.buyers,
  known: found.known,
  looked: found.looked,
  before: { ...found.before },
  after: { ...found.after },
  others: { ...found.others },
});

/** Puts a score into force, unless it is already. */
async function publish(asked: Asked<unknown, unknown, unknown>, scoring: Scoring, note: string) {
  const { store, scores, caller, now } = asked;
  const current = await currentScoring(store);
  if (JSON.stringify(current.scoring) === JSON.stringify(scoring)) {
    const known = current.version === 0 ? null : await store.scoreVersion(current.version);
    return versionTold(scoring, known, current.version);
  }
  const made = await store.publishScoring(scoring, caller.by, note, now());
  const detail = { version: made.id };
  await store.record({ who: caller.by, what: 'settings', subject: 'the score', detail }, now());
  try {
    await scores.refresh();
  } catch (error) {
    // It is in force, and the next round works it out.
    if (!(error instanceof ReadGivenUp || error instanceof StoreBusy)) throw error;
  }
  return versionTold(made.scoring, made, made.id);
}

export const scores: Resource = {
  name: 'Scores',
  says: 'How much a company’s visits suggest that it is worth a call, and by which rules.',
  operations: [
    operation({
      id: 'get-score',
      method: 'get',
      path: '/score',
      needs: 'accounts:read',
      summary: 'Read the rules of the score',
      description: 'Those in force, and how many companies are called what by them.',
      answer: {
        status: 200,
        description: 'The score in force.',
        schema: z.object({ ...versionShape.shape, bands: bandsShape }).openapi('Score'),
        example: { ...versionExample, bands: exampleBands },
      },
      async handle({ store }) {
        const { version, scoring } = await currentScoring(store);
        const made = version === 0 ? null : await store.scoreVersion(version);
        return { ...versionTold(scoring, made, version), bands: { ...(await store.scoreBands()) } };
      },
    }),
    operation({
      id: 'list-score-versions',
      method: 'get',
      path: '/score/versions',
      needs: 'accounts:read',
      summary: 'List the versions of the score',
      description: 'The newest first; the last is the one that came with the program.',
      query: z.strictObject(paging),
      answer: {
        status: 200,
        description: 'One page of versions.',
        schema: countedPageOf(versionShape),
        example: { data: [versionExample], next: null, total: 1 },
      },
      async handle({ store, query, cursors }) {
        // By their numbers, so that a version published meanwhile shifts no page.
        const [before = Number.MAX_SAFE_INTEGER] =
          query.cursor === undefined ? [] : cursors.read('versions', query.cursor);
        const published = await store.scoreVersions(maxVersions);
        const inForce = published[0]?.id ?? 0;
        const all = [
          ...published.map((one) => versionTold(one.scoring, one, inForce)),
          versionTold(presetScoring, null, inForce),
        ];
        const rest = all.filter(({ version }) => version < before);
        const data = rest.slice(0, query.limit);
        const last = data.at(-1);
        return {
          data,
          next:
            last !== undefined && rest.length > data.length ? cursors.make('versions', [last.version]) : null,
          total: all.length,
        };
      },
    }),
    operation({
      id: 'preview-score',
      method: 'post',
      path: '/score/preview',
      needs: 'settings:write',
      summary: 'See what another score would change',
      description: `Who would change now and ${daysBack} days ago, and how those who later bought would have scored before they did. Nothing is published. What took too long is null.`,
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z
          .strictObject({
            ...scoringFields,
            bought: z
              .string()
              .max(maxBoughtLength)
              .default('')
              .openapi({ description: 'Who bought is known by this expression; empty: nobody asks.' }),
          })
          .openapi('ScoreDraft'),
        example: { ...scoringExample, bought: 'event("Purchase")' },
      },
      answer: {
        status: 200,
        description: 'What it would change.',
        schema: z
          .object({
            now: orNull(comparison),
            past: orNull(comparison),
            bought: z.object({
              problem: orNull(misreadShape, 'What is wrong with `bought`.'),
              says: z
                .string()
                .nullable()
                .openapi({ description: 'Why it does not tell when somebody bought.' }),
              found: orNull(
                z.object({
                  buyers: z.int(),
                  known: z.int().openapi({ description: 'Of them, had come by then.' }),
                  looked: z.int().openapi({ description: 'Of these, are counted here.' }),
                  before: bandsShape,
                  after: bandsShape,
                  others: bandsShape,
                }),
              ),
            }),
          })
          .openapi('ScorePreview'),
        example: {
          now: { before: exampleBands, after: exampleBands, changed: 0, risers: [], fallers: [] },
          past: null,
          bought: { problem: null, says: null, found: null },
        },
      },
      async handle(asked) {
        const { store, body } = asked;
        const draft = await readScoring(store, body);
        const shown = await previewScore(asked, await currentScoring(store), draft, body.bought);
        const told = (found: ScoreComparison | null) =>
          found && comparisonTold(found, shown.before, shown.after);
        const { read, problem, found } = shown.bought;
        return {
          now: told(shown.now),
          past: told(shown.past),
          bought: {
            problem: read !== null && read.problem !== null ? misreadTold(read.problem) : null,
            says: problem,
            found: found && buyersTold(found),
          },
        };
      },
    }),
    operation({
      id: 'publish-score',
      method: 'post',
      path: '/score/versions',
      needs: 'settings:write',
      summary: 'Publish another score',
      description:
        'It is in force at once, and every company has its new score when this answers. What is in force already is not published again.',
      body: {
        type: 'application/json',
        maxBytes: maxJsonBytes,
        schema: z
          .strictObject({
            ...scoringFields,
            note: z
              .string()
              .trim()
              .max(maxNoteLength)
              .default('')
              .openapi({ description: 'Why, for whoever reads it in a year.' }),
          })
          .openapi('NewScore'),
        example: { ...scoringExample, note: 'prices matter more' },
      },
      answer: {
        status: 200,
        description: 'The version in force.',
        schema: versionShape,
        example: versionExample,
      },
      async handle(asked) {
        const scoring = await readScoring(asked.store, asked.body);
        return publish(asked, scoring, asked.body.note);
      },
    }),
    operation({
      id: 'restore-score',
      method: 'post',
      path: '/score/versions/{id}/restore',
      needs: 'settings:write',
      summary: 'Go back to an earlier score',
      description: 'Its rules are published as a new version, unless they are in force already.',
      params: byVersion,
      answer: {
        status: 200,
        description: 'The version in force.',
        schema: versionShape,
        example: versionExample,
      },
      async handle(asked) {
        const { id } = asked.path;
        const scoring = await scoringOf(asked.store, id);
        if (scoring === null)
          throw new Problem('not-found', `there is no version ${id}; GET /api/v1/score/versions lists them`);
        return publish(asked, scoring, id === 0 ? 'Back to how it came' : `Back to version ${id}`);
      },
    }),
    accountScore,
  ],
};
