/** Pure: what somebody did in a few visits, in one line. */
import { touchpointWords } from '../journey/words.ts';
import type { JourneySession } from '../store/store.ts';
import { oneLine } from './one-line.ts';

/** Pages and doings that are named; the others are counted. */
const maxNamed = 3;
const maxNameLength = 80;

/** @example didWords(sessions) // '2 visits, 7 pages: Pricing, Docs and 3 more · Submitted the form “Contact”' */
export function didWords(sessions: readonly JourneySession[]): string {
  const events = sessions.flatMap(({ touchpoints }) => touchpoints);
  const pages = events.filter(({ type }) => type === 'page');
  const titles = namesOf(pages.map((page) => touchpointWords(page).object));
  const done = namesOf(
    events
      .filter(
        (event) => event.type === 'track' || (event.type === 'form' && event.detail.form?.step === 'submit'),
      )
      .map((event) => {
        const { verb, object } = touchpointWords(event);
        return `${verb} ${object}`;
      }),
  );
  const visits = `${sessions.length} ${sessions.length === 1 ? 'visit' : 'visits'}`;
  const viewed =
    pages.length === 0 ? '' : `, ${pages.length} ${pages.length === 1 ? 'page' : 'pages'}: ${titles}`;
  return `${visits}${viewed}${done === '' ? '' : ` · ${done}`}`;
}

/** The ones met most often first. */
function namesOf(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names.map((one) => oneLine(one, maxNameLength)))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const more = sorted.length - maxNamed;
  return sorted.slice(0, maxNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
