/** What the forms of alerts and digests sent, checked; a value that makes no sense is said, not guessed. */
import { isTimeZone } from '../collector/deliver/quiet.ts';
import {
  type AlertChannel,
  type AlertRuleDraft,
  alertChannels,
  type DigestDraft,
  digestFrequencies,
} from '../collector/store/alerts.ts';
import { maxCoolingDays, maxZoneLength, minuteOf } from '../collector/typed/alert-rule.ts';
import type { Fields } from './form.ts';

export { clockOf, maxCoolingDays } from '../collector/typed/alert-rule.ts';

export type ReadRule = { draft: Omit<AlertRuleDraft, 'segmentId' | 'user'> } | { problem: string };

export function readRule(field: Fields): ReadRule {
  const channels = alertChannels.filter((channel) => field(`channel-${channel}`) === 'yes');
  const coolingDays = wholeNumber(field('cooling'));
  if (coolingDays === null || coolingDays > maxCoolingDays)
    return { problem: `“${field('cooling')}” is no number of days from 0 to ${maxCoolingDays}.` };
  const zone = readZone(field('zone'));
  if ('problem' in zone) return zone;
  const [from, to] = [field('quiet-from'), field('quiet-to')];
  if (from === '' && to === '') return { draft: { channels, coolingDays, quiet: null, ...zone } };
  const [first, last] = [minuteOf(from), minuteOf(to)];
  if (first === null || last === null)
    return {
      problem: 'Quiet hours need a beginning and an end, like 22:00 and 07:00; leave both empty for none.',
    };
  return { draft: { channels, coolingDays, quiet: { from: first, to: last }, ...zone } };
}

/** `off`: none is wanted. */
export type ReadDigest = { draft: Omit<DigestDraft, 'user'> } | { problem: string } | 'off';

export function readDigest(field: Fields): ReadDigest {
  const frequency = digestFrequencies.find((one) => one === field('frequency'));
  if (frequency === undefined) return 'off';
  const [weekday, hour] = [wholeNumber(field('weekday')), wholeNumber(field('hour'))];
  if (weekday === null || weekday > 6 || hour === null || hour > 23)
    return { problem: 'The day or the hour is none of those in the list.' };
  const zone = readZone(field('zone'));
  if ('problem' in zone) return zone;
  const whenEmpty = field('empty') === 'line' ? 'line' : 'nothing';
  return { draft: { frequency, weekday, hour, whenEmpty, ...zone } };
}

function readZone(typed: string): { timeZone: string } | { problem: string } {
  const timeZone = typed.trim() || 'UTC';
  return timeZone.length <= maxZoneLength && isTimeZone(timeZone)
    ? { timeZone }
    : { problem: `“${timeZone.slice(0, maxZoneLength)}” is no time zone; write it like Europe/Berlin.` };
}

const wholeNumber = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : null);

/** Ways to tell somebody, in words. */
export const channelWords: Record<AlertChannel, string> = {
  browser: 'in the browser',
  mail: 'by mail',
  slack: 'to Slack',
};
