/** Hears the calls that a page makes to the browser. */
import { quietly } from './quietly.ts';

/**
 * Does something after each call of a method. What the browser rejects is thrown to the site, as it would be without
 * us, and nothing is done.
 * @param action is told on what the method was called
 */
export function after<Name extends string, Target extends { [Key in Name]: (...given: never[]) => void }>(
  target: Target,
  name: Name,
  action: (self: Target) => void,
): void {
  const original = target[name];
  target[name] = function (this: Target, ...given: never[]): void {
    original.apply(this, given);
    quietly(action)(this);
  } as Target[Name];
}
