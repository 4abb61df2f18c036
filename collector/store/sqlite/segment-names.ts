/** Names that exist in the data, for whoever writes a segment. */
import { type Kysely, sql } from 'kysely';
import type { KnownName, NameKind, Names } from '../../segment/names.ts';
import { dayMs, dayNumber } from '../../time.ts';
import { buyingRoles } from '../people.ts';
import { holdersOf } from './roles.ts';
import type { Sql } from './segment-sql.ts';
import { contactTraits } from './segment-texts.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';

/** Days over which it is counted how often a name was met. */
const lately = 30;

/** Names of one kind that a bare name is looked for among, and tellings that are read to find the names of traits. */
const maxNames = 2_000;
const maxTellings = 5_000;

interface Around {
  prefix: string;
  now: number;
}

/** Text that somebody began to type, for `like … escape '\'`. */
const beginning = (prefix: string) => `${prefix.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

const startsWith = (column: Sql, { prefix }: Around) =>
  prefix === '' ? sql`1` : sql`folded(${column}) like ${beginning(prefix)} escape '\\'`;

/** What of an account's profile. */
const ofProfiles = (column: Sql) => (around: Around) =>
  sql`select ${column} as name, count(*) as count from profile
    where ${column} is not null and ${column} <> '' and ${startsWith(column, around)} group by folded(${column})`;

const ofActivity = (kind: 'event' | 'form' | 'page') => (around: Around) => {
  const name = kind === 'page' ? sql`s.word` : sql`s.name`;
  return sql`select ${name} as name, sum(coalesce((select sum(count) from activity
      where subject_id = s.id and day > ${dayNumber(around.now) - lately} and ${stillWanted('who')}), 0)) as count
    from subject s where s.kind = ${kind} and ${startsWith(name, around)} group by ${kind === 'page' ? sql`s.word` : sql`s.id`}`;
};

const ofArrivals = (column: Sql) => (around: Around) =>
  sql`select ${column} as name, sum(coalesce(v.visits, 0)) as count from arrival r left join (
      select arrival_id, count(*) as visits from session
      where account_id is not null and arrival_id is not null and started_at >= ${around.now - lately * dayMs}
        and ${stillWanted('id')} group by arrival_id) v on v.arrival_id = r.id
    where ${column} <> '' and ${startsWith(column, around)} group by ${column}`;

const traitNames = sql`
  select j.key as name, count(*) as count from profile p join json_each(p.attributes) j group by j.key
  union all
  select j.key, count(*) from (
    select e.detail from event e indexed by "event#visitor_id#person_id" where e.person_id is not null
      and ${stillWanted('e.id')} limit ${maxTellings}) told
  join json_each(told.detail, '$.identify.traits') j group by j.key
  union all
  select j.key, count(*) from (
    select ${contactTraits} as traits from contact c limit ${maxTellings}) known
  join json_each(known.traits) j group by j.key`;

/** Files that told of companies and were not taken back, by what they are called. */
const lists = sql`select list_name(file_name) as name, max(stored) as count from import
  where kind in ('profiles', 'contacts') and undone_at is null group by folded(list_name(file_name))`;

const kinds: { readonly [Kind in NameKind]: (around: Around) => Sql } = {
  tag: (around) => sql`select min(tag) as name, count(*) as count from account_tag
    where ${startsWith(sql`word`, around)} group by word`,
  list: (around) => sql`select name, count from (${lists}) where ${startsWith(sql`name`, around)}`,
  event: ofActivity('event'),
  form: ofActivity('form'),
  page: ofActivity('page'),
  trait: (around) =>
    sql`select name, sum(count) as count from (${traitNames}) where ${startsWith(sql`name`, around)} group by name`,
  source: ofArrivals(sql`r.source`),
  campaign: ofArrivals(sql`r.campaign`),
  channel: ofArrivals(sql`r.channel`),
  country: (around) => sql`select name, sum(count) as count from (
      select country as name, count(*) as count from account where country is not null group by country
      union all select country, count(*) from profile where country is not null group by country)
    where ${startsWith(sql`name`, around)} group by name`,
  industry: ofProfiles(sql`industry`),
  owner: (around) => sql`select min(owner) as name, count(*) as count from (
      select owner from account_owner union all select owner from profile)
    where owner is not null and owner <> '' and ${startsWith(sql`owner`, around)} group by folded(owner)`,
  role: (around) => sql`select value as name, (select count(*) from (${holdersOf(sql`value`)})) as count
    from json_each(${JSON.stringify(buyingRoles)}) where ${startsWith(sql`value`, around)}`,
};

export async function readSegmentNames(
  db: Kysely<Tables>,
  kind: NameKind,
  prefix: string,
  limit: number,
  now: number,
): Promise<KnownName[]> {
  const { rows } = await sql<KnownName>`
    select name, count from (${kinds[kind]({ prefix, now })}) order by count desc, name limit ${limit}`.execute(
    db,
  );
  return rows;
}

export async function readKnownNames(db: Kysely<Tables>): Promise<Names> {
  const { rows } = await sql<{ kind: string; name: string }>`
    select kind, name from subject where kind in ('event', 'form') order by id limit ${2 * maxNames}`.execute(
    db,
  );
  const traits = await sql<{ name: string }>`
    select distinct name from (${traitNames}) limit ${maxNames}`.execute(db);
  const files = await sql<{ name: string }>`select name from (${lists}) limit ${maxNames}`.execute(db);
  const of = (wanted: string) => rows.filter(({ kind }) => kind === wanted).map(({ name }) => name);
  return {
    events: of('event'),
    forms: of('form'),
    traits: traits.rows.map(({ name }) => name),
    lists: files.rows.map(({ name }) => name),
  };
}
