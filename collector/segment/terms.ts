/**
 * Everything that a condition can be about. A new term is one entry here, one word in `tree.ts`, and one entry in the
 * store's list of what it reads (the compiler asks for both).
 */
import type { NameKind } from './names.ts';
import type { CountTerm, DayTerm, MixedTerm, TextTerm, VisitTerm } from './tree.ts';

/** What a term is called where people choose it, and an example that is tried by a test. */
interface Told {
  says: string;
  example: string;
}

/** `role`: one of a closed list, and it may be left out. */
type Argument = 'none' | 'pattern' | 'name' | 'role';

/** Whether a term says nothing without its brackets. */
export const needsArgument = (argument: Argument) => argument === 'pattern' || argument === 'name';

export type Term = Told &
  (
    | { kind: 'count'; argument: Argument; unit: 'times' | 'seconds'; may: { window: boolean; by: boolean } }
    | { kind: 'text'; names: NameKind | null }
    | { kind: 'visit'; names: NameKind }
    | { kind: 'mixed'; hasMember: boolean; mayHaveMember?: true; names?: NameKind }
    | { kind: 'day' }
  );

export type TermName = CountTerm | TextTerm | VisitTerm | MixedTerm | DayTerm;

const counted = (argument: Argument, says: string, example: string) =>
  ({ kind: 'count', argument, unit: 'times', may: { window: true, by: true }, says, example }) as const;

export const terms: { readonly [Name in TermName]: Term } = {
  viewed: counted('pattern', 'Pages viewed', 'viewed("/pricing*") >= 2 within 7 days by >= 2 people'),
  event: counted('name', 'Events', 'event("Project Created") > 2'),
  form: counted('name', 'Forms sent', 'form("contact") within 30 days'),
  visits: counted('none', 'Visits', 'visits >= 5 within 30 days'),
  people: {
    ...counted('role', 'People', 'people("decision-maker") >= 1 within 30 days'),
    may: { window: true, by: false },
  },
  engaged: {
    ...counted('none', 'Time spent on pages', 'engaged >= 10 minutes within 7 days'),
    unit: 'seconds',
  },
  source: { kind: 'visit', names: 'source', says: 'Source', example: 'source = "newsletter" within 30 days' },
  campaign: { kind: 'visit', names: 'campaign', says: 'Campaign', example: 'campaign like "spring*"' },
  channel: {
    kind: 'visit',
    names: 'channel',
    says: 'Channel',
    example: 'channel in ("Paid Search", "Paid Social")',
  },
  name: { kind: 'text', names: null, says: 'Name', example: 'name like "*steel*"' },
  domain: { kind: 'text', names: null, says: 'Domain', example: 'domain like "*.example"' },
  country: { kind: 'text', names: 'country', says: 'Country', example: 'country in ("DE", "AT", "CH")' },
  industry: { kind: 'text', names: 'industry', says: 'Industry', example: 'industry in ("Energy", "Steel")' },
  owner: { kind: 'text', names: 'owner', says: 'Owner', example: 'owner = "kim@example.com"' },
  list: { kind: 'text', names: 'list', says: 'List from a file', example: 'in list("Target accounts")' },
  tag: {
    kind: 'mixed',
    hasMember: false,
    mayHaveMember: true,
    names: 'tag',
    says: 'Tag',
    example: 'tag = "enterprise"',
  },
  size: { kind: 'mixed', hasMember: false, says: 'Employees', example: 'size > 200' },
  trait: { kind: 'mixed', hasMember: true, says: 'Trait', example: 'trait.plan = "pro"' },
  score: { kind: 'mixed', hasMember: false, says: 'Score', example: 'score >= 50' },
  first_seen: { kind: 'day', says: 'First seen', example: 'first_seen within 7 days' },
  last_seen: { kind: 'day', says: 'Last seen', example: 'last_seen before 2026-06-01' },
};

export const termNames = Object.keys(terms) as TermName[];

/** Words of which nothing can be asked, with the reason, and what to write instead. */
export const laterTerms: Readonly<Record<string, string>> = {
  stage: 'accounts have no stages yet',
  status:
    'it hangs on the list’s period and on who looks. Write first_seen within 30 days for new ones, owner = "…" for somebody’s own',
};

/** Other words for a term, which mean it and nothing else. */
export const sameWords: Readonly<Record<string, { name: TermName; argument: string }>> = {
  employees: { name: 'size', argument: '' },
  headcount: { name: 'size', argument: '' },
  sector: { name: 'industry', argument: '' },
  assignee: { name: 'owner', argument: '' },
  tags: { name: 'tag', argument: '' },
  title: { name: 'trait', argument: 'title' },
};

/** What others call it. */
export const otherWords: Readonly<Record<string, string>> = {
  page: 'viewed',
  pages: 'viewed',
  url: 'viewed',
  path: 'viewed',
  visited: 'viewed',
  sessions: 'visits',
  visitors: 'people',
  users: 'people',
  persons: 'people',
  contacts: 'people',
  employees: 'size',
  utm_source: 'source',
  utm_campaign: 'campaign',
  medium: 'channel',
  sector: 'industry',
  tags: 'tag',
  company: 'name',
  assignee: 'owner',
  created: 'first_seen',
  title: 'trait.title',
  role: 'trait.role',
};
