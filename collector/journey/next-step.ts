/**
 * What to do next about an account, each with the fact that it follows from. Pure: the same facts give the same steps. It
 * says nothing that it does not know, and little at once, so that it is read.
 */
import type { AccountPerson, BuyingRole } from '../store/people.ts';
import { type AccountSigns, signDays } from '../store/signs.ts';
import { silenceMs } from '../store/store.ts';
import { dayMs } from '../time.ts';
import { isProspect, missingRoles, roleWords } from './buying-group.ts';

export interface NextFacts {
  now: number;
  /** Who looks after it; null: nobody. */
  owner: string | null;
  people: readonly AccountPerson[];
  signs: AccountSigns;
  visits: number;
  /** Of the latest visit. */
  lastAt: number;
  /** The silence that ended last; null: there was none. */
  silence: { days: number; endedAt: number } | null;
}

export type StepKind =
  | 'answer'
  | 'look'
  | 'prices'
  | 'back'
  | 'assign'
  | 'write'
  | 'roles'
  | 'quiet'
  | 'contacts';

export interface NextStep {
  kind: StepKind;
  /** What to do: `Give it an owner`. */
  does: string;
  /** Why: `nobody looks after it`. */
  why: string;
  /** Whom to write to, where somebody's address is known. */
  email: string | null;
}

/** More is a list of things that nobody does. */
export const maxSteps = 4;

/** Somebody who was here within it is written to as one who was just here. */
const latelyMs = 14 * dayMs;

/** The more urgent first, at most `maxSteps`. */
export function nextSteps(facts: NextFacts): NextStep[] {
  const found = [answer, look, prices, back, assign, write, quiet, roles, contacts].flatMap(
    (step) => step(facts) ?? [],
  );
  return found.slice(0, maxSteps);
}

type Step = (facts: NextFacts) => NextStep | null;

const answer: Step = ({ signs: { form }, people, now }) =>
  form && {
    kind: 'answer',
    does: form.name === '' ? 'Answer the form they sent' : `Answer the form “${form.name}”`,
    why: `sent ${dayWords(form.at, now)}${form.person === null ? '' : ` by ${form.person}`}`,
    email: people.find(({ label }) => label === form.person)?.email ?? null,
  };

const look: Step = ({ signs: { lookedAt, since }, now }) =>
  lookedAt === null || since.visits === 0
    ? null
    : {
        kind: 'look',
        does: 'See what is new',
        why: `${counted(since.visits, 'visit')} by ${peopleWords(since.people)} since you looked ${dayWords(lookedAt, now)}`,
        email: null,
      };

const prices: Step = ({ signs: { pricing }, now }) =>
  pricing && {
    kind: 'prices',
    does: 'Talk to them about prices',
    why: `${pricing.path} and the like: ${counted(pricing.views, 'view')} by ${peopleWords(pricing.people)} in the last ${signDays} days, the latest ${dayWords(pricing.lastAt, now)}`,
    email: null,
  };

const back: Step = ({ silence, now }) =>
  silence === null || now - silence.endedAt > latelyMs
    ? null
    : {
        kind: 'back',
        does: 'Pick the thread up again',
        why: `they came back ${dayWords(silence.endedAt, now)}, after ${counted(silence.days, 'day')} without a visit`,
        email: null,
      };

const assign: Step = ({ owner, signs, visits }) =>
  owner !== null
    ? null
    : {
        kind: 'assign',
        does: 'Give it an owner',
        why:
          visits > 0 && signs.lookedAt === null && signs.since.visits > 0
            ? `nobody looks after it, and there were ${counted(signs.since.visits, 'visit')} in the last ${signDays} days`
            : 'nobody looks after it',
        email: null,
      };

/** Whom it is worth most to write to. */
const weight: Readonly<Record<BuyingRole, number>> = {
  'decision-maker': 5,
  champion: 4,
  buyer: 3,
  influencer: 2,
  user: 1,
  gatekeeper: 0,
};

const write: Step = ({ people, now }) => {
  const [best] = people
    .filter(({ email, role, lastAt }) => email !== null && (role !== null || isLately(lastAt, now)))
    .sort((a, b) => worth(b, now) - worth(a, now) || (b.lastAt ?? 0) - (a.lastAt ?? 0));
  if (best === undefined) return null;
  const role = best.role === null ? [] : [roleWords[best.role].toLowerCase()];
  const seen = isProspect(best)
    ? 'known, and not here yet'
    : best.lastAt === null
      ? 'met, and not on the site yet'
      : `last here ${dayWords(best.lastAt, now)}`;
  return {
    kind: 'write',
    does: `Write to ${best.name ?? best.label}`,
    why: [...role, seen].join(', '),
    email: best.email,
  };
};

const isLately = (at: number | null, now: number) => at !== null && now - at <= latelyMs;

const worth = ({ role, lastAt }: AccountPerson, now: number) =>
  (role === null ? 0 : 1 + weight[role]) + (isLately(lastAt, now) ? 1 : 0);

const quiet: Step = ({ visits, lastAt, now }) =>
  visits === 0 || now - lastAt <= silenceMs
    ? null
    : {
        kind: 'quiet',
        does: 'Ask whether it still matters to them',
        why: `${counted(Math.floor((now - lastAt) / dayMs), 'day')} without a visit`,
        email: null,
      };

const roles: Step = ({ people, visits }) => {
  const missing = missingRoles(people).map((role) => roleWords[role].toLowerCase());
  if (missing.length === 0 || (visits === 0 && people.length === 0)) return null;
  return {
    kind: 'roles',
    does: missing.includes('decision-maker') ? 'Find out who decides' : 'Find out who else is part of it',
    why: `nobody is known as ${listed(missing)}`,
    email: null,
  };
};

const contacts: Step = ({ people }) =>
  people.some(({ email }) => email !== null)
    ? null
    : { kind: 'contacts', does: 'Add whom you know there', why: 'no e-mail address is known', email: null };

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
const peopleWords = (count: number) => (count === 1 ? '1 person' : `${count} people`);

/** `today`, `yesterday`, `3 days ago`: by days of UTC, as everything that is counted. */
function dayWords(at: number, now: number): string {
  const days = Math.floor(now / dayMs) - Math.floor(at / dayMs);
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
}

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
