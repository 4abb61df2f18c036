/** Reads one account's head: who it is and how we know, what belongs to it, how busy it was. */
import { type Kysely, sql } from 'kysely';
import type { Rulings } from '../../identify/decision.ts';
import type { Kind } from '../../reveal/verdict.ts';
import { dayNumber } from '../../time.ts';
import type { AccountDetail, AccountName, AccountNetwork } from '../store.ts';
import { activityOf } from './accounts.ts';
import { containing } from './like.ts';
import { readProfile } from './read-profile.ts';
import type { Tables } from './tables.ts';
import { stillWanted } from './wanted.ts';
import { type Why, type WhyRow, whyColumns, whyTables } from './why.ts';

/** Days of activity on an account's page. */
const chartDays = 90;

/** One account with everything above its timeline; null if there is none of that number. */
export async function readAccount(
  db: Kysely<Tables>,
  { why, rulings }: { why: Why; rulings: Rulings },
  id: number,
  siteId: number | null,
  now: number,
): Promise<AccountDetail | null> {
  const account = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  if (account === undefined) return null;
  let totals = db
    .selectFrom('account_total')
    .select((of) => [
      of.fn.min<number | null>('first_at').as('first_at'),
      of.fn.max<number | null>('last_at').as('last_at'),
      of.fn.sum<number | null>('visits').as('visits'),
      of.fn.sum<number | null>('people').as('people'),
      of.fn.sum<number | null>('pages').as('pages'),
      of.fn.sum<number | null>('forms').as('forms'),
    ])
    .where('account_id', '=', id);
  if (siteId !== null) totals = totals.where('site_id', '=', siteId);
  const sum = await totals.executeTakeFirst();
  const attributions = await attributionsOf(db, why, id, siteId);
  const last = dayNumber(now);
  const activity = await activityOf(db, [id], siteId, { first: last - chartDays + 1, last });
  const related = { merged: rulings.members(id), parent: rulings.parent(id), children: rulings.children(id) };
  const { merged, parent, children } = await namesOf(db, id, related);
  const profile = await readProfile(db, rulings.members(id));
  return {
    id,
    name: account.name,
    domain: account.domain,
    kind: account.kind as Kind,
    country:
      profile?.country ??
      account.country ??
      attributions.find((one) => one.country !== null)?.country ??
      null,
    confidence: attributions[0]?.confidence ?? 0,
    tier: 'account',
    attributions: attributions.map(({ country: _, ...one }) => one),
    merged,
    parent,
    children,
    profile,
    firstAt: sum?.first_at ?? account.created_at,
    lastAt: sum?.last_at ?? account.created_at,
    visits: sum?.visits ?? 0,
    people: sum?.people ?? 0,
    pages: sum?.pages ?? 0,
    forms: sum?.forms ?? 0,
    activity: activity.get(id) ?? [],
  };
}

/** Ways of being identified told at most on an account's page, and verdicts read to find them. */
const maxAttributions = 20;
const maxVerdicts = 500;

type Attribution = AccountDetail['attributions'][number] & { country: string | null };

async function attributionsOf(
  db: Kysely<Tables>,
  why: Why,
  accountId: number,
  siteId: number | null,
): Promise<Attribution[]> {
  const { rows } = await sql<
    WhyRow & { prefix: string; country: string | null; visits: number; last_at: number }
  >`
    select ${whyColumns}, max(s.started_at) as started_at, n.prefix, n.country,
      count(*) as visits, max(s.ended_at) as last_at
    from session s
    ${whyTables}
    where s.account_id = ${accountId} and s.is_offline = 0 ${siteId === null ? sql`` : sql`and s.site_id = ${siteId}`}
      and ${stillWanted('s.id')}
    group by case when s.employer_id is not null then s.employer_id when s.by_learned = 1 then n.address_key else v.id end,
      s.employer_id is null, s.by_learned, s.decision_id
    order by visits desc
    limit ${maxVerdicts}`.execute(db);
  // The same reason in a newer build of the data is the same reason: told once, with all its visits.
  const byReason = new Map<string, Attribution>();
  for (const row of rows) {
    const { confidence, evidence } = why(row);
    const key = JSON.stringify(evidence.map(({ source, says }) => [source, says]));
    const byPerson = row.employer_id !== null;
    const known = byReason.get(key);
    const isNewer = known === undefined || row.last_at > known.lastAt;
    byReason.set(key, {
      ...(isNewer
        ? {
            evidence,
            confidence,
            prefix: byPerson ? null : row.prefix,
            country: byPerson ? null : row.country,
            lastAt: row.last_at,
          }
        : known),
      visits: row.visits + (known?.visits ?? 0),
    });
  }
  return [...byReason.values()]
    .sort((a, b) => b.confidence - a.confidence || b.visits - a.visits)
    .slice(0, maxAttributions);
}

/** Accounts by their numbers, without the one that they belong to; in order of their names. */
async function namesOf(
  db: Kysely<Tables>,
  id: number,
  ids: { merged: number[]; parent: number | null; children: number[] },
): Promise<Pick<AccountDetail, 'merged' | 'parent' | 'children'>> {
  const asked = [...ids.merged, ...ids.children, ...(ids.parent === null ? [] : [ids.parent])];
  const rows = await db
    .selectFrom('account')
    .select(['id', 'name', 'domain'])
    .where('id', 'in', asked)
    .where('id', '<>', id)
    .orderBy('name')
    .execute();
  return {
    merged: rows.filter((row) => ids.merged.includes(row.id)),
    parent: rows.find((row) => row.id === ids.parent) ?? null,
    children: rows.filter((row) => ids.children.includes(row.id)),
  };
}

const maxNetworks = 50;

/** The networks that an account's visits came from, where no e-mail said whose they are. */
export async function readAccountNetworks(db: Kysely<Tables>, accountId: number): Promise<AccountNetwork[]> {
  const { rows } = await sql<{
    prefix: string;
    address_key: number;
    as_number: number | null;
    name: string | null;
    visits: number;
  }>`
    select n.prefix, n.address_key, max(n.as_number) as as_number,
      max(coalesce(json_extract(v.content, '$.operator'), v.name)) as name, count(*) as visits
    from session s
    join network n on n.id = s.network_id
    join verdict v on v.id = n.verdict_id
    where s.account_id = ${accountId} and s.employer_id is null and ${stillWanted('s.id')}
    group by n.prefix, n.address_key
    order by visits desc, n.prefix
    limit ${maxNetworks}`.execute(db);
  return rows.map((row) => ({
    prefix: row.prefix,
    addressKey: row.address_key,
    asNumber: row.as_number,
    name: row.name,
    visits: row.visits,
  }));
}

/** Accounts by a part of their name or domain; those that visits were counted for come first. */
export async function searchAccounts(
  db: Kysely<Tables>,
  search: string,
  limit: number,
): Promise<AccountName[]> {
  const pattern = containing(search);
  const { rows } = await sql<AccountName>`
    select a.id, a.name, a.domain,
      (select max(last_at) from account_total where account_id = a.id) as last_at
    from account a
    where a.name like ${pattern} escape '\\' or a.domain like ${pattern} escape '\\'
    order by last_at is null, last_at desc, a.name
    limit ${limit}`.execute(db);
  return rows.map(({ id, name, domain }) => ({ id, name, domain }));
}
