/** Reads what the overview shows: from sums of days and spans, so that it costs by those and not by their visits. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { estimateOf, mergeSketch, sketchBytes } from '../../identify/distinct.ts';
import { dayMs, dayNumber } from '../../time.ts';
import type { Period } from '../store.ts';
import type { Traffic, TrafficDay, TrafficQuery, TrafficRow, VisitSum } from '../traffic.ts';
import { readOverview } from './admin.ts';
import { aspects, countryCode } from './breakdown.ts';
import { type SpansAndDays, spansAndDays } from './spans.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

interface Row {
  value_id: number;
  visits: number;
  account_visits: number;
}

export async function readTraffic(db: Kysely<Tables>, query: TrafficQuery): Promise<Traffic> {
  const { siteId, period } = query;
  const sites = siteId === null ? await siteIds(db) : [siteId];
  const known = await daysKnown(db, sites);
  const before = query.before && within(query.before, known);
  const asked = { db, sites, period: within(period, known), before, rows: query.rows };
  const origins = async (ids: readonly number[]) =>
    db.selectFrom('origin').selectAll().where('id', 'in', ids).execute();
  const pages = async (ids: readonly number[]) =>
    db.selectFrom('page').selectAll().where('id', 'in', ids).execute();
  const sources = await readTop(asked, aspects.source);
  const campaigns = await readTop(asked, aspects.campaign);
  const countries = await readTop(asked, aspects.country);
  const landings = await readTop(asked, aspects.landing);
  return {
    firstDay: known?.first ?? null,
    sums: {
      ...(await readOverview(db, siteId, period)),
      visitors: await readVisitors(db, sites, asked.period),
    },
    sumsBefore: query.before && {
      ...(await readOverview(db, siteId, query.before)),
      visitors: before === null ? 0 : await readVisitors(db, sites, before),
    },
    days: await readDays(db, sites, asked.period),
    daysBefore: before === null ? [] : await readDays(db, sites, before),
    sources: await named(sources, origins, ({ channel, source }) => ({ channel, source })),
    campaigns: await named(campaigns, origins, ({ campaign, source }) => ({ campaign, source })),
    countries: countries.map(({ valueId, ...sums }) => ({ country: countryCode(valueId), ...sums })),
    landings: await named(landings, pages, ({ host, path }) => ({ host, path })),
  };
}

async function siteIds(db: Kysely<Tables>): Promise<number[]> {
  return (await db.selectFrom('site').select('id').execute()).map(({ id }) => id);
}

/** First and last day of which there are sums; null: there are none. */
async function daysKnown(
  db: Kysely<Tables>,
  sites: readonly number[],
): Promise<{ first: number; last: number } | null> {
  const firsts: number[] = [];
  const lasts: number[] = [];
  for (const site of sites) {
    // Each end by itself is one step into the primary key; both at once would walk all days.
    const end = (which: 'min' | 'max') =>
      sql`(select ${sql.raw(which)}(day) from site_day where site_id = ${site})`;
    const { rows } = await sql<{ first: number | null; last: number | null }>`
      select ${end('min')} as first, ${end('max')} as last`.execute(db);
    const [found] = rows;
    if (found?.first == null || found.last === null) continue;
    firsts.push(found.first);
    lasts.push(found.last);
  }
  return firsts.length === 0 ? null : { first: Math.min(...firsts), last: Math.max(...lasts) };
}

/** The part of a period of which there can be sums: somebody may ask for ten thousand years. */
function within({ from, to }: Period, known: { first: number; last: number } | null): Period {
  if (known === null) return { from: 0, to: 0 };
  const first = Math.max(dayNumber(from), known.first);
  const end = Math.min(dayNumber(to - 1), known.last) + 1;
  return { from: first * dayMs, to: Math.max(first, end) * dayMs };
}

async function readDays(
  db: Kysely<Tables>,
  sites: readonly number[],
  { from, to }: Period,
): Promise<TrafficDay[]> {
  if (sites.length === 0) return [];
  const { rows } = await sql<{ day: number; visits: number; account_visits: number }>`
    select day, sum(visits - own_visits) as visits, sum(account_visits) as account_visits from site_day
    where site_id in (${sql.join(sites)}) and day >= ${dayNumber(from)} and day < ${dayNumber(to)}
    group by day having visits > 0 order by day`.execute(db);
  return rows.map(({ day, ...row }) => ({ day, ...sumOf(row) }));
}

/** About how many different browsers: each day's sketch taken together. */
async function readVisitors(
  db: Kysely<Tables>,
  sites: readonly number[],
  { from, to }: Period,
): Promise<number> {
  if (sites.length === 0) return 0;
  const rows = await db
    .selectFrom('visitor_day')
    .select('sketch')
    .where('site_id', 'in', sites)
    .where('day', '>=', dayNumber(from))
    .where('day', '<', dayNumber(to))
    .execute();
  const all = new Uint8Array(sketchBytes);
  for (const { sketch } of rows) mergeSketch(all, sketch);
  return estimateOf(all);
}

interface Asked {
  db: Kysely<Tables>;
  sites: readonly number[];
  period: Period;
  before: Period | null;
  rows: number;
}

/** The most frequent values, by number. */
async function readTop(
  { db, sites, period, before, rows }: Asked,
  aspect: number,
): Promise<TrafficRow<{ valueId: number }>[]> {
  if (sites.length === 0 || period.from >= period.to) return [];
  const { rows: top } = await sql<Row>`
    select value_id, sum(visits) as visits, sum(account_visits) as account_visits
    from (${sums(sites, aspect, spansAndDays(period))})
    group by value_id order by visits desc, value_id limit ${rows}`.execute(db);
  const values = top.map(({ value_id }) => value_id);
  const then = before === null ? null : await sumsBefore(db, sites, aspect, before, values);
  return top.map((row) => ({
    valueId: row.value_id,
    ...sumOf(row),
    before: then && (then.get(row.value_id) ?? { visits: 0, accountVisits: 0 }),
  }));
}

/** The same with the words of a dictionary. */
async function named<Entry extends { id: number }, Value extends object>(
  top: readonly TrafficRow<{ valueId: number }>[],
  find: (ids: readonly number[]) => Promise<Entry[]>,
  wordsOf: (entry: Entry) => Value,
): Promise<TrafficRow<Value>[]> {
  const entries = new Map((await find(top.map(({ valueId }) => valueId))).map((entry) => [entry.id, entry]));
  return top.flatMap(({ valueId, ...sums }) => {
    const entry = entries.get(valueId);
    return entry === undefined ? [] : [{ ...wordsOf(entry), ...sums }];
  });
}

function sums(sites: readonly number[], aspect: number, { spans, days }: SpansAndDays): RawBuilder<unknown> {
  const part = (table: string, stretch: string, { first, end }: { first: number; end: number }) => sql`
    select value_id, visits, account_visits from ${sql.table(table)}
    where site_id in (${sql.join(sites)}) and aspect = ${aspect}
      and ${sql.ref(stretch)} >= ${first} and ${sql.ref(stretch)} < ${end} and ${stillWanted('value_id')}`;
  const parts = days.map((range) => part('breakdown_day', 'day', range));
  if (spans.first < spans.end) parts.push(part('breakdown_span', 'span', spans));
  return sql.join(parts, sql` union all `);
}

/** Of these values alone: each is looked up in each day and span, however many others there are. */
async function sumsBefore(
  db: Kysely<Tables>,
  sites: readonly number[],
  aspect: number,
  before: Period,
  values: readonly number[],
): Promise<Map<number, VisitSum>> {
  if (values.length === 0 || before.from >= before.to) return new Map();
  const { spans, days } = spansAndDays(before);
  const part = (table: string, stretch: string, numbers: readonly number[]) => sql`
    select value_id, visits, account_visits from ${sql.table(table)}
    where site_id in (${sql.join(sites)}) and aspect = ${aspect}
      and ${sql.ref(stretch)} in (${sql.join(numbers)}) and value_id in (${sql.join(values)})`;
  const parts = days.map((range) => part('breakdown_day', 'day', numbersOf(range)));
  if (spans.first < spans.end) parts.push(part('breakdown_span', 'span', numbersOf(spans)));
  const { rows } = await sql<Row>`
    select value_id, sum(visits) as visits, sum(account_visits) as account_visits
    from (${sql.join(parts, sql` union all `)}) group by value_id`.execute(db);
  return new Map(rows.map((row) => [row.value_id, sumOf(row)]));
}

const numbersOf = ({ first, end }: { first: number; end: number }) =>
  Array.from({ length: end - first }, (_, index) => first + index);

const sumOf = ({ visits, account_visits }: { visits: number; account_visits: number }): VisitSum => ({
  visits,
  accountVisits: account_visits,
});
