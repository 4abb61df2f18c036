/** People of a list of companies as they leave the house: the columns. */
import type { PersonInFile } from '../audience.ts';
import type { Column } from './format.ts';

const isoTime = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** People script against these names and their order: a new one goes to the end. */
export const peopleColumns: readonly Column<PersonInFile>[] = [
  { name: 'email', holds: 'text', value: ({ person }) => person.email },
  { name: 'name', holds: 'text', value: ({ person }) => person.name },
  { name: 'title', holds: 'text', value: ({ person }) => person.title },
  { name: 'department', holds: 'text', value: ({ person }) => person.department },
  { name: 'company', holds: 'text', value: ({ company }) => company.name },
  { name: 'domain', holds: 'text', value: ({ company }) => company.domain },
  { name: 'country', holds: 'text', value: ({ company }) => company.country },
  { name: 'first_visit', holds: 'plain', value: ({ person }) => isoTime(person.firstAt) },
  { name: 'last_visit', holds: 'plain', value: ({ person }) => isoTime(person.lastAt) },
  { name: 'visits', holds: 'plain', value: ({ person }) => person.visits },
  { name: 'pages', holds: 'plain', value: ({ person }) => person.pages },
  { name: 'segment', holds: 'text', value: ({ segment }) => segment },
];
