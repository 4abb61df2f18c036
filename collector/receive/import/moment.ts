/** Dates and times as files have them, to a moment in UTC. Pure. */

/** In which order `03/04/2026` is to be read; null: nobody said. */
export type DateOrder = 'dmy' | 'mdy' | null;

export interface Moment {
  at: number;
  /** The day alone was told; the moment is its noon. */
  isDay: boolean;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Hour and minute, perhaps seconds, perhaps `PM`. */
const clock = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?`;
const clockAlone = new RegExp(`^${clock}$`, 'i');
const zone = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const day = String.raw`(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4})|(\d{1,2})\.?\s+([a-z]{3,9})\.?,?\s+(\d{4})|([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4}))`;
const whole = new RegExp(`^${day}(?:(?:T|,?\\s+(?:at\\s+)?)${clock}${zone})?$`, 'i');

/** Seconds or milliseconds since 1970, as programs write them; nine digits are 1973. */
const epoch = /^\d{9,10}$|^\d{12,13}$/;

interface Day {
  year: number;
  month: number;
  date: number;
}

/**
 * @param text a date, or a date and a time
 * @param time the time of day where the file has it in a column of its own; empty if not
 * @returns what is wrong with it, in words with what to do, where it is no moment
 */
export type Moments = (text: string, time: string) => Moment | string;

/** @param timeZone IANA name, for what says none itself */
export function createMoments(timeZone: string, order: DateOrder): Moments {
  // Making one costs more than a thousand uses of it.
  const format = formatOf(timeZone);
  return (text, time) => momentOf(text, time, format, order);
}

function momentOf(text: string, time: string, zoned: Intl.DateTimeFormat, order: DateOrder): Moment | string {
  if (epoch.test(text)) return { at: Number(text) * (text.length <= 10 ? 1_000 : 1), isDay: false };
  const found = whole.exec(text);
  if (found === null) return 'is no date; write it as 2026-07-14 or 2026-07-14 15:30';
  const on = dayOf(found, order);
  if (typeof on === 'string') return on;
  const { year, month, date } = on;
  const noon = Date.UTC(year, month - 1, date, 12);
  if (new Date(noon).getUTCDate() !== date || month < 1 || month > 12) return 'is a day that no calendar has';
  const own = found.slice(14, 18);
  const hours = own[0] !== undefined ? own : time === '' ? null : clockAlone.exec(time)?.slice(1, 5);
  if (hours === undefined) return `has the time "${time.slice(0, 40)}", which is none; write it as 15:30`;
  if (hours === null) return { at: inZone(noon, zoned), isDay: true };
  const ofDay = secondsOf(hours);
  if (ofDay === null) return 'has a time that no clock shows';
  const local = Date.UTC(year, month - 1, date) + ofDay * 1_000;
  const offset = found[18];
  return { at: offset === undefined ? inZone(local, zoned) : local - offsetMs(offset), isDay: false };
}

function dayOf(found: RegExpExecArray, order: DateOrder): Day | string {
  const number = (index: number) => Number(found[index]);
  if (found[1] !== undefined) return { year: number(1), month: number(2), date: number(3) };
  if (found[8] !== undefined || found[11] !== undefined) {
    const word = (found[9] ?? found[11] ?? '').toLowerCase();
    const month = months.indexOf(word.slice(0, 3)) + 1;
    if (month === 0) return `has "${word}" for a month; write it as 2026-07-14`;
    return {
      year: number(found[8] === undefined ? 13 : 10),
      month,
      date: number(found[8] === undefined ? 12 : 8),
    };
  }
  const [first, second, year] = [number(4), number(6), number(7)];
  // Nobody who writes dots puts the month first.
  const isDayFirst = found[5] === '.' || first > 12 || order === 'dmy';
  if (!isDayFirst && second <= 12 && order === null && first !== second)
    return 'can be read in two ways; say whether the day or the month comes first';
  const isMonthFirst = !isDayFirst && (order === 'mdy' || second > 12);
  return isMonthFirst ? { year, month: first, date: second } : { year, month: second, date: first };
}

function secondsOf([hourText, minuteText, secondText, half]: (string | undefined)[]): number | null {
  let hour = Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText ?? 0);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0);
  }
  return hour > 23 || minute > 59 || second > 59 ? null : (hour * 60 + minute) * 60 + second;
}

function offsetMs(offset: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(offset);
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === '-' ? -minutes : minutes) * 60_000;
}

/** The moment at which clocks in a zone show what `local` says as if it were UTC. */
function inZone(local: number, zoned: Intl.DateTimeFormat): number {
  // The offset of the guess is right but within hours of a change of clocks; that of the second one is then, too.
  const guess = local - offsetAt(local, zoned);
  return local - offsetAt(guess, zoned);
}

function offsetAt(at: number, zoned: Intl.DateTimeFormat): number {
  const parts = zoned.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown - Math.floor(at / 1_000) * 1_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}

/** True for a name that this program's tables of time zones have. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
