/** Bounds of what somebody may wish to be told, and how its times are written: the same for pages and programs. */

export const maxCoolingDays = 365;
/** Who comes back within so many days is not news, unless one says otherwise. */
export const usualCoolingDays = 7;
export const maxZoneLength = 60;

/** `22:30`, as minutes of the day. */
export function minuteOf(text: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text);
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

/** Minutes of the day as `22:30`. */
export const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
