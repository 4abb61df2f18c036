/** Sees forms being submitted. Reads their names, and never what was typed into them. */
import { quietly } from './quietly.ts';
import type { Send } from './send.ts';
import { maxTextLength, maxUrlLength } from './wire.ts';

/** A second click within this time is part of a double click. */
const doubleClickMs = 500;

/** A field called `id` or `getAttribute` hides the form's own. */
function attribute(form: Element, name: string): string | undefined {
  return Element.prototype.getAttribute.call(form, name) || undefined;
}

export function watchForms(address: () => string, send: Send): void {
  let lastForm: EventTarget | null;
  let lastTime = 0;

  function submitted({ target, timeStamp }: Event): void {
    const isDoubleClick = target === lastForm && timeStamp - lastTime < doubleClickMs;
    lastForm = target;
    lastTime = timeStamp;
    if (isDoubleClick) return;
    const form = target as Element;
    const action = attribute(form, 'action');
    send({
      type: 'form',
      step: 'submit',
      url: address(),
      name: attribute(form, 'name')?.slice(0, maxTextLength),
      form: attribute(form, 'id')?.slice(0, maxTextLength),
      action: action && new URL(action, document.baseURI).pathname.slice(0, maxUrlLength),
    });
  }

  // The first to hear it: a site that stops the event hides nothing from us.
  addEventListener('submit', quietly(submitted), true);
}
