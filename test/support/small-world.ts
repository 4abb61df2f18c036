/** A few companies with a few weeks of visits, made up, put into a store, and told again as plain facts. */
import fc from 'fast-check';
import type { BuyingRole, RoleChange } from '../../collector/store/people.ts';
import type { ProfileRow, Store } from '../../collector/store/store.ts';
import { dayNumber } from '../../collector/time.ts';
import { contact, type DraftWish, day, draft, hour, minute } from './drafts.ts';

/** A Monday, at midnight. */
export const start = Date.UTC(2026, 5, 1);
export const days = 12;
export const now = start + (days - 1) * day + 20 * hour;

export const companies = ['Acme', 'Borealis', 'Ørsted Åkerblom', 'Delta'] as const;
const domainOf = (company: number) => `${companies[company]?.toLowerCase().replace(/\W+/g, '-')}.example`;

interface Action {
  kind: 'page' | 'event' | 'form' | 'leave';
  name: string;
  seconds: number;
}

interface Visit {
  visitor: number;
  day: number;
  slot: number;
  source: number | null;
  title: string | null;
  actions: Action[];
}

export interface World {
  /** By visitor: whose, on which site, and which person. */
  visitors: { company: number; site: number; person: number | null }[];
  visits: Visit[];
  /** By company. */
  profiles: (Omit<ProfileRow, 'name' | 'domain'> | null)[];
  /** By person: what a file says of their part in buying, and what somebody said here. */
  roles: { file: BuyingRole | null; said: RoleChange }[];
  /** The last company was merged into the first. */
  isMerged: boolean;
}

const pages = ['/', '/pricing', '/Pricing/teams', '/docs', '/100%_off'];
const events = ['Project Created', 'project-created', 'Login'];
const forms = ['contact', 'Contact us'];
export const sources = [
  { source: 'google', campaign: '', channel: 'Organic Search' },
  { source: 'Newsletter', campaign: 'Spring', channel: 'Email' },
  { source: 'newsletter', campaign: 'spring_2', channel: 'Email' },
];
const titles = ['CFO', 'cto', '7'];
const industries = ['Energy', 'STEEL', 'Öl & Gas', null];
const sizes = ['51-200', '1,001-5,000', '40', 'unknown', null];

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('page' as const), name: fc.constantFrom(...pages), seconds: fc.constant(0) }),
  fc.record({
    kind: fc.constant('event' as const),
    name: fc.constantFrom(...events),
    seconds: fc.constant(0),
  }),
  fc.record({ kind: fc.constant('form' as const), name: fc.constantFrom(...forms), seconds: fc.constant(0) }),
  fc.record({
    kind: fc.constant('leave' as const),
    name: fc.constant(''),
    seconds: fc.integer({ min: 1, max: 90 }),
  }),
);

const visitorCount = 7;
const personCount = 3;

export const world: fc.Arbitrary<World> = fc.record({
  visitors: fc.array(
    fc.record({
      company: fc.integer({ min: 0, max: companies.length - 1 }),
      site: fc.constantFrom(1, 2),
      person: fc.option(fc.integer({ min: 0, max: personCount - 1 })),
    }),
    { minLength: visitorCount, maxLength: visitorCount },
  ),
  visits: fc.uniqueArray(
    fc.record({
      visitor: fc.integer({ min: 0, max: visitorCount - 1 }),
      day: fc.integer({ min: 1, max: days - 1 }),
      slot: fc.integer({ min: 0, max: 2 }),
      source: fc.option(fc.integer({ min: 0, max: sources.length - 1 })),
      title: fc.option(fc.constantFrom(...titles)),
      actions: fc.array(action, { maxLength: 4 }),
    }),
    { selector: ({ visitor, day: on, slot }) => `${visitor}/${on}/${slot}`, minLength: 3, maxLength: 24 },
  ),
  profiles: fc.array(
    fc.option(
      fc.record({
        industry: fc.constantFrom(...industries),
        size: fc.constantFrom(...sizes),
        country: fc.constantFrom('AT', null),
        owner: fc.constantFrom('kim@example.com', null),
        attributes: fc.constantFrom<Record<string, string>>(
          {},
          { Plan: 'Pro', 'Seats used': '12' },
          { plan: 'free' },
        ),
      }),
    ),
    { minLength: companies.length, maxLength: companies.length },
  ),
  roles: fc.array(
    fc.record({
      file: fc.constantFrom<BuyingRole | null>('decision-maker', 'champion', null),
      said: fc.constantFrom<RoleChange>('decision-maker', 'champion', 'none', null),
    }),
    { minLength: personCount, maxLength: personCount },
  ),
  isMerged: fc.boolean(),
});

/** Two visits that begin in the same slot of different visitors do not begin in the same moment. */
const startOf = (visit: Visit) =>
  start + visit.day * day + (6 + visit.slot * 5) * hour + visit.visitor * 7 * minute;

const emailOf = (person: number) => `somebody-${person}@gmail.com`;

/** What is sent of a world; the first thing that a visitor does who is known is to say who it is. */
function wishesOf({ visitors, visits }: World): DraftWish[] {
  const who = (visitor: number) => {
    const one = visitors[visitor];
    if (one === undefined) throw new Error('no such visitor');
    return {
      visitor: `visitor-${visitor}`,
      site: one.site,
      company: companies[one.company] ?? '',
      country: one.company === 1 ? 'SE' : 'DE',
    };
  };
  const identities = visitors.flatMap(({ person }, visitor) =>
    person === null ? [] : [{ ...who(visitor), at: start + visitor * minute, email: emailOf(person) }],
  );
  const acts = visits.flatMap((visit): DraftWish[] => {
    const base = who(visit.visitor);
    const at = startOf(visit);
    const arrival = visit.source === null ? null : (sources[visit.source] ?? null);
    const person = visitors[visit.visitor]?.person ?? null;
    const told: DraftWish[] =
      visit.title === null || person === null
        ? []
        : [
            {
              ...base,
              at: at + 1_000,
              type: 'identify',
              detail: {
                identify: { user: null, email: emailOf(person), traits: { 'Job title': visit.title } },
              },
            },
          ];
    return [
      { ...base, at, path: '/docs', arrival },
      ...told,
      ...visit.actions.map(({ kind, name, seconds }, index): DraftWish => {
        const when = { ...base, at: at + (index + 2) * 1_000 };
        if (kind === 'page') return { ...when, path: name };
        if (kind === 'event') return { ...when, type: 'track', detail: { track: { name, props: {} } } };
        if (kind === 'form')
          return { ...when, type: 'form', detail: { form: { step: 'submit', name, id: '', action: '' } } };
        return { ...when, type: 'leave', detail: { leave: { seconds, scroll: 0 } } };
      }),
    ];
  });
  return [...identities, ...acts];
}

/** Puts a world into a store, and says which number each company has. */
export async function settle(
  store: Store,
  { wishes, at }: { wishes: World; at: number },
): Promise<Map<string, number>> {
  await store.addSite('lumen.example', [], start);
  await store.addSite('lumen.test', [], start);
  await store.append(wishesOf(wishes).map((wish, index) => draft(wish, index)));
  for (const [company, profile] of wishes.profiles.entries())
    if (profile !== null)
      await store.importProfiles(
        [{ name: companies[company] ?? '', domain: domainOf(company), ...profile }],
        'kim@example.com',
        at + company,
      );
  await settleRoles(store, { wishes, at });
  const found = new Map<string, number>();
  for (const [company, name] of companies.entries())
    for (const one of await store.findAccounts(name, 5))
      if (one.domain === domainOf(company)) found.set(name, one.id);
  const [from, into] = [found.get('Delta'), found.get('Acme')];
  if (wishes.isMerged && from !== undefined && into !== undefined)
    await store.decide({ kind: 'merge', accountId: from, targetId: into, note: '' }, 'kim@example.com', at);
  return found;
}

async function settleRoles(store: Store, { wishes, at }: { wishes: World; at: number }): Promise<void> {
  const importId = await store.beginImport(
    { kind: 'contacts', siteId: null, fileName: 'people.csv', mapping: {} },
    'kim@example.com',
    at,
  );
  const told = wishes.roles.flatMap(({ file }, person) =>
    file === null ? [] : [contact({ email: emailOf(person), role: file, company: null })],
  );
  await store.importContacts(told, at, importId);
  const people = new Map<string, number>();
  for (const { id } of await store.findAccounts('', 50))
    for (const { label, personId } of await store.people(id))
      if (personId !== null) people.set(label, personId);
  for (const [person, { said }] of wishes.roles.entries()) {
    const personId = people.get(emailOf(person));
    if (personId !== undefined) await store.sayRole({ personId }, said, 'kim@example.com', at);
  }
}

/** Everything that one account did and is. */
export interface Facts {
  name: string;
  domain: string;
  country: string | null;
  profile: World['profiles'][number];
  /** Said of itself, else of what was merged into it. */
  owner: string | null;
  visits: { day: number; at: number; endedAt: number; who: string; source: number | null }[];
  done: { kind: Action['kind']; name: string; day: number; who: string; count: number }[];
  titles: string[];
  /** What those are in buying who have a part in it, by `who`. */
  roles: Map<string, BuyingRole>;
}

export function factsOf(all: World, company: number): Facts {
  const canMerge = (one: number) =>
    all.visitors.some((visitor, index) => visitor.company === one && isHere(all, index)) ||
    all.profiles[one] !== null;
  const isMerged = all.isMerged && canMerge(0) && canMerge(3);
  const home = (one: number) => (isMerged && one === 3 ? 0 : one);
  const isOurs = (visitor: number) => home(all.visitors[visitor]?.company ?? -1) === company;
  const whoOf = (visitor: number) => {
    const person = all.visitors[visitor]?.person ?? null;
    return person === null ? `visitor ${visitor}` : `person ${person}`;
  };
  const ours = all.visits.filter(({ visitor }) => isOurs(visitor));
  const lastTold = new Map<number, { at: number; title: string }>();
  for (const visit of ours) {
    const at = startOf(visit);
    const isKnown = (all.visitors[visit.visitor]?.person ?? null) !== null;
    if (visit.title !== null && isKnown && at >= (lastTold.get(visit.visitor)?.at ?? 0))
      lastTold.set(visit.visitor, { at, title: visit.title });
  }
  return {
    name: companies[company] ?? '',
    domain: domainOf(company),
    country: company === 1 ? 'SE' : 'DE',
    profile: all.profiles[company] ?? (company === 0 && isMerged ? (all.profiles[3] ?? null) : null),
    owner:
      all.profiles[company]?.owner ?? (company === 0 && isMerged ? (all.profiles[3]?.owner ?? null) : null),
    visits: [
      ...all.visitors.flatMap(({ person }, visitor) =>
        person === null || !isOurs(visitor)
          ? []
          : [
              {
                day: dayNumber(start),
                at: start + visitor * minute,
                endedAt: start + visitor * minute,
                who: whoOf(visitor),
                source: null,
              },
            ],
      ),
      ...ours.map((visit) => ({
        day: dayNumber(start) + visit.day,
        at: startOf(visit),
        endedAt: startOf(visit) + 20_000,
        who: whoOf(visit.visitor),
        source: visit.source,
      })),
    ],
    done: ours.flatMap((visit) => {
      const base = { day: dayNumber(start) + visit.day, who: whoOf(visit.visitor) };
      return [
        { ...base, kind: 'page' as const, name: '/docs', count: 1 },
        ...visit.actions.map(({ kind, name, seconds }) => ({
          ...base,
          kind,
          name,
          count: kind === 'leave' ? seconds : 1,
        })),
      ];
    }),
    titles: [...lastTold.values()].map(({ title }) => title),
    roles: new Map(
      all.roles.flatMap(({ file, said }, person): [string, BuyingRole][] => {
        const role = said === null ? file : said === 'none' ? null : said;
        return role === null ? [] : [[`person ${person}`, role]];
      }),
    ),
  };
}

const isHere = (all: World, visitor: number) =>
  (all.visitors[visitor]?.person ?? null) !== null || all.visits.some((visit) => visit.visitor === visitor);
