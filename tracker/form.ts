/** Sees forms begun, submitted and given up. Reads the names of forms and fields, and never what was typed into them. */
import { after } from './after.ts';
import { watchFields } from './field.ts';
import { listen } from './listen.ts';
import { quietly } from './quietly.ts';
import { resolve } from './resolve.ts';
import { cut, type Said, type Send } from './send.ts';
import type { FormEvent } from './wire.ts';

/** A second click within this time is part of a double click. */
const doubleClickMs = 500;

/**
 * @param address the page now shown
 * @param mode    `data-forms` of the tag
 * @returns tells the forms that are given up as their page goes away
 */
export function watchForms(address: () => string, send: Send, mode: string | undefined): () => void {
  /** Begun and not sent: what to say if the page goes away. */
  const open = new Map<HTMLFormElement, Said<FormEvent>>();
  // Also those whose page is gone: a form that was sent once is never given up.
  const sent = new WeakSet<HTMLFormElement>();
  const fields = hasEverything ? watchFields(mode) : undefined;
  let last: Event | undefined;

  function about(form: HTMLFormElement, step: FormEvent['step']): Said<FormEvent> {
    return {
      type: 'form',
      step,
      url: address(),
      name: attribute(form, 'name'),
      form: attribute(form, 'id'),
      action: cut(resolve(attribute(form, 'action') ?? '').pathname),
    };
  }

  function submit(form: HTMLFormElement): void {
    open.delete(form);
    sent.add(form);
    send(hasEverything ? { ...about(form, 'submit'), ...fields?.tell(form) } : about(form, 'submit'));
  }

  const submitted = quietly((event: Event) => {
    const isDoubleClick = event.target === last?.target && event.timeStamp - last.timeStamp < doubleClickMs;
    last = event;
    if (!isDoubleClick) submit(event.target as HTMLFormElement);
  });
  listen('submit', submitted);

  listen('focusin input change', (event) => {
    // Never empty while the event is heard.
    const path = event.composedPath() as [HTMLInputElement, ...HTMLElement[]];
    const [field] = path;
    // A submit stays within its shadow root. Where we listen already, this adds nothing but a second click.
    field.getRootNode().addEventListener('submit', submitted, true);
    // The form may be outside of the component that has the field.
    const form = field.form ?? path.find((node) => node instanceof HTMLFormElement);
    if (hasEverything && form) fields?.see(form);
    if (form && event.type !== 'focusin') {
      if (!open.has(form)) send(about(form, 'start'));
      open.set(form, {
        ...(open.get(form) ?? about(form, 'abandon')),
        field: attribute(field, 'name') ?? attribute(field, 'id'),
      });
    }
  });

  after(HTMLFormElement.prototype, 'submit', (form) => {
    // Sites check a submit and then let it go by this call, which is no second one.
    if (open.has(form) || !sent.has(form)) submit(form);
  });

  return () => {
    open.forEach((said, form) => {
      if (!sent.has(form)) send(said);
    });
    open.clear();
  };
}

/** A control called `id` or `getAttribute` hides the form's own. */
function attribute(element: Element, name: string): string | undefined {
  return cut(Element.prototype.getAttribute.call(element, name));
}
