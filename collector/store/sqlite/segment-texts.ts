/** How each term that is a text is read. */
import { sql } from 'kysely';
import { eventWord } from '../../event-word.ts';
import type { MixedTerm, TextTerm, VisitTerm } from '../../segment/tree.ts';
import { owners } from './marked.ts';
import { mergedTable } from './merged.ts';
import { type Around, type Of, onlyOf, type Sql, type SqlTest } from './segment-sql.ts';
import { stillWanted } from './wanted.ts';

/**
 * What the owner's file says of each account: its own, or else the latest of those that were merged into it, as on its
 * page.
 */
function profiles({ merged }: Around): Sql {
  if (merged.length === 0) return sql`profile`;
  const columns = sql`p.industry, p.size, p.country, p.owner, p.attributes`;
  return sql`(select * from (
    select coalesce(m.root, p.account_id) as account_id, ${columns}, row_number() over (
      partition by coalesce(m.root, p.account_id) order by m.root is not null, p.imported_at desc, p.account_id) as place
    from profile p left join (
      select json_extract(value, '$[0]') as member, json_extract(value, '$[1]') as root
      from json_each(${JSON.stringify(merged)})) m on m.member = p.account_id) where place = 1)`;
}

/** Latest visits that are looked at for where a company is whose country nobody told. */
const visitsForCountry = 50;

/** The network of the latest visit that was known by it; somebody known by e-mail may be anywhere. */
const countryOfVisits = sql`(select n.country from (
    select network_id, employer_id, started_at from session where account_id = a.id and is_offline = 0
    order by started_at desc limit ${sql.raw(String(visitsForCountry))}) latest
  join network n on n.id = latest.network_id
  where latest.employer_id is null and n.country is not null order by latest.started_at desc limit 1)`;

/** Tables and expression of a text: `from … where …`, with `account_id` told apart. */
export interface TextSource {
  account: Sql;
  value: Sql;
  /** The number that it stands for, where it is compared with one; left out: the one that it is. */
  number?: Sql;
  from: Sql;
}

const ofAccount = (value: Sql): TextSource => ({ account: sql`a.id`, value, from: sql`account a where 1` });
const ofProfile = (value: Sql, around: Around): TextSource => ({
  account: sql`p.account_id`,
  value,
  from: sql`${profiles(around)} p where 1`,
});

export const texts: { readonly [Term in TextTerm]: (around: Around) => TextSource } = {
  name: () => ofAccount(sql`a.name`),
  domain: () => ofAccount(sql`a.domain`),
  country: (around) => ({
    account: sql`a.id`,
    value: sql`coalesce(p.country, a.country, ${countryOfVisits})`,
    // Only who has visited can be in a segment; of all others nothing need be looked up.
    from: sql`account a left join ${profiles(around)} p on p.account_id = a.id
      where a.id in (select account_id from account_total)`,
  }),
  industry: (around) => ofProfile(sql`p.industry`, around),
  // Chosen here, or by a file: the one that the list shows.
  owner: ({ merged, only }) => ({
    account: sql`o.account_id`,
    value: sql`o.owner`,
    from: sql`(${owners(merged, only === null ? undefined : sql`${only}`)}) o where 1`,
  }),
  list: (around) => ({
    account: sql`l.account_id`,
    value: sql`l.name`,
    from: sql`(${listed(around)}) l where 1`,
  }),
};

export const mixed: {
  readonly [Term in MixedTerm]: (condition: Of<'mixed'>, around: Around) => TextSource[];
} = {
  size: (_condition, around) => [{ ...ofProfile(sql`p.size`, around), number: sql`headcount(p.size)` }],
  score: () => [
    {
      account: sql`k.account_id`,
      value: sql`k.band`,
      number: sql`k.score`,
      from: sql`account_score k where 1`,
    },
  ],
  trait: ({ name }, around) => [
    traitOfCompany(name, around),
    traitOfPeople(name, around),
    traitOfContacts(name, around),
  ],
  tag: ({ name }, around) => [tagged(name, around)],
};

function traitOfCompany(name: string, around: Around): TextSource {
  return {
    account: sql`p.account_id`,
    value: sql`j.value`,
    from: sql`${profiles(around)} p join json_each(p.attributes) j on event_word(j.key) = ${eventWord(name)} where 1`,
  };
}

/** Companies of which a file told that was not taken back, or whose people it told of: by what the file is called. */
function listed({ merged }: Around): Sql {
  return sql`select ${ofHome(sql`told.account_id`)} as account_id, list_name(i.file_name) as name
    from import i join (
      select import_id, subject_id as account_id from import_said where kind = 'profile'
      union all select s.import_id, c.account_id from import_said s join contact c on c.id = s.subject_id
        where s.kind = 'contact' and c.account_id is not null) told on told.import_id = i.id
    left join ${mergedTable(merged)} moved on moved.id = told.account_id
    where i.undone_at is null`;
}

/** The account that it was merged into, or itself; beside `left join … moved`. */
const ofHome = (account: Sql) => sql`coalesce(moved.root, ${account})`;

/** Signs between the two parts of a tag such as `persona=CFO` or `persona: CFO`. */
const tagSigns = sql`('=', ':')`;

function tagged(name: string, { merged }: Around): TextSource {
  const part = name.toLowerCase();
  const length = [...part].length;
  const value =
    part === ''
      ? sql`t.tag`
      : sql`case when substr(t.word, 1, ${length}) = ${part} and substr(t.word, ${length + 1}, 1) in ${tagSigns}
          then trim(substr(t.tag, ${length + 2})) end`;
  return {
    account: ofHome(sql`t.account_id`),
    value,
    from: sql`account_tag t left join ${mergedTable(merged)} moved on moved.id = t.account_id where 1`,
  };
}

/** What files of people say of those who work there: their title, their department, and every other column. */
function traitOfContacts(name: string, { merged }: Around): TextSource {
  return {
    account: ofHome(sql`c.account_id`),
    value: sql`j.value`,
    from: sql`contact c join json_each(${contactTraits}) j on event_word(j.key) = ${eventWord(name)}
      left join ${mergedTable(merged)} moved on moved.id = c.account_id where c.account_id is not null`,
  };
}

/** As it is told in words: JSON knows true and false where we compare texts. */
const told = sql`case j.type when 'true' then 'true' when 'false' then 'false' when 'null' then null
  when 'object' then null when 'array' then null else cast(j.value as text) end`;

/** What each browser told last of somebody, for the accounts that it came for. */
function traitOfPeople(name: string, around: Around): TextSource {
  const lastTold = sql`(
    select e.visitor_id, max(e.at), ${told} as value
    from event e indexed by "event#visitor_id#person_id"
    join json_each(e.detail, '$.identify.traits') j on event_word(j.key) = ${eventWord(name)}
    where e.person_id is not null and ${stillWanted('e.id')}
    ${around.only === null ? sql`` : sql`and e.visitor_id in (select visitor_id from session where account_id = ${around.only})`}
    group by e.visitor_id)`;
  return {
    account: sql`s.account_id`,
    value: sql`j.value`,
    from: sql`${lastTold} j join session s on s.visitor_id = j.visitor_id where s.account_id is not null`,
  };
}

/** Of a contact `c`; what nobody told is in none. */
export const contactTraits = sql`json_patch(c.attributes, json_object('title', c.title, 'department', c.department))`;

/** What a visit without an arrival of its own is: somebody came directly. */
const visitTexts: { readonly [Term in VisitTerm]: { column: Sql; direct: string } } = {
  source: { column: sql`r.source`, direct: '(direct)' },
  campaign: { column: sql`r.campaign`, direct: '' },
  channel: { column: sql`r.channel`, direct: 'Direct' },
};

/**
 * Visits that came so: rows of account, who and day.
 * @param limits of time
 */
export function visitsThat(
  { term }: Of<'visit'>,
  around: Around,
  { fits, limits }: { fits: (value: Sql) => SqlTest; limits: Sql },
): Sql {
  const { column, direct } = visitTexts[term];
  const visits = sql`select s.account_id, coalesce(s.person_id, -s.visitor_id) as who,
      s.started_at / 86400000 as day from session s
    where s.account_id is not null ${limits} ${onlyOf(sql`s.account_id`, around)} and ${stillWanted('s.id')}`;
  return sql`${visits} and s.arrival_id in (select r.id from arrival r where ${fits(column)})
    union all ${visits} and s.arrival_id is null and ${fits(sql`${direct}`)}`;
}
