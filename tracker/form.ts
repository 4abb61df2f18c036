/** Sees forms being submitted. Reads their names, and never what was typed into them. */
import { quietly } from './quietly.ts';
import { cut, type Send } from './send.ts';

/** A second click within this time is part of a double click. */
const doubleClickMs = 500;

/** @param address the page now shown */
export function watchForms(address: () => string, send: Send): void {
  let last: Event | undefined;

  // The first to hear it: a site that stops the event hides nothing from us.
  addEventListener('submit', quietly(submitted), true);

  function submitted(event: Event): void {
    // A control called `id` or `getAttribute` hides the form's own.
    const attribute = (name: string) => Element.prototype.getAttribute.call(event.target, name);
    const isDoubleClick = event.target === last?.target && event.timeStamp - last.timeStamp < doubleClickMs;
    last = event;
    if (!isDoubleClick)
      send({
        type: 'form',
        step: 'submit',
        url: address(),
        name: cut(attribute('name')),
        form: cut(attribute('id')),
        action: cut(new URL(attribute('action') ?? '', document.baseURI).pathname),
      });
  }
}
