/** Event types as the small integers they are stored as. A number is never given a second meaning. */
import type { EventType } from '../../../tracker/wire.ts';
import type { Detail } from '../../draft.ts';

/** One a type; of forms, three, since only submits are counted and the fold sees numbers alone. */
export const eventTypeCodes = {
  page: 1,
  form: 2,
  track: 3,
  identify: 4,
  formStart: 5,
  formAbandon: 6,
  leave: 7,
  link: 8,
  group: 9,
} as const satisfies Record<EventType, number> & Record<string, number>;

const types = new Map<number, EventType>([
  [eventTypeCodes.page, 'page'],
  [eventTypeCodes.form, 'form'],
  [eventTypeCodes.track, 'track'],
  [eventTypeCodes.identify, 'identify'],
  [eventTypeCodes.formStart, 'form'],
  [eventTypeCodes.formAbandon, 'form'],
  [eventTypeCodes.leave, 'leave'],
  [eventTypeCodes.link, 'link'],
  [eventTypeCodes.group, 'group'],
]);

const formCodes = {
  start: eventTypeCodes.formStart,
  submit: eventTypeCodes.form,
  abandon: eventTypeCodes.formAbandon,
} as const;

/**
 * What is told as a page goes away: it neither opens a visit nor lengthens one, for a tab may be closed hours after
 * anybody looked at it. It belongs to the visit that ended less than a session's gap before.
 */
export const partingCodes: readonly number[] = [eventTypeCodes.formAbandon, eventTypeCodes.leave];

/** The number of an event. */
export function eventCodeOf(type: EventType, detail: Detail): number {
  return type === 'form' && detail.form ? formCodes[detail.form.step] : eventTypeCodes[type];
}

/** @throws Error for a number that no version wrote: the file is damaged or newer than this program */
export function eventTypeOf(code: number): EventType {
  const type = types.get(code);
  if (type === undefined)
    throw new Error(
      `event type ${code} is not known; the store was written by a newer version, update first`,
    );
  return type;
}
