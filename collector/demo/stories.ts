/** How companies come to know the vendor: ninety days told in chapters. */
import type { ArrivalMix } from './arrivals.ts';
import type { WalkName } from './walks.ts';

export type StoryName =
  | 'champion'
  | 'committee'
  | 'customer'
  | 'fading'
  | 'quiet'
  | 'evaluating'
  | 'remote'
  | 'partner'
  | 'lost'
  | 'reader'
  | 'advert'
  | 'assistant'
  | 'glance';

/** Where people sit: at the company's own line, on an access provider's, or on a mobile network. */
export type Place = 'work' | 'home' | 'mobile';

export interface Chapter {
  /** First and last day, both included; day 0 is ninety days ago, day 90 is today. */
  days: readonly [first: number, last: number];
  /** Who takes part, by number; person 0 is the first who came. */
  people: readonly number[];
  /** Visits of all of them together. */
  visits: number;
  arrivals: ArrivalMix;
  walks: Readonly<Partial<Record<WalkName, number>>>;
  /** Left out: at work. */
  place?: Place;
  /** Signed in: the site tells who this is. */
  isSignedIn?: true;
}

const discover: ArrivalMix = { search: 5, linkedin: 2, referral: 2, newsletter: 1, direct: 1 };
const comeBack: ArrivalMix = { direct: 6, search: 3, newsletter: 1, linkedin: 1 };
const byLink: ArrivalMix = { direct: 1 };
const byMail: ArrivalMix = { newsletter: 6, direct: 2, search: 1, webinar: 1 };
const byAdvert: ArrivalMix = { 'google-ads': 3, 'linkedin-ads': 2 };
const byAssistant: ArrivalMix = { assistant: 1 };

export const stories: { [K in StoryName]: readonly Chapter[] } = {
  champion: [
    { days: [3, 6], people: [0], visits: 1, arrivals: { search: 1 }, walks: { read: 1 } },
    { days: [8, 30], people: [0], visits: 6, arrivals: discover, walks: { read: 3, browse: 3, download: 1 } },
    {
      days: [18, 44],
      people: [0],
      visits: 2,
      arrivals: byLink,
      walks: { browse: 1, check: 1 },
      place: 'mobile',
    },
    {
      days: [30, 46],
      people: [0, 0, 1],
      visits: 9,
      arrivals: comeBack,
      walks: { evaluate: 3, browse: 1, check: 1 },
    },
    { days: [47, 49], people: [0], visits: 1, arrivals: byLink, walks: { book: 1 } },
    {
      days: [50, 70],
      people: [0, 1, 2, 3],
      visits: 18,
      arrivals: comeBack,
      walks: { evaluate: 3, check: 3, browse: 1 },
    },
    { days: [54, 82], people: [0], visits: 5, arrivals: byLink, walks: { check: 2, work: 1 }, place: 'home' },
    { days: [66, 68], people: [2], visits: 1, arrivals: byLink, walks: { ask: 1 } },
    {
      days: [70, 90],
      people: [0, 1, 2, 3, 4, 5],
      visits: 22,
      arrivals: comeBack,
      walks: { evaluate: 3, check: 3, start: 1, build: 1 },
    },
  ],
  committee: [
    { days: [20, 30], people: [0], visits: 2, arrivals: discover, walks: { browse: 1, read: 1 } },
    {
      days: [36, 41],
      people: [0, 1, 2, 3],
      visits: 14,
      arrivals: { direct: 6, linkedin: 1 },
      walks: { evaluate: 4, check: 2 },
    },
    { days: [41, 43], people: [1], visits: 1, arrivals: byLink, walks: { ask: 1 } },
    {
      days: [44, 75],
      people: [0, 2, 3],
      visits: 9,
      arrivals: comeBack,
      walks: { check: 3, browse: 2, read: 1 },
    },
    {
      days: [76, 90],
      people: [0, 1, 3, 4],
      visits: 14,
      arrivals: comeBack,
      walks: { evaluate: 3, check: 2 },
    },
  ],
  customer: [
    {
      days: [0, 90],
      people: [0, 0, 1],
      visits: 40,
      arrivals: byLink,
      walks: { work: 5, build: 1 },
      isSignedIn: true,
    },
    {
      days: [0, 90],
      people: [0, 1, 2, 3],
      visits: 14,
      arrivals: byMail,
      walks: { news: 3, work: 1, read: 1 },
    },
    {
      days: [40, 90],
      people: [2, 3],
      visits: 12,
      arrivals: byLink,
      walks: { work: 3, check: 1 },
      isSignedIn: true,
    },
    { days: [60, 90], people: [1], visits: 4, arrivals: byLink, walks: { work: 1 }, place: 'home' },
  ],
  fading: [
    {
      days: [0, 40],
      people: [0, 0, 1],
      visits: 24,
      arrivals: byLink,
      walks: { work: 4, build: 1 },
      isSignedIn: true,
    },
    { days: [0, 45], people: [0, 1], visits: 5, arrivals: byMail, walks: { news: 1 } },
    {
      days: [46, 78],
      people: [0],
      visits: 4,
      arrivals: byLink,
      walks: { work: 1, check: 1 },
      isSignedIn: true,
    },
    { days: [80, 89], people: [2], visits: 2, arrivals: byLink, walks: { check: 1 } },
  ],
  quiet: [
    {
      days: [4, 14],
      people: [0, 0, 1],
      visits: 9,
      arrivals: discover,
      walks: { browse: 2, evaluate: 2, read: 1 },
    },
    { days: [15, 17], people: [0], visits: 1, arrivals: byLink, walks: { book: 1 } },
    // Fifty days of nothing: the budget was not there yet.
    { days: [70, 74], people: [0], visits: 2, arrivals: { newsletter: 1 }, walks: { news: 1, browse: 1 } },
    { days: [74, 90], people: [0, 1, 2], visits: 13, arrivals: comeBack, walks: { evaluate: 3, check: 2 } },
  ],
  evaluating: [
    {
      days: [76, 79],
      people: [0],
      visits: 2,
      arrivals: { search: 2, assistant: 2, 'google-ads': 1 },
      walks: { read: 1, browse: 2 },
    },
    {
      days: [79, 90],
      people: [0, 0, 1, 2],
      visits: 20,
      arrivals: comeBack,
      walks: { evaluate: 4, browse: 2, check: 2 },
    },
    { days: [84, 88], people: [0], visits: 1, arrivals: byLink, walks: { book: 2, ask: 1 } },
    { days: [88, 90], people: [1, 2], visits: 3, arrivals: byLink, walks: { check: 2, evaluate: 1 } },
  ],
  remote: [
    {
      days: [12, 40],
      people: [0, 1],
      visits: 6,
      arrivals: discover,
      walks: { read: 1, browse: 1 },
      place: 'home',
    },
    { days: [41, 44], people: [0], visits: 1, arrivals: byLink, walks: { book: 1 }, place: 'home' },
    { days: [45, 62], people: [1], visits: 1, arrivals: byLink, walks: { ask: 1 }, place: 'home' },
    {
      days: [45, 90],
      people: [0, 0, 1],
      visits: 12,
      arrivals: comeBack,
      walks: { evaluate: 2, check: 2, start: 1 },
      place: 'home',
    },
  ],
  partner: [
    {
      days: [2, 90],
      people: [0, 1],
      visits: 18,
      arrivals: { direct: 4, referral: 2, search: 1 },
      walks: { build: 4, news: 1 },
    },
    { days: [50, 52], people: [0], visits: 1, arrivals: byLink, walks: { ask: 1 } },
  ],
  lost: [
    { days: [0, 10], people: [0], visits: 4, arrivals: discover, walks: { read: 1, browse: 2 } },
    { days: [8, 34], people: [0, 1, 2], visits: 18, arrivals: comeBack, walks: { evaluate: 3, check: 2 } },
    { days: [20, 24], people: [0], visits: 1, arrivals: byLink, walks: { book: 1 } },
    { days: [50, 80], people: [0], visits: 1, arrivals: byMail, walks: { bounce: 1 } },
  ],
  reader: [
    {
      days: [0, 90],
      people: [0, 0, 1],
      visits: 11,
      arrivals: byMail,
      walks: { read: 3, news: 2, bounce: 3 },
    },
    { days: [30, 80], people: [0], visits: 1, arrivals: byMail, walks: { download: 1 } },
  ],
  advert: [
    {
      days: [10, 80],
      people: [0, 1],
      visits: 6,
      arrivals: byAdvert,
      walks: { bounce: 3, browse: 2, evaluate: 1 },
    },
    { days: [40, 88], people: [0], visits: 2, arrivals: comeBack, walks: { browse: 1, evaluate: 1 } },
  ],
  assistant: [
    {
      days: [15, 86],
      people: [0],
      visits: 3,
      arrivals: byAssistant,
      walks: { browse: 2, check: 1, bounce: 1 },
    },
    {
      days: [30, 90],
      people: [0, 1],
      visits: 6,
      arrivals: { assistant: 2, direct: 2, search: 1 },
      walks: { evaluate: 2, check: 1, read: 1 },
    },
  ],
  glance: [
    {
      days: [5, 88],
      people: [0, 1],
      visits: 3,
      arrivals: discover,
      walks: { bounce: 3, read: 1, browse: 1 },
    },
  ],
};
