/** Addresses of people: `/people/17` somebody known, `/people/v42` a browser, `/people/c9` somebody from a file. */
import type { PersonRef } from '../collector/store/person.ts';

const letters: Record<PersonRef['kind'], string> = { person: '', visitor: 'v', contact: 'c' };

/** @example personPath({ kind: 'visitor', id: 42 }) // '/people/v42' */
export function personPath({ kind, id }: PersonRef): string {
  return `/people/${letters[kind]}${id}`;
}

/** @returns null for what is no such address */
export function readPersonRef(text: string): PersonRef | null {
  const [, letter = '', digits = ''] = /^([vc]?)([1-9]\d{0,15})$/.exec(text) ?? [];
  const kind = (Object.keys(letters) as PersonRef['kind'][]).find((one) => letters[one] === letter);
  const id = Number(digits);
  return kind === undefined || digits === '' || !Number.isSafeInteger(id) ? null : { kind, id };
}
