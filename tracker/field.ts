/** The values of fields that the site's owner chose to have told. In the full build only. */
import { cut } from './send.ts';
import type { FormEvent } from './wire.ts';

/** Fields whose values are nobody's business, whatever the owner asks for. */
const secretNames = /pass|pwd|card|cvc|cvv|secret|token|otp|iban|ssn/i;
const secretUses = /password|cc-|one-time-code/i;

/** Remembers fields that were passwords once: a button may show what was typed, and they are text fields then. */
export function rememberPasswords(fields: Iterable<Element>, known: WeakSet<Element>): void {
  for (const field of fields) if ((field as HTMLInputElement).type === 'password') known.add(field);
}

/**
 * What may be told of a form that is submitted.
 * @param fields    of the form
 * @param passwords fields that were passwords once
 * @param mode      `data-forms` of the tag
 */
export function tellFields(
  fields: Iterable<Element>,
  passwords: WeakSet<Element>,
  mode: string | undefined,
): Pick<FormEvent, 'values' | 'domain'> {
  const told: Pick<FormEvent, 'values' | 'domain'> = {};
  const values: { [name: string]: string } = {};
  for (const field of fields as Iterable<HTMLInputElement>) {
    const { type, name, value } = field;
    const isSecret =
      /^(password|hidden|file|submit|button|image)$/.test(type) ||
      passwords.has(field) ||
      secretNames.test(name + field.id) ||
      secretUses.test(field.autocomplete);
    if (isSecret || !value) continue;
    if (mode === 'domain' && type === 'email')
      told.domain = cut(value.split('@')[1]?.toLowerCase()) ?? told.domain ?? '';
    const isChosen = !/^(checkbox|radio)$/.test(type) || field.checked;
    if (name && isChosen && field.hasAttribute('data-capture')) values[name] = value.slice(0, 300);
  }
  if (Object.keys(values)[0]) told.values = values;
  return told;
}
