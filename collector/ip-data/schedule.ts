/** When a source is fetched again, and what came of it last: one setting each a source, so that processes never mix theirs. */
import { z } from 'zod';
import type { Store } from '../store/store.ts';
import { dayMs } from '../time.ts';
import type { SourceName } from './sources.ts';

export const schedules = ['monthly', 'off'] as const;
export type Schedule = (typeof schedules)[number];

const monthDays = 30;
/** After a failure; a source that is down for a day is no reason to wait a month. */
const retryDays = 1;

const outcome = z.object({
  /** ms UTC */
  at: z.number(),
  /** Why it failed, in words; null: it did not. */
  problem: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcome>;

type Settings = Pick<Store, 'setting' | 'setSetting'>;
const scheduleOf = (source: SourceName) => `data_schedule.${source}`;
const outcomeOf = (source: SourceName) => `data_outcome.${source}`;

export async function readSchedule(store: Settings, source: SourceName): Promise<Schedule> {
  return (await store.setting(scheduleOf(source))) === 'monthly' ? 'monthly' : 'off';
}

export function writeSchedule(store: Settings, source: SourceName, schedule: Schedule): Promise<void> {
  return store.setSetting(scheduleOf(source), schedule);
}

export async function readOutcome(store: Settings, source: SourceName): Promise<Outcome | null> {
  const text = await store.setting(outcomeOf(source));
  return text === null ? null : outcome.parse(JSON.parse(text));
}

export function writeOutcome(store: Settings, source: SourceName, value: Outcome): Promise<void> {
  return store.setSetting(outcomeOf(source), JSON.stringify(value));
}

/** True if a source should be fetched now. What was chosen and never fetched is due at once. */
export function isDue(schedule: Schedule, last: Outcome | null, now: number): boolean {
  if (schedule === 'off') return false;
  if (last === null) return true;
  return now - last.at >= (last.problem === null ? monthDays : retryDays) * dayMs;
}

/** When it will be, ms; null: never by itself. */
export function nextAt(schedule: Schedule, last: Outcome | null, now: number): number | null {
  if (schedule === 'off') return null;
  return last === null ? now : last.at + (last.problem === null ? monthDays : retryDays) * dayMs;
}
