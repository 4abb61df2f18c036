/**
 * A year of made-up visits as enriched drafts, the same every time: some sixty companies of all sizes and habits,
 * one with hostile names, and the networks that must never be taken for companies.
 */
import type { Arrival, EnrichedDraft, Facts } from '../../collector/draft.ts';
import type { Company, Kind, Tier, Verdict } from '../../collector/reveal/verdict.ts';

/** Friday afternoon. */
export const sampleNow = Date.UTC(2026, 10, 20, 15, 4, 30);

const day = 86_400_000;
const minute = 60_000;

/** Text that a careless page would run or a careless spreadsheet would calculate. */
export const hostile = {
  name: '=cmd|"/c calc"!A1 <script>alert(1)</script>',
  title: '"><img src=x onerror=alert(2)> & more',
  form: '</td><svg onload=alert(3)>',
};

const companyNames =
  `Nordwind Maschinenbau, Halcyon Logistics, Brightwater Energy, Vesper Analytics, Kestrel Aerospace,
Orchard & Vale Foods, Lumen Instruments, Tessellate Software, Harbourline Shipping, Pinnacle Steelworks, Aster Biotech,
Meridian Rail Systems, Coppersmith Breweries, Fjordlys Offshore, Quarry Lane Cement, Solstice Solar, Ironbark Mining,
Bluefin Robotics, Cedar & Stone Architects, Delft Hydraulics Works, Ember Thermal, Foxglove Pharma, Granite Peak Insurance,
Hollis Paper Mills, Inkwell Publishing, Juniper Field Services, Kumo Semiconductors, Larkspur Clinics,
Mosaic Retail Group, Northgate Dairy, Opaline Cosmetics, Parallax Optics, Quillon Defence, Redwood Timber, Saffron Hotels,
Tidewater Marine, Umbra Security, Vantage Telecom Equipment, Willow Creek Textiles, Xenon Lighting, Yarrow Seeds,
Zephyr Wind Turbines, Atlas Concrete, Beacon Freight, Cobalt Chemicals, Drumlin Whisky, Evergreen Packaging, Falcon Forge,
Gondola Lifts, Heron Water Treatment, Isar Präzisionstechnik, Jasper Mobility, Kiln & Clay Ceramics, Loom Interiors,
Manifold Pumps, Nimbus Weather, Osprey Drones, Prism Diagnostics`
    .split(',')
    .map((name) => name.trim());

const longNames = [
  'Vereinigte Donau-Stahl- und Anlagenbau Beteiligungsgesellschaft für Industrieautomation mbH & Co. KGaA',
  'Department of Rural Infrastructure and Water Management',
];

const places = ['DE', 'US', 'GB', 'NL', 'SE', 'FR', 'NO', 'AT', 'CH', 'DK', 'PL', 'JP'];

const pages: [path: string, title: string][] = [
  ['/', 'Conveyor controls that keep running | Millrace'],
  ['/products/line-controller', 'Line controller'],
  ['/products/edge-gateway', 'Edge gateway'],
  ['/pricing', 'Pricing'],
  ['/customers', 'Who uses it'],
  ['/customers/brightwater', 'How Brightwater halved its downtime'],
  ['/docs/getting-started', 'Getting started'],
  ['/docs/integrations/opc-ua', 'OPC UA integration'],
  ['/blog/predictive-maintenance', 'Seven questions to ask before predictive maintenance'],
  ['/security', 'Security and compliance'],
  ['/contact', 'Talk to an engineer'],
];

const arrivals: [channel: string, source: string, medium: string, campaign: string][] = [
  ['Organic Search', 'google', 'organic', ''],
  ['Direct', '(direct)', '(none)', ''],
  ['Paid Search', 'google', 'cpc', 'line-controller-dach'],
  ['Email', 'newsletter', 'email', 'autumn-update'],
  ['Organic Social', 'linkedin.com', 'social', ''],
  ['Referral', 'automation-weekly.example', 'referral', ''],
  ['AI Assistants', 'chatgpt.com', 'referral', ''],
];

const agents: Facts['agent'][] = [
  { browser: 'Chrome 142', os: 'Windows 11', device: 'desktop' },
  { browser: 'Firefox 145', os: 'Ubuntu', device: 'desktop' },
  { browser: 'Safari 26', os: 'macOS', device: 'desktop' },
  { browser: 'Safari 26', os: 'iOS', device: 'mobile' },
  { browser: 'Edge 142', os: 'Windows 11', device: 'desktop' },
];

/** Small, seeded, and good enough for made-up people (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('pick needs a list with something in it');
  return found;
}

function domainOf(name: string): string {
  const word = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
  return `${word.split(' ').slice(0, 2).join('-')}.example`;
}

function verdictOf(company: Company | null, kind: Kind, tier: Tier, operator: string | null): Verdict {
  const confidence = { account: 0.83, possible: 0.55, none: 0 }[tier];
  const evidence = company
    ? [
        {
          source: 'company-database' as const,
          says: `the company database names "${company.name}" for this network, apart from its provider`,
          confidence,
          dataOf: '2026-11-01',
        },
      ]
    : [];
  return { kind, company, operator, confidence, tier, evidence };
}

interface Actor {
  verdict: Verdict;
  prefix: string;
  country: string | null;
  /** Days before `sampleNow` on which each browser came. */
  browsers: number[][];
  identifies: boolean;
}

function habits(index: number, random: () => number): number[][] {
  // The first three are the journeys that are easy to draw wrongly: one day old, a gap of 400 days, very busy.
  if (index === 0) return [[0.2]];
  if (index === 1) return [[0.4, 3, 405, 407], [404]];
  if (index === 2) {
    return Array.from({ length: 9 }, (_, browser) =>
      Array.from({ length: 4 + browser * 2 }, () => random() ** 2 * 120),
    );
  }
  const browsers = 1 + Math.floor(random() ** 2 * 4);
  return Array.from({ length: browsers }, () =>
    Array.from({ length: 1 + Math.floor(random() ** 2 * 9) }, () => 0.05 + random() ** 1.6 * 110),
  );
}

function actors(random: () => number): Actor[] {
  const names = [...companyNames.slice(0, 3), ...longNames, ...companyNames.slice(3), hostile.name];
  const companies = names.map((name, index): Actor => {
    const kind: Kind = name.startsWith('Department') ? 'government' : 'business';
    const domain = name === hostile.name ? null : domainOf(name);
    return {
      verdict: verdictOf({ name, domain }, kind, 'account', name),
      prefix: `198.51.${index}.0/24`,
      country: index % 17 === 16 ? null : pick(places, random),
      browsers: habits(index, random),
      identifies: index % 5 === 2,
    };
  });
  const others: [string, Kind, Tier][] = [
    ['Gull Broadband', 'isp', 'none'],
    ['Heath Mobile', 'mobile', 'none'],
    ['Stratus Hosting', 'hosting', 'none'],
    ['Veil VPN', 'vpn', 'none'],
    ['Marlow Castings', 'business', 'possible'],
    ['Tarn Consulting', 'business', 'possible'],
  ];
  const networks = others.map(
    ([name, kind, tier], index): Actor => ({
      verdict: verdictOf(tier === 'possible' ? { name, domain: domainOf(name) } : null, kind, tier, name),
      prefix: `203.0.${index}.0/24`,
      country: pick(places, random),
      browsers: Array.from({ length: 6 }, () => [random() * 28, random() * 80]),
      identifies: false,
    }),
  );
  const nobody: Actor = {
    verdict: verdictOf(null, 'unknown', 'none', null),
    prefix: '192.0.2.0/24',
    country: null,
    browsers: [[2], [9]],
    identifies: false,
  };
  return [...companies, ...networks, nobody];
}

function arrivalOf(random: () => number): Arrival {
  const [channel, source, medium, campaign] = pick(arrivals, random);
  const referrer = source.includes('.') ? `${source}/` : '';
  return { channel, source, medium, campaign, term: '', content: '', clickId: '', referrer };
}

/** Every event of the made-up year, oldest first. */
export function sampleTraffic(siteId: number): EnrichedDraft[] {
  const random = chance(20_261_120);
  const drafts: EnrichedDraft[] = [];
  for (const [actorIndex, actor] of actors(random).entries()) {
    for (const [browserIndex, days] of actor.browsers.entries()) {
      const visitorKey = `v${String(actorIndex).padStart(3, '0')}${String(browserIndex).padStart(3, '0')}sampleidxx`;
      const agent = pick(agents, random);
      const isHostile = actor.verdict.company?.name === hostile.name;
      for (const daysAgo of days) {
        let at = Math.floor(sampleNow - daysAgo * day);
        const views = 1 + Math.floor(random() ** 1.5 * 6);
        const add = (change: Partial<EnrichedDraft['draft']>, arrival: Arrival | null) => {
          const [path, title] = pick(pages, random);
          drafts.push({
            draft: {
              siteId,
              eventKey: `e${drafts.length}`,
              via: 'tag',
              type: 'page',
              at,
              receivedAt: at,
              visitorKey,
              address: '198.51.100.1',
              userAgent: 'sample',
              page: { host: 'www.millrace.example', path },
              search: '',
              title: isHostile ? hostile.title : title,
              referrer: '',
              detail: {},
              ...change,
            },
            facts: {
              agent,
              arrival,
              network: {
                prefix: actor.prefix,
                addressKey: actorIndex * 1_000 + browserIndex,
                country: actor.country,
                asNumber: null,
                verdict: actor.verdict,
              },
            },
          });
          at += Math.floor((0.3 + random() * 4) * minute);
        };
        for (let view = 0; view < views && at <= sampleNow; view++) {
          add({}, view === 0 ? arrivalOf(random) : null);
        }
        if ((random() < 0.12 || isHostile) && at <= sampleNow) {
          const name = isHostile ? hostile.form : 'Talk to an engineer';
          add(
            {
              type: 'form',
              page: { host: 'www.millrace.example', path: '/contact' },
              title: 'Talk to an engineer',
              detail: { form: { step: 'submit', name, id: 'contact', action: '/contact' } },
            },
            null,
          );
        }
        if (random() < 0.1 && at <= sampleNow) {
          add(
            { type: 'track', detail: { track: { name: 'brochure_downloaded', props: { pages: 12 } } } },
            null,
          );
        }
        if (actor.identifies && browserIndex % 3 === 0 && at <= sampleNow) {
          const domain = actor.verdict.company?.domain ?? 'nobody.example';
          const email = `${pick(['ana', 'jon', 'mei', 'lars', 'priya'], random)}${browserIndex}@${domain}`;
          add({ type: 'identify', detail: { identify: { user: null, email, traits: {} } } }, null);
        }
      }
    }
  }
  return drafts.sort((left, right) => left.draft.at - right.draft.at);
}
