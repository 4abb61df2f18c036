/** Shapes that many operations take or answer, and how the store's rows become them. */
import { z } from '@hono/zod-openapi';
import type { Arrival } from '../draft.ts';
import { type Evidence, kinds } from '../reveal/verdict.ts';
import type { AccountName, Period, Site } from '../store/store.ts';
import { periodOf } from '../typed/period.ts';
import type { Asked } from './operation.ts';
import { Problem } from './problem.ts';

/** Times are ISO 8601 in UTC outside, milliseconds inside. */
export const iso = (at: number) => new Date(at).toISOString();
export const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

export const time = (description: string) =>
  z.iso.datetime().openapi({ description, example: '2026-11-20T14:52:07.000Z' });

const whole = (description: string, example: number) => z.int().min(0).openapi({ description, example });
export const count = (description: string) => whole(description, 12);
export const share = (description: string) =>
  z.number().min(0).max(1).openapi({ description, example: 0.82 });

/** A whole number in an address or a query, which arrives as text. */
export function numberIn(
  description: string,
  {
    least = 1,
    most = Number.MAX_SAFE_INTEGER,
    example = 1,
  }: { least?: number; most?: number; example?: number } = {},
) {
  const bounds = { minimum: least, ...(most !== Number.MAX_SAFE_INTEGER && { maximum: most }) };
  return (
    z
      .string()
      // What `Number` takes beside digits nobody means: `0x1f`, `1e9`, a blank.
      .regex(/^-?\d{1,16}$/, { error: 'is no whole number' })
      .transform(Number)
      .refine((value) => value >= least, { error: `begins at ${least}` })
      .refine((value) => value <= most, { error: `is at most ${most.toLocaleString('en')}` })
      .openapi({ type: 'integer', description, example, ...bounds })
  );
}

export const idIn = (description: string) => numberIn(description, { example: 7 });
export const byId = (of: string) => z.strictObject({ id: idIn(`The number of the ${of}.`) });

const maxLimit = 200;
const usualLimit = 50;
export const paging = {
  limit: numberIn(`Rows of one page, at most ${maxLimit}; ${usualLimit} where it is left out.`, {
    most: maxLimit,
    example: usualLimit,
  }).default(usualLimit),
  cursor: z.string().max(200).optional().openapi({
    description: '`next` of the page before; left out: the first page.',
    example: '1e.kO3Wq8aXb1Zt',
  }),
};

const onePage = <Row extends z.ZodType>(row: Row) => ({
  data: z.array(row),
  next: z
    .string()
    .nullable()
    .openapi({ description: '`cursor` of the next page; null where this is the last.' }),
});

/** One page of a list. */
export const pageOf = <Row extends z.ZodType>(row: Row) => z.object(onePage(row));

/** One page of a list whose length is known. */
export const countedPageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ ...onePage(row), total: z.int().openapi({ description: 'Rows of all pages.' }) });

/** One page of a list of some days. */
export const periodPageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    ...onePage(row),
    total: z.int().openapi({ description: 'Rows of all pages.' }),
    period: periodShape,
  });

/** A list that is read by how many rows to leave out: where the next page begins, if there is one. */
export function nextOffset(offset: number, shown: number, total: number): number | null {
  return shown > 0 && offset + shown < total ? offset + shown : null;
}

export const siteIn = numberIn('Only this site, by its number; left out: all.').optional();

/** @throws Problem if there is no such site: all of them would be another answer to another question */
export async function knownSite(
  asked: Pick<Asked<unknown, unknown, unknown>, 'store'>,
  id: number,
): Promise<Site> {
  const site = (await asked.store.sites()).find((one) => one.id === id);
  if (site === undefined)
    throw new Problem('not-found', `there is no site ${id}; GET /api/v1/sites lists them`);
  return site;
}

export async function siteOf(
  asked: Pick<Asked<unknown, unknown, unknown>, 'store'>,
  id: number | undefined,
): Promise<number | null> {
  return id === undefined ? null : (await knownSite(asked, id)).id;
}

const presetNames = ['7d', '30d', '90d', '12m', 'all'] as const;
const dayIn = (description: string, example: string) =>
  z.iso.date({ error: 'is no day; write it as 2026-11-20' }).optional().openapi({ description, example });
export const periodIn = {
  period: z
    .enum(presetNames, { error: `is one of ${presetNames.join(', ')}` })
    .optional()
    .openapi({
      description: 'So many days up to today, in UTC. Left out, and without `from`: 30 days.',
      example: '90d',
    }),
  from: dayIn('First day, in UTC; goes with `to` and in place of `period`.', '2026-10-01'),
  to: dayIn('Last day, in UTC.', '2026-10-31'),
};

/** @throws Problem where it is said twice, or by half */
export function periodIs(
  query: {
    period?: (typeof presetNames)[number] | undefined;
    from?: string | undefined;
    to?: string | undefined;
  },
  now: number,
): Period {
  const { period, from, to } = query;
  if (from === undefined && to === undefined)
    return periodOf({ period: period ?? '30d', from: '', to: '' }, now);
  if (period !== undefined)
    throw new Problem('bad-request', 'give "period", or "from" and "to", but not both');
  if (from === undefined || to === undefined)
    throw new Problem(
      'bad-request',
      `"${from === undefined ? 'from' : 'to'}" is missing: give the first and the last day`,
    );
  if (from > to) throw new Problem('bad-request', `"from" (${from}) lies after "to" (${to})`);
  return periodOf({ period: 'custom', from, to }, now);
}

export const periodShape = z
  .object({ from: time('First moment that counts.'), to: time('First moment that no longer counts.') })
  .openapi('Period');
export const periodTold = ({ from, to }: Period) => ({ from: iso(from), to: iso(to) });

export const kindShape = z.enum(kinds).openapi({ description: 'What kind of network or organisation.' });

/** One of the named shapes, or nothing; `nullable()` of these is told wrongly, as if null could not be. */
export const orNull = <Shape extends z.ZodType>(shape: Shape, description = '') =>
  z.union([shape, z.null()]).openapi(description === '' ? {} : { description });

export const accountName = z
  .object({ id: z.int(), name: z.string(), domain: z.string().nullable() })
  .openapi('AccountName', { example: { id: 7, name: 'Brightwater Energy', domain: 'brightwater.example' } });
export const nameTold = (account: AccountName | null) =>
  account && { id: account.id, name: account.name, domain: account.domain };

export const evidence = z
  .object({
    source: z.string().openapi({ description: 'Where the reason is from.', example: 'company-database' }),
    says: z
      .string()
      .openapi({ description: 'The reason, as a sentence.', example: 'the range is Brightwater Energy’s' }),
    confidence: share('What this reason alone would give.'),
    dataOf: z.string().nullable().openapi({ description: 'Day of the data, where it has one.' }),
  })
  .openapi('Evidence');
export const evidenceTold = (reasons: readonly Evidence[]) =>
  reasons.map(({ source, says, confidence, dataOf }) => ({ source, says, confidence, dataOf }));

export const arrivalShape = z
  .object({
    channel: z.string(),
    source: z.string(),
    medium: z.string(),
    campaign: z.string(),
    term: z.string(),
    content: z.string(),
    clickId: z.string().openapi({ description: 'Name of the click id that was present, never its value.' }),
    referrer: z.string(),
  })
  .openapi('Arrival');
export const arrivalTold = (arrival: Arrival | null) => arrival && { ...arrival };

export const agentShape = z
  .object({ browser: z.string(), os: z.string(), device: z.enum(['desktop', 'mobile', 'tablet', 'other']) })
  .openapi('Agent');

export const eventTypes = ['page', 'form', 'track', 'identify', 'leave', 'link', 'group'] as const;
export const viaShape = z
  .enum(['tag', 'pixel', 'log', 'server', 'import'])
  .openapi({ description: 'How it reached us.' });

/** What an event says beyond page and time; by its type. */
export const detailShape = z.record(z.string(), z.unknown()).openapi({
  description: 'What it says beyond page and time, by its type: `form`, `track`, `link`, `leave`, …',
});

export const exampleTimes = { first: '2026-06-02T08:11:40.000Z', last: '2026-11-20T14:52:07.000Z' } as const;
