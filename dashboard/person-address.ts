/** Addresses of people: `/people/17` somebody known, `/people/v42` a browser, `/people/c9` somebody from a file. */
import type { AccountPerson } from '../collector/store/people.ts';
import type { PersonRef } from '../collector/store/person.ts';

const letters: Record<PersonRef['kind'], string> = { person: '', visitor: 'v', contact: 'c' };

/** @example personPath({ kind: 'visitor', id: 42 }) // '/people/v42' */
export function personPath({ kind, id }: PersonRef): string {
  return `/people/${letters[kind]}${id}`;
}

/** Whoever came: a person, or a browser that nobody said is theirs. */
export const whoPath = (who: number) =>
  personPath({ kind: who < 0 ? 'visitor' : 'person', id: Math.abs(who) });

/** Somebody of a company's people. */
export const someonesPath = ({ personId, contactId }: Pick<AccountPerson, 'personId' | 'contactId'>) =>
  personPath(personId === null ? { kind: 'contact', id: contactId ?? 0 } : { kind: 'person', id: personId });

/** @returns null for what is no such address */
export function readPersonRef(text: string): PersonRef | null {
  const [, letter = '', digits = ''] = /^([vc]?)([1-9]\d{0,15})$/.exec(text) ?? [];
  const kind = (Object.keys(letters) as PersonRef['kind'][]).find((one) => letters[one] === letter);
  const id = Number(digits);
  return kind === undefined || digits === '' || !Number.isSafeInteger(id) ? null : { kind, id };
}
