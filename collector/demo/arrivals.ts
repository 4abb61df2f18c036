/** How a visit begins: the page it came from and what its address carries, as campaigns and click ids really look. */
import type { Random } from './random.ts';

export type ArrivalName =
  | 'direct'
  | 'search'
  | 'assistant'
  | 'linkedin'
  | 'newsletter'
  | 'google-ads'
  | 'linkedin-ads'
  | 'referral'
  | 'webinar';

/** Where visits of one mood come from, by weight. */
export type ArrivalMix = Readonly<Partial<Record<ArrivalName, number>>>;

export interface ArrivalAddress {
  /** Empty: none. */
  referrer: string;
  /** With its question mark; empty: none. */
  search: string;
}

const engines = {
  'https://www.google.com/': 82,
  'https://www.bing.com/': 9,
  'https://duckduckgo.com/': 5,
  'https://www.ecosia.org/': 2,
};

const assistants = {
  'https://chatgpt.com/': 6,
  'https://www.perplexity.ai/': 3,
  'https://gemini.google.com/': 2,
  'https://copilot.microsoft.com/': 2,
  'https://claude.ai/': 2,
};

const neighbours = {
  'https://www.maintenance-weekly.example/tools/planning': 4,
  'https://forum.plant-engineers.example/t/which-planner/4182': 3,
  'https://www.softwareshelf.example/category/maintenance': 3,
};

/** Stands for campaigns that change with the month. */
const month = (at: number): string => new Date(at).toISOString().slice(0, 7);

const query = (fields: Record<string, string>): string => `?${new URLSearchParams(fields)}`;

const makers: { [K in ArrivalName]: (random: Random, at: number) => ArrivalAddress } = {
  direct: () => ({ referrer: '', search: '' }),
  search: (random) => ({ referrer: random.weighted(engines), search: '' }),
  assistant: (random) => {
    const referrer = random.weighted(assistants);
    // ChatGPT names itself in the links it gives.
    const isNamed = referrer === 'https://chatgpt.com/';
    return { referrer, search: isNamed ? query({ utm_source: 'chatgpt.com' }) : '' };
  },
  linkedin: () => ({ referrer: 'https://www.linkedin.com/', search: '' }),
  newsletter: (random, at) => ({
    // Most mail programs send no referrer; webmail does.
    referrer: random.chance(0.2) ? 'https://mail.google.com/' : '',
    search: query({
      utm_source: 'newsletter',
      utm_medium: 'email',
      utm_campaign: `planned-stop-letter-${month(at)}`,
    }),
  }),
  'google-ads': (random) => ({
    referrer: 'https://www.google.com/',
    search: query({
      utm_source: 'google',
      utm_medium: 'cpc',
      utm_campaign: random.pick(['maintenance-planning', 'cmms-alternative']),
      utm_term: random.pick(['maintenance planner', 'crew scheduling', 'work order software']),
      gclid: `Cj0KCQ${random.letters(40)}`,
    }),
  }),
  'linkedin-ads': (random) => ({
    referrer: 'https://www.linkedin.com/',
    search: query({
      utm_source: 'linkedin',
      utm_medium: 'paid-social',
      utm_campaign: 'plant-managers-eu',
      utm_content: random.pick(['video-60s', 'carousel', 'case-study']),
      li_fat_id: random.letters(36),
    }),
  }),
  referral: (random) => ({ referrer: random.weighted(neighbours), search: '' }),
  webinar: (_random, at) => ({
    referrer: '',
    search: query({ utm_source: 'webinar', utm_medium: 'email', utm_campaign: `live-${month(at)}` }),
  }),
};

/** Draws a way to arrive and what it leaves in the address. */
export function arrive(random: Random, mix: ArrivalMix, at: number): ArrivalAddress {
  return makers[random.weighted(mix)](random, at);
}
