/** Event types as the small integers they are stored as. A number is never given a second meaning. */
import type { EventType } from '../../../tracker/wire.ts';

export const eventTypeCodes = { page: 1, form: 2, track: 3, identify: 4 } as const satisfies Record<
  EventType,
  number
>;

const names = new Map<number, EventType>(
  Object.entries(eventTypeCodes).map(([name, code]) => [code, name as EventType]),
);

/** @throws Error for a number that no version wrote: the file is damaged or newer than this program */
export function eventTypeOf(code: number): EventType {
  const name = names.get(code);
  if (name === undefined)
    throw new Error(
      `event type ${code} is not known; the store was written by a newer version, update first`,
    );
  return name;
}
