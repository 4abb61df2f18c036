/** Enriched drafts for store tests: every fact has a plain default, so that a test says only what matters to it. */
import type { Arrival, Detail, EnrichedDraft, Via } from '../../collector/draft.ts';
import type { Verdict } from '../../collector/reveal/verdict.ts';
import type { ContactRow } from '../../collector/store/people.ts';
import type { EventType } from '../../tracker/wire.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A Monday morning; tests count from here. */
export const monday = Date.UTC(2026, 5, 1, 9);

/** The start, in UTC, of the day that a moment is in. */
export const startOfDay = (at: number) => at - (at % day);

export interface DraftWish {
  /** Makes the event's key; give two drafts the same to make them the same event. */
  key?: string;
  /** Its sender made the key for the whole site. */
  isKeyOfSite?: true;
  /** Left out: when it happened. */
  receivedAt?: number;
  site?: number;
  visitor?: string;
  at?: number;
  type?: EventType;
  path?: string;
  title?: string;
  arrival?: Partial<Arrival> | null;
  /** A company's name, a whole verdict, or null for an ISP. */
  company?: string | null;
  verdict?: Verdict;
  country?: string;
  address?: number;
  prefix?: string;
  asNumber?: number;
  detail?: Detail;
  email?: string;
  /** The site's own id: of `identify` beside the e-mail, else told along the way. */
  user?: string;
  via?: Via;
}

/** A verdict at the `account` tier. */
export function companyVerdict(name: string): Verdict {
  return {
    kind: 'business',
    company: { name, domain: `${name.toLowerCase().replace(/\W+/g, '-')}.example` },
    operator: null,
    confidence: 0.8,
    tier: 'account',
    evidence: [{ source: 'company-database', says: `the range is ${name}'s`, confidence: 0.8, dataOf: null }],
  };
}

/** A verdict that names no company. */
export const ispVerdict: Verdict = {
  kind: 'isp',
  company: null,
  operator: 'Wide Area Telecom',
  confidence: 0,
  tier: 'none',
  evidence: [{ source: 'blocker', says: 'an access provider', confidence: 0, dataOf: null }],
};

/** One draft. `number` makes keys that differ. */
export function draft(wish: DraftWish, number = 0): EnrichedDraft {
  const at = wish.at ?? monday;
  const visitorKey = wish.visitor ?? 'visitor-1';
  const type = wish.type ?? (wish.email === undefined ? 'page' : 'identify');
  const verdict = wish.verdict ?? (wish.company ? companyVerdict(wish.company) : ispVerdict);
  const arrival: Arrival = {
    channel: 'Organic Search',
    source: 'google',
    medium: 'organic',
    campaign: '',
    term: '',
    content: '',
    clickId: '',
    referrer: 'www.google.com/',
    ...wish.arrival,
  };
  return {
    draft: {
      siteId: wish.site ?? 1,
      eventKey: wish.key ?? `event-${visitorKey}-${at}-${number}`,
      via: wish.via ?? 'tag',
      type,
      at,
      receivedAt: wish.receivedAt ?? at,
      visitorKey,
      address: '192.0.2.1',
      userAgent: 'test',
      page: { host: 'www.lumen.example', path: wish.path ?? '/' },
      search: '',
      title: wish.title ?? '',
      referrer: '',
      detail:
        wish.detail ??
        (wish.email === undefined
          ? {}
          : { identify: { user: wish.user ?? null, email: wish.email, traits: {} } }),
      ...(wish.isKeyOfSite && { isKeyOfSite: true }),
      ...(wish.user !== undefined && { user: wish.user }),
    },
    facts: {
      agent: { browser: 'Firefox', os: 'Linux', device: 'desktop' },
      arrival: wish.arrival ? arrival : null,
      network: {
        prefix: wish.prefix ?? '192.0.2.0/24',
        addressKey: wish.address ?? verdict.kind.length + (verdict.company?.name.length ?? 0),
        country: wish.country ?? 'DE',
        asNumber: wish.asNumber ?? null,
        verdict,
      },
    },
  };
}

/** A call of which an import told: with whoever has this e-mail, else with a company of this name. */
export function touchpoint(wish: {
  importId?: number;
  at?: number;
  key?: string;
  email?: string;
  company?: string;
}): EnrichedDraft {
  const { importId, at = monday, email, company = 'Harbour Tools' } = wish;
  const made = draft({
    at,
    via: 'import',
    type: 'track',
    visitor: `import.${email ?? company}`,
    key: wish.key ?? `call-${at}`,
    verdict: { ...ispVerdict, kind: 'unknown', operator: 'Told by an import', evidence: [] },
    prefix: '',
    address: 0,
    detail: {
      track: { name: 'Call', props: {} },
      offline: {
        kind: 'call',
        source: 'Pipedrive',
        ...(email === undefined ? { company: { name: company, domain: null } } : { email }),
      },
    },
  });
  return importId === undefined ? made : { ...made, draft: { ...made.draft, importId } };
}

/** A row of a file of contacts; what it does not say is not known. */
export function contact(says: Partial<ContactRow>): ContactRow {
  const nothing = {
    email: null,
    name: null,
    title: null,
    department: null,
    phone: null,
    role: null,
    linkedin: null,
  };
  return {
    ...nothing,
    attributes: {},
    company: { name: 'Harbour Tools', domain: 'harbour-tools.com' },
    ...says,
  };
}
