/** What imports are called on pages. */
import type { Import, ImportKind } from '../collector/store/imports.ts';

export const kindTitles: Record<ImportKind, string> = {
  touchpoints: 'Touchpoints',
  contacts: 'People',
  profiles: 'Company profiles',
};

/** One row, and many. */
export const rowWords: Record<ImportKind, [string, string]> = {
  touchpoints: ['touchpoint', 'touchpoints'],
  contacts: ['person', 'people'],
  profiles: ['company', 'companies'],
};

/** Nothing was heard of it for so long: it has ended without saying so. */
const silentMs = 60_000;

export type ImportState = 'undone' | 'running' | 'stopped' | 'done';

export function stateOf({ undoneAt, endedAt, problem, notedAt }: Import, now: number): ImportState {
  if (undoneAt !== null) return 'undone';
  if (endedAt === null) return now - notedAt < silentMs ? 'running' : 'stopped';
  return problem === null ? 'done' : 'stopped';
}

export const stateWords: Record<ImportState, string> = {
  undone: 'Undone',
  running: 'Under way',
  stopped: 'Stopped before its end',
  done: 'Done',
};
