/** Writes a list to a file or to stdout, for the command line. */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { AccountQuery, Store } from '../store/store.ts';
import { dayMs } from '../time.ts';
import { type AccountInFile, withRest } from './account-file.ts';
import { accountColumns } from './formats/accounts.ts';
import { type FormatName, formats } from './formats/index.ts';

export interface ExportOptions {
  store: Pick<Store, 'eachAccount' | 'marks' | 'scoresOf' | 'engagement'>;
  format: FormatName;
  /** A path; `-` is stdout. */
  out: string;
  /** How far back; null: all. */
  days: number | null;
  now: number;
}

/**
 * The accounts list with all its rows, latest visit first.
 * @returns rows written
 * @throws Error if the file cannot be written
 */
export async function exportAccounts({ store, format, out, days, now }: ExportOptions): Promise<number> {
  const query: Omit<AccountQuery, 'offset' | 'limit'> = {
    siteId: null,
    period: { from: days === null ? 0 : now - days * dayMs, to: now + dayMs },
    search: '',
    sort: 'last',
    descending: true,
  };
  let count = 0;
  async function* counted(): AsyncGenerator<AccountInFile> {
    for await (const row of withRest(store, store.eachAccount(query), { ...query, segment: '' })) {
      count += 1;
      yield row;
    }
  }
  const text = formats[format].write(accountColumns, counted());
  if (out === '-') for await (const part of text) process.stdout.write(part);
  else await pipeline(text, createWriteStream(out));
  return count;
}
