/** How numbers, times, places and kinds are said on every page. Times are UTC, and pages say so. */
import type { Evidence, Kind, SourceName } from '../collector/reveal/verdict.ts';
import { dayMs } from '../collector/time.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const numbers = new Intl.NumberFormat('en');
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
const utc = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options });
const clock = utc({ hour: '2-digit', minute: '2-digit' });
const exactClock = utc({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortDay = utc({ day: 'numeric', month: 'short' });
const longDay = utc({ day: 'numeric', month: 'short', year: 'numeric' });
const weekday = utc({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

export const number = (value: number) => numbers.format(value);
export const percent = (part: number, whole: number) =>
  whole === 0 ? '0 %' : `${Math.round((part / whole) * 100)} %`;

/** A number of which three digits are known at best: `about 12,300`. */
export function about(value: number): string {
  if (value < 100) return number(value);
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return `about ${number(Math.round(value / unit) * unit)}`;
}

/** `1 visit`, `2 visits`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

export const clockTime = (at: number) => clock.format(at);
/** `14:52:07`. */
export const clockSeconds = (at: number) => exactClock.format(at);
/** `20 Nov 2026`. */
export const date = (at: number) => longDay.format(at);
/** `20 Nov`: for axes, where the year is clear. */
export const dayOfYear = (at: number) => shortDay.format(at);
/** `Fri, 20 Nov 2026`. */
export const fullDate = (at: number) => weekday.format(at);
/** `20 Nov 2026, 14:52 UTC`. */
export const dateTime = (at: number) => `${date(at)}, ${clockTime(at)} UTC`;

/** `4 min ago`, `yesterday`, `12 Aug 2025`. */
export function ago(at: number, now: number): string {
  const age = now - at;
  if (age < minuteMs) return 'just now';
  if (age < hourMs) return `${Math.floor(age / minuteMs)} min ago`;
  if (age < dayMs) return `${Math.floor(age / hourMs)} h ago`;
  const days = Math.floor(age / dayMs);
  if (days === 1) return 'yesterday';
  return days <= 30 ? `${days} days ago` : date(at);
}

/** The same where only the day is known: `today`, `yesterday`, `3 days ago`. */
export function daysAgo(day: number, now: number): string {
  return now - day < dayMs ? 'today' : ago(day, now);
}

/** `45 s`, `2 min 5 s`, `1 h 12 min`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10 && seconds % 60 !== 0) return `${minutes} min ${seconds % 60} s`;
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function bytes(size: number): string {
  if (size < 1_048_576) return `${number(Math.ceil(size / 1_024))} KB`;
  return `${number(Math.round(size / 104_857.6) / 10)} MB`;
}

/** A country's English name; a code that is none is shown as it is. */
export function countryName(code: string): string {
  try {
    return regions.of(code) ?? code;
  } catch {
    // `of` throws on text that has not the shape of a region code.
    return code;
  }
}

export const kindWords: Record<Kind, string> = {
  business: 'Company',
  education: 'University or school',
  government: 'Public body',
  isp: 'Internet provider',
  mobile: 'Mobile network',
  hosting: 'Hosting or cloud',
  vpn: 'VPN or relay',
  proxy: 'Web proxy',
  bot: 'Crawler',
  private: 'Private network',
  unknown: 'Unknown',
};

export const sourceWords: Record<SourceName, string> = {
  rule: 'Your own rule',
  group: 'Group call',
  file: 'Your own file',
  email: 'Business e-mail',
  'company-network': 'A company’s own network',
  'company-database': 'Company database',
  'as-name': 'Name of the network',
  learned: 'Learned here',
  'reverse-dns': 'Host name of the address',
  'as-handle': 'Short name of the network',
  blocker: 'Reason against',
};

/** `Almost certain · 95 %`. */
export function confidenceWords(confidence: number): string {
  const word =
    confidence >= 0.9
      ? 'Almost certain'
      : confidence >= 0.7
        ? 'Likely'
        : confidence >= 0.4
          ? 'Possible'
          : 'Unsure';
  return `${word} · ${Math.round(confidence * 100)} %`;
}

/** A piece of evidence as a sentence, with the age of its data. */
export function evidenceWords({ says, dataOf }: Evidence): string {
  const sentence = says.charAt(0).toUpperCase() + says.slice(1);
  return dataOf ? `${sentence} (data of ${dataOf})` : sentence;
}

const points = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'exceptZero' });

/** `+12`, `−3.5`: with a real minus. */
export const pointsWords = (value: number) => points.format(value).replace('-', '−');
