/** Columns of the accounts list that people may choose; the company's name is always the first. */

export const columns = [
  'score',
  'country',
  'industry',
  'size',
  'owner',
  'tags',
  'last',
  'visits',
  'people',
  'pages',
  'engaged',
  'change',
  'source',
  'status',
  'activity',
] as const;
export type Column = (typeof columns)[number];

export const columnLabels: Record<Column, string> = {
  score: 'Score',
  country: 'Country',
  industry: 'Industry',
  size: 'Size',
  owner: 'Owner',
  tags: 'Tags',
  last: 'Last visit',
  visits: 'Visits',
  people: 'People',
  pages: 'Pages',
  engaged: 'Engaged',
  change: 'Change',
  source: 'Source',
  status: 'Status',
  activity: 'Activity',
};

export const usualColumns: readonly Column[] = [
  'score',
  'last',
  'visits',
  'people',
  'pages',
  'change',
  'source',
  'status',
  'activity',
];

/** Columns as an address names them, in the list's order; null if none of them is one. */
export function readColumns(text: string): Column[] | null {
  const named = new Set(text.split(',').map((name) => name.trim()));
  const known = columns.filter((column) => named.has(column));
  return known.length === 0 ? null : known;
}
