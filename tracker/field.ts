/**
 * What the site's owner asks to be told of fields: chosen values, the domain of an e-mail address, or how long each
 * field was worked on. In the full build only.
 */
import { options } from './settings.ts';
import { type FormEvent, maxTextLength } from './wire.ts';

/** Fields whose values are nobody's business, whatever the owner asks for. */
const secretTypes = /^(password|hidden|file|submit|button|image)$/;
const secretNames = /pass|pwd|card|cvc|cvv|secret|token|otp|iban|ssn/i;
const secretUses = /password|cc-|one-time-code/i;

/** Without a sign of life for this long, nobody works on a field. */
const idleMs = 30_000;

type Field = HTMLInputElement;
type Times = NonNullable<FormEvent['fields']>;

/** A password that a button shows is a text field then. */
const passwords = /* @__PURE__ */ new WeakSet<Element>();
const timesOf = /* @__PURE__ */ new WeakMap<HTMLFormElement, Times>();

/** The field last touched, and when. */
let working: Times[string] | undefined;
let workingSince = 0;

function isSecret(field: Field): boolean {
  return (
    secretTypes.test(field.type) ||
    passwords.has(field) ||
    secretNames.test(field.name + field.id) ||
    secretUses.test(field.autocomplete)
  );
}

/** The fields inside of the form; a control called `elements` would hide the form's own list. */
function fieldsOf(form: HTMLFormElement): Iterable<Field> {
  return Element.prototype.querySelectorAll.call(form, 'input, select, textarea') as Iterable<Field>;
}

/** Adds the time since the last look to the field that was worked on. */
function spend(): void {
  const now = performance.now();
  if (working) working.ms += Math.min(idleMs, Math.round(now - workingSince));
  workingSince = now;
}

/** Sees that a field of a form is come to (`focusin`), worked on (`input`) or filled in (`change`). */
export function seeField(form: HTMLFormElement, field: Field, type: string): void {
  for (const each of fieldsOf(form)) if (each.type === 'password') passwords.add(each);
  if (/fields/.test(options.forms ?? '')) {
    spend();
    const times = timesOf.get(form) ?? {};
    timesOf.set(form, times);
    const name = (field.name || field.id).slice(0, maxTextLength);
    const isFilledIn = name && !/submit|button|image/.test(field.type);
    if (isFilledIn) times[name] ??= { ms: 0, fills: 0 };
    working = isFilledIn ? times[name] : undefined;
    if (working && type === 'change') working.fills++;
  }
}

/** How long the fields of a form were worked on, by name, up to now; begins anew. */
export function tellTimes(form: HTMLFormElement): Pick<FormEvent, 'fields'> {
  spend();
  working = undefined;
  const fields = timesOf.get(form);
  timesOf.delete(form);
  return fields ? { fields } : {};
}

/** What may be told of a form that is submitted. */
export function tellValues(form: HTMLFormElement): Pick<FormEvent, 'values' | 'domain'> {
  const told: ReturnType<typeof tellValues> = {};
  for (const field of fieldsOf(form)) {
    const { type, name, value } = field;
    if (!value || isSecret(field)) continue;
    if (/domain/.test(options.forms ?? '') && type === 'email') {
      const domain = value.split('@')[1]?.toLowerCase().slice(0, maxTextLength);
      if (domain) told.domain = domain;
    }
    const isChosen = field.checked || !/^(checkbox|radio)$/.test(type);
    const isAsked = field.hasAttribute('data-capture') || options.capture?.split(/[\s,]+/).includes(name);
    if (name && isChosen && isAsked)
      told.values = { ...told.values, [name.slice(0, maxTextLength)]: value.slice(0, maxTextLength) };
  }
  return told;
}
