/** Hears what happens on the page. */
import { quietly } from './quietly.ts';

/**
 * Before anybody else does: a site that stops an event hides nothing from us.
 * @param types names of events, with a space between
 */
export function listen<Heard extends Event>(types: string, hear: (event: Heard) => void): void {
  for (const type of types.split(' ')) addEventListener(type, quietly(hear) as (event: Event) => void, true);
}
