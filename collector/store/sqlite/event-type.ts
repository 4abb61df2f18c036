/** Event types as the small integers they are stored as. A number is never given a second meaning. */
import type { EventType } from '../../../tracker/wire.ts';

export const eventTypeCodes = { page: 1, form: 2, track: 3, identify: 4, leave: 7 } as const satisfies Record<
  EventType,
  number
>;

/**
 * What is told as a page goes away: it neither opens a visit nor lengthens one, for a tab may be closed hours after
 * anybody looked at it. It belongs to the visit that ended less than a session's gap before.
 */
export const partingCodes: readonly number[] = [eventTypeCodes.leave];

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
