/** Turns one visit into the requests that the tag would send: page by page, with the time it takes to read them. */
import type { WireBatch, WireEvent } from '../../tracker/wire.ts';
import type { ArrivalAddress } from './arrivals.ts';
import type { Browser } from './people.ts';
import type { Random } from './random.ts';
import {
  type PageGroup,
  type VendorForm,
  type VendorPage,
  vendorForms,
  vendorOrigin,
  vendorPages,
} from './vendor.ts';
import type { Step } from './walks.ts';

/** One request to `POST /e`, as a browser (or a program) would make it at that moment. */
export interface PlannedRequest {
  /** When it is sent; ms UTC. */
  at: number;
  /** The address it comes from. */
  address: string;
  userAgent: string;
  /** `accept-language`. */
  language: string;
  body: WireBatch;
}

export interface Visit {
  at: number;
  address: string;
  browser: Browser;
  arrival: ArrivalAddress;
  steps: readonly Step[];
  /** Who fills in a form that asks for an e-mail; null: nobody we would know. */
  email: string | null;
  /** The site's id of somebody signed in; null: not signed in. */
  user: string | null;
}

/** Ids as the tag makes them: eight characters of time, then ten of chance. */
export function makeId(random: Random, at: number): string {
  return at.toString(36).padStart(8, '0') + random.letters(10);
}

/** Seconds on a page: half a minute for most, minutes for some, below a session's half hour for all. */
function readingMs(random: Random): number {
  const spread = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.round(Math.min(900, Math.max(4, 32 * Math.exp(0.9 * spread))) * 1000);
}

/** What the vendor counts, and how long after the page view (or the count before) it happens. */
const trackSteps = {
  'track:video': (random: Random) => {
    const seconds = random.between(12, 94);
    return { afterMs: seconds * 1000, name: 'Video played', props: { video: 'product-tour', seconds } };
  },
  'track:calculator': (random: Random) => ({
    afterMs: random.between(5_000, 40_000),
    name: 'Pricing calculator used',
    props: { plan: random.pick(['Team', 'Plant', 'Group']), technicians: random.between(2, 60) * 5 },
  }),
  'track:trial': (random: Random) => ({
    afterMs: random.between(5_000, 20_000),
    name: 'Trial started',
    props: { plan: random.pick(['Team', 'Plant']) },
  }),
};

const isTrack = (step: Step): step is keyof typeof trackSteps => step in trackSteps;
const isSubmit = (step: Step): step is `submit:${VendorForm}` => step.startsWith('submit:');
const isPage = (step: Step): step is PageGroup => step in vendorPages;

/**
 * The requests of a visit, in order.
 * @param visitor the browser's id, or null where it keeps none
 */
export function requestsOf(
  random: Random,
  visit: Visit,
  site: string,
  visitor: string | null,
): PlannedRequest[] {
  const requests: PlannedRequest[] = [];
  let at = visit.at;
  let page: { url: string; title: string } = { url: '', title: '' };
  let referrer = visit.arrival.referrer;

  const event = (): { id: string; url: string; title: string } => ({ id: makeId(random, at), ...page });
  const send = (events: WireEvent[]): void => {
    requests.push({
      at,
      address: visit.address,
      userAgent: visit.browser.userAgent,
      language: visit.browser.language,
      body: { v: 1, site, ...(visitor === null ? {} : { visitor }), events },
    });
  };

  for (const step of visit.steps) {
    if (isPage(step)) {
      const isFirst = requests.length === 0;
      if (!isFirst) {
        at += readingMs(random);
        referrer = page.url;
      }
      const pages: readonly VendorPage[] = vendorPages[step];
      const { path, title } = random.pick(pages);
      page = { url: vendorOrigin + path + (isFirst ? visit.arrival.search : ''), title };
      const view: WireEvent = { type: 'page', ...event(), ...(referrer === '' ? {} : { referrer }) };
      const signIn: WireEvent[] =
        isFirst && visit.user !== null && visit.email !== null
          ? [{ type: 'identify', ...event(), user: visit.user, traits: { email: visit.email } }]
          : [];
      send([view, ...signIn]);
    } else if (isSubmit(step)) {
      at += readingMs(random) + 20_000;
      const form = step.slice('submit:'.length) as VendorForm;
      const asksEmail = form !== 'guide';
      const filled = { type: 'form', step: 'submit', ...event(), ...vendorForms[form] } as const;
      // The tag sees the submit, then the page's own script tells who this is; both leave together.
      if (asksEmail && visit.email !== null) {
        send([
          { ...filled, ago: 9 },
          { type: 'identify', ...event(), traits: { email: visit.email } },
        ]);
      } else send([filled]);
    } else if (isTrack(step)) {
      const { afterMs, ...counted } = trackSteps[step](random);
      at += afterMs;
      send([{ type: 'track', ...event(), ...counted }]);
    }
  }
  return requests;
}
