/** The accounts list as it leaves the house: its columns. */
import type { AccountRow } from '../../store/store.ts';
import type { Column } from './format.ts';

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
