/** Accounts by their key: found, or made; and renamed where a better source has their name. */
import type { Database } from 'better-sqlite3';
import type { AccountClaim } from '../../identify/account.ts';
import { Dictionary } from './dictionary.ts';

export interface AccountIds {
  /** The id of the account that a claim names; null for no claim. */
  id(claim: AccountClaim): number;
  /** After a rollback its newest ids may not exist. */
  forget(): void;
}

export function accountIds(db: Database, now: () => number): AccountIds {
  const account = new Dictionary(
    db,
    'account',
    ['key'],
    ['name', 'domain', 'country', 'kind', 'name_rank', 'created_at'],
  );
  const rename = db.prepare(`
    update account set name = @name, country = coalesce(@country, country), kind = @kind, name_rank = @nameRank
    where id = @id and name_rank < @nameRank`);
  return {
    id({ key, name, domain, country, kind, nameRank }) {
      const id = account.id([key], () => [name, domain, country, kind, nameRank, now()]);
      rename.run({ id, name, country, kind, nameRank });
      return id;
    },
    forget: () => account.forget(),
  };
}
