/** Roles in buying as a form says and sends them. */
import { roleWords } from '../collector/journey/buying-group.ts';
import { type AccountPerson, buyingRoles, type RoleChange, type RoleOf } from '../collector/store/people.ts';

/** Whom a form says something of: `p12` a person, `c3` a contact. */
export const whomOf = ({ personId, contactId }: Pick<AccountPerson, 'personId' | 'contactId'>) =>
  personId === null ? `c${contactId}` : `p${personId}`;

export function roleOfWhom(whom: string): RoleOf | null {
  const [, kind, digits] = /^([pc])(\d{1,15})$/.exec(whom) ?? [];
  if (kind === undefined) return null;
  return kind === 'p' ? { personId: Number(digits) } : { contactId: Number(digits) };
}

export interface RoleChoice {
  value: string;
  label: string;
}

/** What can be said of somebody: each role, that they have none, and, where a file says one, that it be as it says. */
export function roleChoices({ fileRole }: Pick<AccountPerson, 'fileRole'>): RoleChoice[] {
  return [
    ...(fileRole === null
      ? [{ value: 'file', label: 'No role' }]
      : [
          { value: 'file', label: `As your file says: ${roleWords[fileRole].toLowerCase()}` },
          { value: 'none', label: 'No role' },
        ]),
    ...buyingRoles.map((role) => ({ value: role, label: roleWords[role] })),
  ];
}

/** The choice that stands now. */
export function chosenRole({ roleSaid }: Pick<AccountPerson, 'roleSaid'>): string {
  return roleSaid === null ? 'file' : (roleSaid.role ?? 'none');
}

/** @returns undefined: no such choice */
export function readRole(typed: string): RoleChange | undefined {
  if (typed === 'file') return null;
  if (typed === 'none') return typed;
  return buyingRoles.find((role) => role === typed);
}
