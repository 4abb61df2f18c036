/** The accounts list as it leaves the house: which columns, and how its rows are read without one giant query. */
import type { AccountQuery, AccountRow, Store } from '../../store/store.ts';
import type { Column } from './format.ts';

const rowsPerRead = 500;

const isoTime = (at: number) => new Date(at).toISOString();

/** People script against these names and their order. */
export const accountColumns: readonly Column<AccountRow>[] = [
  { name: 'name', holds: 'text', value: (row) => row.name },
  { name: 'domain', holds: 'text', value: (row) => row.domain },
  { name: 'country', holds: 'text', value: (row) => row.country },
  { name: 'kind', holds: 'plain', value: (row) => row.kind },
  { name: 'confidence', holds: 'plain', value: (row) => row.confidence.toFixed(2) },
  { name: 'first_visit', holds: 'plain', value: (row) => isoTime(row.firstAt) },
  { name: 'last_visit', holds: 'plain', value: (row) => isoTime(row.lastAt) },
  { name: 'visits', holds: 'plain', value: (row) => row.visits },
  { name: 'people', holds: 'plain', value: (row) => row.people },
  { name: 'pages', holds: 'plain', value: (row) => row.pages },
  { name: 'forms', holds: 'plain', value: (row) => row.forms },
  { name: 'channel', holds: 'text', value: (row) => row.channel },
  { name: 'source', holds: 'text', value: (row) => row.source },
  { name: 'status', holds: 'plain', value: (row) => (row.isNew ? 'new' : 'returning') },
];

/**
 * Every row of a list, in its order, read in pages so that ingest is never held up.
 * A visit that comes meanwhile can move a row to a later page; such a row is given once.
 */
export async function* everyAccount(
  store: Pick<Store, 'accounts'>,
  query: Omit<AccountQuery, 'offset' | 'limit'>,
): AsyncGenerator<AccountRow> {
  const given = new Set<number>();
  for (let offset = 0; ; offset += rowsPerRead) {
    const { rows } = await store.accounts({ ...query, offset, limit: rowsPerRead });
    for (const row of rows) {
      if (given.has(row.id)) continue;
      given.add(row.id);
      yield row;
    }
    if (rows.length < rowsPerRead) return;
  }
}
