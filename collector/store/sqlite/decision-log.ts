/** Reads the log of decisions. */
import { type Kysely, sql } from 'kysely';
import type { Company, OwnerRule } from '../../reveal/verdict.ts';
import type { AccountName, Decision, Moved } from '../store.ts';
import type { Tables } from './tables.ts';

type Row = Tables['decision'] & {
  id: number;
  account_name: string | null;
  account_domain: string | null;
  target_name: string | null;
  target_domain: string | null;
};

const select = sql`
  select d.*, a.name as account_name, a.domain as account_domain, t.name as target_name, t.domain as target_domain
  from decision d left join account a on a.id = d.account_id left join account t on t.id = d.target_id`;

/** Newest first. @param accountIds whose; null: all. @param before older than this one only */
export async function readDecisions(
  db: Kysely<Tables>,
  accountIds: readonly number[] | null,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): Promise<Decision[]> {
  const ids = JSON.stringify(accountIds ?? []);
  const about =
    accountIds === null
      ? sql``
      : sql`and d.id in (
          select id from decision where account_id in (select value from json_each(${ids}))
          union select id from decision where target_id in (select value from json_each(${ids})))`;
  const { rows } =
    await sql<Row>`${select} where d.id < ${before} ${about} order by d.id desc limit ${limit}`.execute(db);
  return rows.map(decisionOf);
}

export async function readDecision(db: Kysely<Tables>, id: number): Promise<Decision | null> {
  const { rows } = await sql<Row>`${select} where d.id = ${id}`.execute(db);
  return rows[0] === undefined ? null : decisionOf(rows[0]);
}

/** The decisions in force about networks; but where only an address's hash is known, the look-up cannot take it. */
export async function readOwnerRules(
  db: Kysely<Tables>,
): Promise<(OwnerRule & { addressKey: number | null })[]> {
  const { rows } = await sql<Row>`
    ${select} where d.kind = 'network' and d.undone_at is null and d.match not like '% %' order by d.id`.execute(
    db,
  );
  return rows.map((row) => ({
    id: row.id,
    match: row.match ?? '',
    addressKey: row.address_key,
    company: companyOf(row),
    note: row.note,
    createdAt: row.made_at,
  }));
}

function companyOf({ says, target_name: name, target_domain: domain }: Row): Company | null {
  return says === 'company' && name !== null ? { name, domain } : null;
}

const nothingMoved: Moved = { visits: 0, visitors: 0, from: [], to: [] };

function decisionOf(row: Row): Decision {
  return {
    id: row.id,
    kind: row.kind as Decision['kind'],
    match: row.match,
    addressKey: row.address_key,
    says: row.says as Decision['says'],
    account: nameOf(row.account_id, row.account_name, row.account_domain),
    target: nameOf(row.target_id, row.target_name, row.target_domain),
    note: row.note,
    madeBy: row.made_by,
    madeAt: row.made_at,
    undoneBy: row.undone_by,
    undoneAt: row.undone_at,
    moved: row.moved === null ? nothingMoved : (JSON.parse(row.moved) as Moved),
  };
}

function nameOf(id: number | null, name: string | null, domain: string | null): AccountName | null {
  return id === null || name === null ? null : { id, name, domain };
}
