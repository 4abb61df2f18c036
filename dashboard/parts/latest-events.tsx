/** The newest events of a site as a list; the same on the page and when the page asks again. */
import { touchpointWords } from '../../collector/journey/words.ts';
import type { Store } from '../../collector/store/store.ts';
import { Moment } from './moment.tsx';

export type LatestEvent = Awaited<ReturnType<Store['latestEvents']>>[number];

export function LatestEvents({ events, now }: { events: readonly LatestEvent[]; now: number }) {
  return (
    <ul class="latest">
      {events.map((event) => {
        const { verb, object } = touchpointWords(event);
        return (
          <li>
            <Moment at={event.at} now={now} />
            <span>
              {verb} <strong>{object}</strong>
            </span>
            {event.account ? (
              <a href={`/accounts/${event.account.id}`}>{event.account.name}</a>
            ) : (
              <span class="muted">no company known</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
