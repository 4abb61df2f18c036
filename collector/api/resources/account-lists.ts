/** The dashboard's list of companies, page by page, and all of it at once. */
import { z } from '@hono/zod-openapi';
import { type AccountQuery, accountSorts, type Period } from '../../store/store.ts';
import { rowExample, rowShape, rowsTold } from '../account-row.ts';
import { listNames } from '../marks.ts';
import { type Asked, type Operation, operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { askedOfText, savedSegment } from '../segment.ts';
import {
  idIn,
  nextOffset,
  paging,
  periodIn,
  periodIs,
  periodPageOf,
  periodTold,
  siteIn,
  siteOf,
} from '../shapes.ts';

const maxSearchLength = 100;
/** An address has an end. */
const maxWhereLength = 2_000;
/** Rows of an export whose marks and scores are looked up at once. */
const perPart = 200;

const filter = {
  ...periodIn,
  site: siteIn,
  search: z
    .string()
    .max(maxSearchLength)
    .default('')
    .openapi({ description: 'In name or domain, anywhere.', example: 'energy' }),
  segment: idIn('Only companies of this segment, by its number; not with `where`.').optional(),
  where: z.string().max(maxWhereLength).optional().openapi({
    description: 'Only companies for which this holds, in the language of segments.',
    example: 'visits >= 3 within 7 days and country = "DE"',
  }),
  list: z.enum(listNames).optional().openapi({
    description:
      'Only those of a list, as this key sees it. `all`: without those that it hides; left out: with them. A person’s own companies: `where=owner = "kim@example.com"`.',
  }),
  sort: z
    .enum(accountSorts)
    .default('last')
    .openapi({ description: 'In which order: `last` is by the latest visit.' }),
  direction: z
    .enum(['asc', 'desc'])
    .optional()
    .openapi({ description: 'Left out: names from A, all else from the most.' }),
};
const filterQuery = z.strictObject(filter);
type FilterAsked = Asked<unknown, z.output<typeof filterQuery>, unknown>;

/** The segment that the list is narrowed to, with its text; null: it is not. */
async function narrowed(asked: FilterAsked) {
  const { segment: id, where } = asked.query;
  if (id !== undefined && where !== undefined)
    throw new Problem('bad-request', 'give "segment" or "where", but not both');
  const text = id === undefined ? where : (await savedSegment(asked, id)).expression;
  if (text === undefined) return null;
  const place = id === undefined ? 'query.where' : `segment ${id}`;
  return { text, asked: await askedOfText(asked, text, { where: place, kind: 'bad-request' }) };
}

/** What the store is asked, but for the days and the page. */
async function listAsked(asked: FilterAsked) {
  const { query, caller } = asked;
  const segment = await narrowed(asked);
  const list: Omit<AccountQuery, 'period' | 'offset' | 'limit'> = {
    siteId: await siteOf(asked, query.site),
    search: query.search.trim(),
    ...(segment !== null && { segment: segment.asked }),
    ...(query.list !== undefined && { list: { user: caller.by, list: query.list } }),
    sort: query.sort,
    descending: query.direction === undefined ? query.sort !== 'name' : query.direction === 'desc',
  };
  return { list, text: segment?.text ?? null };
}

async function* exported(asked: FilterAsked, query: Omit<AccountQuery, 'offset' | 'limit'>) {
  let part: Parameters<typeof rowsTold>[1][number][] = [];
  for await (const row of asked.store.eachAccount(query)) {
    part.push(row);
    if (part.length < perPart) continue;
    yield* await rowsTold(asked, part, query);
    part = [];
  }
  if (part.length > 0) yield* await rowsTold(asked, part, query);
}

export const accountLists: readonly Operation[] = [
  operation({
    id: 'list-accounts',
    method: 'get',
    path: '/accounts',
    needs: 'accounts:read',
    summary: 'List the companies that came',
    description:
      'Companies with a visit in the period, with what they did in it: the dashboard’s list, with its filter.',
    query: z.strictObject({ ...filter, ...paging }),
    answer: {
      status: 200,
      description: 'One page of companies.',
      schema: periodPageOf(rowShape),
      example: {
        data: [rowExample],
        next: '1e.kO3Wq8aXb1Zt',
        total: 143,
        period: { from: '2026-10-22T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
      },
    },
    async handle(asked) {
      const { query, store, now, cursors } = asked;
      const { cursor, limit, ...shown } = query;
      const { list: question, text } = await listAsked(asked);
      const list = `accounts ${JSON.stringify([shown, text])}`;
      const today = periodIs(query, now());
      // The days stay those of the first page, whatever day it is by the last.
      const [offset = 0, from = today.from, to = today.to] =
        cursor === undefined ? [] : cursors.read(list, cursor);
      const period: Period = { from, to };
      const { rows, total } = await store.accounts({ ...question, period, offset, limit });
      const next = nextOffset(offset, rows.length, total);
      return {
        data: await rowsTold(asked, rows, { siteId: question.siteId, period }),
        next: next === null ? null : cursors.make(list, [next, from, to]),
        total,
        period: periodTold(period),
      };
    },
  }),
  operation({
    id: 'export-accounts',
    method: 'get',
    path: '/accounts.ndjson',
    needs: 'accounts:export',
    summary: 'Take the list of companies away',
    description:
      'All of it, a line each, with the same filter and in the same order. Which companies, and in what order, is settled at the start; the figures are those of the moment at which a line is written. It is noted in the audit log.',
    query: filterQuery,
    answer: {
      status: 200,
      description: 'A company a line.',
      type: 'application/x-ndjson',
      schema: rowShape,
      example: rowExample,
    },
    async handle(asked) {
      const { list } = await listAsked(asked);
      return exported(asked, { ...list, period: periodIs(asked.query, asked.now()) });
    },
  }),
];
