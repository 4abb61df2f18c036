/** A stored touchpoint in a salesperson's words. */
import { events, type Words } from '../events.ts';
import type { JourneyEvent } from '../store/store.ts';

/** @example touchpointWords(event) // { verb: 'Viewed', object: 'Pricing', note: '/pricing' } */
export function touchpointWords(event: JourneyEvent): Words {
  return events[event.type].words(event);
}
