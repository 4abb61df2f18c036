/** One line of the list of companies, as it is told: its sums in a period, its score, and what is marked on it. */
import { z } from '@hono/zod-openapi';
import { type ShownScore, shownScores } from '../score/told.ts';
import { bands } from '../segment/tree.ts';
import type { AccountMarks } from '../store/marks.ts';
import type { AccountQuery, AccountRow } from '../store/store.ts';
import { marksExample, marksShape, marksTold } from './marks.ts';
import type { Asked } from './operation.ts';
import {
  count,
  evidence,
  evidenceTold,
  exampleTimes,
  iso,
  kindShape,
  orNull,
  share,
  time,
} from './shapes.ts';

const scoreShape = z
  .object({
    score: z.int().min(0).max(100),
    band: z.enum(bands),
    reasons: z
      .array(z.object({ label: z.string(), points: z.number() }))
      .openapi({ description: 'At most three, the heaviest first.' }),
  })
  .openapi('KeptScore');

export const rowShape = z
  .object({
    id: z.int(),
    name: z.string(),
    domain: z.string().nullable(),
    kind: kindShape,
    country: z.string().nullable().openapi({ description: 'ISO 3166-1, two letters.' }),
    confidence: share('How sure the name is.'),
    evidence: z.array(evidence).openapi({ description: 'Why this name, the strongest reason first.' }),
    firstVisitAt: time('Ever, not only in the period.'),
    lastVisitAt: time('The end of the latest visit in the period.'),
    visits: count('Visits in the period.'),
    people: count('People who told who they are, and browsers of which nobody did.'),
    pages: count('Pages seen in the period.'),
    forms: count('Forms sent in the period.'),
    channel: z.string().openapi({ description: 'How the latest visit with a source came.' }),
    source: z.string(),
    isNew: z.boolean().openapi({ description: 'Came for the first time in the period.' }),
    change: z.int().openapi({
      description:
        'Pages of the period, less those of as many days before it; of all of time, of its last 30 days.',
    }),
    engagedS: count('Seconds for which its people were at pages in the period.'),
    industry: z.string().nullable(),
    size: z.string().nullable(),
    score: orNull(scoreShape, 'Null: not worked out yet.'),
    marks: marksShape,
    activity: z
      .array(z.int())
      .openapi({ description: 'Pages a day, the last 30 days of the period at most.' }),
  })
  .openapi('Account');

export const rowExample: z.input<typeof rowShape> = {
  id: 7,
  name: 'Brightwater Energy',
  domain: 'brightwater.example',
  kind: 'business',
  country: 'DE',
  confidence: 0.82,
  evidence: [
    {
      source: 'company-database',
      says: 'the range is Brightwater Energy’s',
      confidence: 0.82,
      dataOf: '2026-11-01',
    },
  ],
  firstVisitAt: exampleTimes.first,
  lastVisitAt: exampleTimes.last,
  visits: 14,
  people: 5,
  pages: 61,
  forms: 1,
  channel: 'Organic Search',
  source: 'google',
  isNew: false,
  change: 12,
  engagedS: 840,
  industry: 'Energy',
  size: '1000-5000',
  score: { score: 46, band: 'warm', reasons: [{ label: 'Looked at prices', points: 24 }] },
  marks: marksExample,
  activity: [0, 4, 0, 9],
};

/** What stands in a list beside the sums of its companies. */
export interface BesideRow {
  score: ShownScore | null;
  marks: AccountMarks | undefined;
  engagedS: number;
}

export const rowTold = (one: AccountRow, beside: BesideRow): z.input<typeof rowShape> => ({
  id: one.id,
  name: one.name,
  domain: one.domain,
  kind: one.kind,
  country: one.country,
  confidence: one.confidence,
  evidence: evidenceTold(one.evidence),
  firstVisitAt: iso(one.firstAt),
  lastVisitAt: iso(one.lastAt),
  visits: one.visits,
  people: one.people,
  pages: one.pages,
  forms: one.forms,
  channel: one.channel,
  source: one.source,
  isNew: one.isNew,
  change: one.change,
  engagedS: beside.engagedS,
  industry: beside.marks?.industry ?? null,
  size: beside.marks?.size ?? null,
  score: beside.score,
  marks: marksTold(beside.marks),
  activity: one.activity,
});

/** Rows of a list with what stands beside them, asked for all of them at once. */
export async function rowsTold(
  { store, caller }: Pick<Asked<unknown, unknown, unknown>, 'store' | 'caller'>,
  rows: readonly AccountRow[],
  { siteId, period }: Pick<AccountQuery, 'siteId' | 'period'>,
): Promise<z.input<typeof rowShape>[]> {
  const ids = rows.map(({ id }) => id);
  const [marks, scores, engaged] = await Promise.all([
    store.marks(ids, caller.by),
    shownScores(store, ids),
    store.engagement(ids, siteId, period),
  ]);
  return rows.map((row) =>
    rowTold(row, {
      marks: marks.get(row.id),
      score: scores.get(row.id) ?? null,
      engagedS: engaged.get(row.id) ?? 0,
    }),
  );
}
