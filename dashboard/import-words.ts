/** What imports are called on pages. */
import type { ImportKind } from '../collector/store/imports.ts';
import type { ImportState } from '../collector/typed/import-choices.ts';

export { type ImportState, importStateOf as stateOf } from '../collector/typed/import-choices.ts';

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

export const stateWords: Record<ImportState, string> = {
  undone: 'Undone',
  running: 'Under way',
  stopped: 'Stopped before its end',
  done: 'Done',
};
