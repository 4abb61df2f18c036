/** Sees forms begun, submitted and given up. Reads the names of forms and fields, and never what was typed into them. */
import { after } from './after.ts';
import { seeField, tellTimes, tellValues } from './field.ts';
import { listen } from './listen.ts';
import { quietly } from './quietly.ts';
import { cut, type Said, send } from './send.ts';
import type { FormEvent } from './wire.ts';

/** A second click within this time is part of a double click. */
const doubleClickMs = 500;

/** Begun and not sent, with the field touched last. */
const open = /* @__PURE__ */ new Map<HTMLFormElement, string | undefined>();
// Also those whose page is gone: a form that was sent once is never given up.
const sent = /* @__PURE__ */ new WeakSet<HTMLFormElement>();
let last = {} as Event;

/** A control called `id` or `getAttribute` hides the form's own. */
function attribute(element: Element, name: string): string | undefined {
  return cut(Element.prototype.getAttribute.call(element, name));
}

function about(form: HTMLFormElement, step: FormEvent['step']): Said<FormEvent> {
  return {
    type: 'form',
    step,
    name: attribute(form, 'name'),
    form: attribute(form, 'id'),
    action: cut(attribute(form, 'action')?.split(/[?#]/)[0]),
  };
}

function submit(form: HTMLFormElement): void {
  open.delete(form);
  sent.add(form);
  send(
    hasEverything
      ? { ...about(form, 'submit'), ...tellTimes(form), ...tellValues(form) }
      : about(form, 'submit'),
  );
}

const submitted = /* @__PURE__ */ quietly((event: Event) => {
  if (event.target !== last.target || event.timeStamp - last.timeStamp > doubleClickMs)
    submit(event.target as HTMLFormElement);
  last = event;
});

export function watchForms(): void {
  listen('submit', submitted);

  listen('focusin input change', (event) => {
    // Never empty while the event is heard.
    const path = event.composedPath() as [HTMLInputElement, ...HTMLElement[]];
    const [field] = path;
    // A submit stays within its shadow root. Where we listen already, this adds nothing but a second click.
    field.getRootNode().addEventListener('submit', submitted, true);
    // The form may be outside of the component that has the field.
    const form = field.form ?? path.find((node) => node instanceof HTMLFormElement);
    if (hasEverything && form) seeField(form, field, event.type);
    if (form && event.type !== 'focusin') {
      if (!open.has(form)) send(about(form, 'start'));
      open.set(form, attribute(field, 'name') ?? attribute(field, 'id'));
    }
  });

  after(HTMLFormElement.prototype, 'submit', (form) => {
    // Sites check a submit and then let it go by this call, which is no second one.
    if (open.has(form) || !sent.has(form)) submit(form);
  });
}

/** Tells the forms that are given up as the page with this address goes away. */
export function tellAbandoned(url: string): void {
  open.forEach((field, form) => {
    if (!sent.has(form))
      send({ ...about(form, 'abandon'), url, field, ...(hasEverything && tellTimes(form)) });
  });
  open.clear();
}
