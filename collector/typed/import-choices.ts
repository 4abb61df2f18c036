/** What somebody chose for a file's columns and values, checked: the same for the mapping page and for programs. */

/** Of the name of a time zone, and of what touchpoints are from. */
export const maxChoiceLength = 100;
export const maxFileNameLength = 200;

/** A file's name as it is kept: one line, and its end where it is too long. */
export const keptFileName = (name: string) =>
  name.replace(/\p{Cc}+/gu, ' ').slice(-maxFileNameLength) || 'file';

/** Nothing was heard of it for so long: it has ended without saying so. */
const silentMs = 60_000;

export const importStates = ['running', 'done', 'stopped', 'undone'] as const;
export type ImportState = (typeof importStates)[number];

/** What an import has come to. */
export function importStateOf(
  one: { undoneAt: number | null; endedAt: number | null; problem: string | null; notedAt: number },
  now: number,
): ImportState {
  if (one.undoneAt !== null) return 'undone';
  if (one.endedAt === null) return now - one.notedAt < silentMs ? 'running' : 'stopped';
  return one.problem === null ? 'done' : 'stopped';
}
