/** The accounts list as it leaves the house: its columns. */
import type { AccountInFile } from '../account-file.ts';
import type { Column } from './format.ts';

const isoTime = (at: number) => new Date(at).toISOString();

/** People script against these names and their order: a new one goes to the end. */
export const accountColumns: readonly Column<AccountInFile>[] = [
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
  { name: 'score', holds: 'plain', value: (row) => row.worth?.score ?? null },
  { name: 'score_band', holds: 'plain', value: (row) => row.worth?.band ?? null },
  { name: 'owner', holds: 'text', value: (row) => row.marks.owner?.name ?? null },
  { name: 'tags', holds: 'text', value: (row) => row.marks.tags.join('; ') },
  { name: 'industry', holds: 'text', value: (row) => row.marks.industry },
  { name: 'employees', holds: 'text', value: (row) => row.marks.size },
  { name: 'engaged_seconds', holds: 'plain', value: (row) => row.engaged },
  { name: 'pages_change', holds: 'plain', value: (row) => row.change },
  { name: 'segment', holds: 'text', value: (row) => row.segment },
];
