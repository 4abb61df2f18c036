/** Who taught which address: kept as identities come in, or made anew from them. */
import type { Database } from 'better-sqlite3';
import { domainKeyPrefix } from '../../identify/domain-key.ts';
import { unteachableKinds } from '../../identify/learn.ts';
import { allTime, type Span } from './session-row.ts';

const hidden = unteachableKinds.map((kind) => `'${kind}'`).join(', ');

/**
 * Only a whole e-mail is somebody: two people who gave the same domain could be one. And only an address can be taught:
 * of what a server told, none is known.
 */
const teaches = `n.prefix <> '' and p.account_id is not null and p.key not like '${domainKeyPrefix}%' and v.kind not in (${hidden})`;

export function teachingStatements(db: Database) {
  const find = db.prepare<
    [number, number],
    { address_key: number; account_id: number; first_at: number | null; last_at: number | null }
  >(`
    select n.address_key, p.account_id, t.first_at, t.last_at
    from network n
    join verdict v on v.id = n.verdict_id
    join person p on p.id = ?
    left join teaching t on t.address_key = n.address_key and t.person_id = p.id
    where n.id = ? and ${teaches}`);
  const insert = db.prepare(
    'insert into teaching (address_key, person_id, account_id, first_at, last_at) values (?, ?, ?, ?, ?)',
  );
  const update = db.prepare(
    'update teaching set first_at = ?, last_at = ? where address_key = ? and person_id = ?',
  );

  /**
   * Takes in that somebody gave an e-mail from a network.
   * @returns the address, and the time at which it may now be thought of differently; null where nothing changed
   */
  return function teach(
    networkId: number,
    personId: number,
    at: number,
  ): { addressKey: number; span: Span } | null {
    const row = find.get(personId, networkId);
    if (row === undefined) return null;
    const { address_key: addressKey, account_id: accountId, first_at: firstAt, last_at: lastAt } = row;
    if (firstAt === null || lastAt === null) {
      insert.run(addressKey, personId, accountId, at, at);
      return { addressKey, span: allTime };
    }
    if (at >= firstAt && at <= lastAt) return null;
    update.run(Math.min(firstAt, at), Math.max(lastAt, at), addressKey, personId);
    // Between the first and the last time nothing weighs more or less than before.
    return {
      addressKey,
      span: at < firstAt ? { from: 0, until: firstAt } : { from: lastAt + 1, until: allTime.until },
    };
  };
}

/** Fills an empty table of teachings from all identities. */
export function fillTeachings(db: Database, into: string): void {
  db.exec(`
    insert into ${into} (address_key, person_id, account_id, first_at, last_at)
    select n.address_key, p.id, p.account_id, min(e.at), max(e.at)
    from event e indexed by "event#visitor_id#person_id"
    join person p on p.id = e.person_id
    join network n on n.id = e.network_id
    join verdict v on v.id = n.verdict_id
    where e.person_id is not null and ${teaches}
    group by n.address_key, p.id`);
}
