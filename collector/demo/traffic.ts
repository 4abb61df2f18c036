/**
 * Ninety days of visits to the demo's vendor, as the requests that would have been sent. Pure: the same seed, end
 * and site give the same requests.
 */
import type { SiteKey } from '../../tracker/wire.ts';
import { arrive } from './arrivals.ts';
import { type Calendar, createCalendar, dayMs, leisure, minuteMs, office } from './calendar.ts';
import { type DemoCompany, demoCompanies } from './companies.ts';
import { crawlers, type Span, strangers } from './noise.ts';
import { createPerson } from './people.ts';
import { createRandom } from './random.ts';
import { type Chapter, stories } from './stories.ts';
import { makeId, type PlannedRequest, requestsOf, type Visit } from './visit.ts';
import { drawSteps } from './walks.ts';

export type { PlannedRequest } from './visit.ts';

const historyDays = 90;
/** Visits that no company stands behind: most of what any site sees. */
const strangerVisits = 5_400;
const crawlerVisits = 900;
/** Two visits of one browser are further apart than the half hour that ends a session. */
const pauseMs = 45 * minuteMs;

/**
 * Plans the demo's traffic.
 * @param seed  any text; another one gives other people, hours and pages, and the same companies
 * @param until the end of the ninety days, ms UTC; nothing lies after it
 * @param site  the key that the requests carry
 * @returns requests in the order of their times
 */
export function planTraffic(seed: string, until: number, site: SiteKey): PlannedRequest[] {
  const calendar = createCalendar();
  const lastDay = Math.floor(until / dayMs) * dayMs;
  const span: Span = { firstDay: lastDay - historyDays * dayMs, lastDay };
  const visits = [
    ...demoCompanies.flatMap((company) => visitsOf(seed, calendar, span, company)),
    ...strangers(seed, calendar, span, strangerVisits),
    ...crawlers(seed, calendar, span, crawlerVisits),
  ].sort((a, b) => a.at - b.at);

  const random = createRandom(`${seed}/requests`);
  const visitors = new Map<string, { id: string; freeAt: number }>();
  const from = until - historyDays * dayMs;
  return visits
    .filter(({ at }) => at >= from)
    .flatMap((visit) => {
      if (visit.browser.keepsNothing) return requestsOf(random, visit, site, null);
      const { label } = visit.browser;
      const known = visitors.get(label);
      const at = Math.max(visit.at, known?.freeAt ?? 0);
      const id = known?.id ?? makeId(random, at);
      const requests = requestsOf(random, { ...visit, at }, site, id);
      visitors.set(label, { id, freeAt: (requests.at(-1)?.at ?? at) + pauseMs });
      return requests;
    })
    .filter(({ at }) => at <= until)
    .sort((a, b) => a.at - b.at);
}

function visitsOf(seed: string, calendar: Calendar, span: Span, company: DemoCompany): Visit[] {
  const random = createRandom(`${seed}/story/${company.domain}`);
  const people = new Map<number, ReturnType<typeof createPerson>>();
  const personAt = (number: number): ReturnType<typeof createPerson> => {
    const person = people.get(number) ?? createPerson(seed, company, number);
    people.set(number, person);
    return person;
  };
  // Neighbours in the list live through the same story, but not on the same days or as often.
  const shift = random.between(-2, 2);
  const vigour = 0.7 + random.next() * 0.6;

  return stories[company.story].flatMap((chapter) =>
    Array.from({ length: timesOf(chapter, vigour) }, () => {
      const person = personAt(random.pick(chapter.people));
      const place = chapter.place ?? 'work';
      const [first, last] = chapter.days.map(
        (day) => span.firstDay + Math.min(historyDays, Math.max(0, day + shift)) * dayMs,
      ) as [number, number];
      const at = calendar.moment(random, company.zone, place === 'work' ? office : leisure, first, last);
      return {
        at,
        ...person.at[place],
        arrival: arrive(random, chapter.arrivals, at),
        steps: drawSteps(random, chapter.walks),
        email: person.email,
        user: chapter.isSignedIn ? person.user : null,
      };
    }),
  );
}

/** A single visit is a milestone and happens; more of them are a habit and vary. */
function timesOf(chapter: Chapter, vigour: number): number {
  return chapter.visits === 1 ? 1 : Math.max(1, Math.round(chapter.visits * vigour));
}
