/** THE LIST of what a file can be about. A new subject is one file and one line here. */
import type { ContactRow } from '../../store/people.ts';
import type { ProfileRow } from '../../store/store.ts';
import { contacts } from './contact.ts';
import { profiles } from './profile.ts';
import type { Subject } from './subject.ts';
import { type TouchpointRow, touchpoints } from './touchpoint.ts';

export interface Rows {
  touchpoints: TouchpointRow;
  contacts: ContactRow;
  profiles: ProfileRow;
}

export const subjects: { [Kind in keyof Rows]: Subject<Rows[Kind]> } = { touchpoints, contacts, profiles };
