/** Whether somebody gets a digest, and when. */
import { nextSlot } from '../../collector/deliver/digest-time.ts';
import type { Digest } from '../../collector/store/alerts.ts';
import { ZoneField } from './zone-field.tsx';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
const frequencies = { off: 'Never', daily: 'Every day', weekly: 'Every week' } as const;

function when(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'short' }).format(at);
}

export function DigestForm(props: {
  digest: Digest | null;
  zone: string;
  now: number;
  /** Why it would not arrive; null: it would. */
  missing: string | null;
}) {
  const { digest, zone, now, missing } = props;
  const current = digest?.frequency ?? 'off';
  const next = digest === null ? null : nextSlot(digest, now);
  return (
    <section class="card" aria-labelledby="digest">
      <div class="card-head">
        <h2 id="digest">Digest by mail</h2>
        <a href="/settings/alerts/digest">See what would be sent now</a>
      </div>
      <form method="post" action="/settings/alerts/digest" class="form">
        {missing !== null && <p class="field-hint">{missing}</p>}
        <fieldset class="choice">
          <legend>Who visited since the last one</legend>
          {(Object.keys(frequencies) as (keyof typeof frequencies)[]).map((name) => (
            <label>
              <input type="radio" name="frequency" value={name} checked={name === current} />
              {frequencies[name]}
            </label>
          ))}
        </fieldset>
        <div class="form-row digest-when">
          <div class="field">
            <label for="weekday">On (a weekly one)</label>
            <select id="weekday" name="weekday">
              {weekdays.map((name, number) => (
                <option value={String(number)} selected={number === (digest?.weekday ?? 1)}>
                  {name}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="hour">At</label>
            <select id="hour" name="hour">
              {hours.map((hour) => (
                <option value={String(hour)} selected={hour === (digest?.hour ?? 8)}>
                  {String(hour).padStart(2, '0')}:00
                </option>
              ))}
            </select>
          </div>
          <ZoneField id="digest-zone" value={digest?.timeZone ?? zone} />
        </div>
        <div class="field">
          <label for="empty">When nobody came</label>
          <select id="empty" name="empty">
            <option value="nothing" selected={digest?.whenEmpty !== 'line'}>
              Send nothing
            </option>
            <option value="line" selected={digest?.whenEmpty === 'line'}>
              Send one line after a week of silence
            </option>
          </select>
        </div>
        {digest !== null && next !== null && (
          <p class="field-hint">
            The next one is due on {when(next, digest.timeZone)} ({digest.timeZone}).
          </p>
        )}
        <button type="submit" class="button button-primary">
          Keep it
        </button>
      </form>
    </section>
  );
}
