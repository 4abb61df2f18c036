/** The values of fields that the site's owner chose to have told. In the full build only. */
import { cut } from './send.ts';
import { type FormEvent, maxTextLength } from './wire.ts';

/** Fields whose values are nobody's business, whatever the owner asks for. */
const secretTypes = /^(password|hidden|file|submit|button|image)$/;
const secretNames = /pass|pwd|card|cvc|cvv|secret|token|otp|iban|ssn/i;
const secretUses = /password|cc-|one-time-code/i;

type Told = Pick<FormEvent, 'values' | 'domain'>;

export interface Fields {
  /** Looks at a form before it is submitted: a password that a button shows is a text field then. */
  see(form: HTMLFormElement): void;
  /** What may be told of a form that is submitted. */
  tell(form: HTMLFormElement): Told;
}

/** @param mode `data-forms` of the tag */
export function watchFields(mode: string | undefined): Fields {
  const passwords = new WeakSet<Element>();

  function isSecret(field: HTMLInputElement): boolean {
    return (
      secretTypes.test(field.type) ||
      passwords.has(field) ||
      secretNames.test(field.name + field.id) ||
      secretUses.test(field.autocomplete)
    );
  }

  return {
    see(form) {
      for (const field of fieldsOf(form)) if (field.type === 'password') passwords.add(field);
    },
    tell(form) {
      const told: Told = {};
      for (const field of fieldsOf(form)) {
        const { type, name, value } = field;
        if (!value || isSecret(field)) continue;
        const domain = cut(value.split('@')[1]?.toLowerCase());
        if (mode === 'domain' && type === 'email' && domain) told.domain = domain;
        const isChosen = field.checked || !/^(checkbox|radio)$/.test(type);
        if (name && isChosen && field.hasAttribute('data-capture'))
          told.values = { ...told.values, [name.slice(0, maxTextLength)]: value.slice(0, maxTextLength) };
      }
      return told;
    },
  };
}

/** The fields inside of the form; a control called `elements` would hide the form's own list. */
function fieldsOf(form: HTMLFormElement): Iterable<HTMLInputElement> {
  return Element.prototype.querySelectorAll.call(
    form,
    'input, select, textarea',
  ) as Iterable<HTMLInputElement>;
}
