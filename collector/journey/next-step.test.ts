/** What to do next follows from facts, each with its reason, and from nothing else. */
import { describe, expect, test } from 'vitest';
import type { AccountPerson } from '../store/people.ts';
import { buyingGroup, missingRoles } from './buying-group.ts';
import { maxSteps, type NextFacts, nextSteps } from './next-step.ts';
import { lastSilence } from './silence.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 5, 20, 12);

const person = (says: Partial<AccountPerson>): AccountPerson => ({
  personId: 1,
  contactId: null,
  label: 'kim@example.com',
  email: null,
  name: null,
  title: null,
  department: null,
  phone: null,
  role: null,
  fileRole: null,
  roleSaid: null,
  linkedin: null,
  attributes: {},
  firstAt: now - 3 * day,
  lastAt: now - 2 * day,
  visits: 1,
  pages: 1,
  touchpoints: 0,
  ...says,
});

/** All that is needed is known, and nothing happened. */
const group = (['decision-maker', 'champion', 'user', 'buyer'] as const).map((role, index) =>
  person({ personId: index + 1, label: role, role, lastAt: now - 20 * day }),
);
const calm: NextFacts = {
  now,
  owner: 'sam@example.com',
  people: [...group, person({ personId: 9, email: 'old@example.com', lastAt: now - 25 * day })],
  signs: { lookedAt: now - 4 * day, since: { visits: 0, people: 0 }, pricing: null, form: null },
  visits: 5,
  lastAt: now - 20 * day,
  silence: null,
};
const told = (more: Partial<NextFacts>) =>
  nextSteps({ ...calm, ...more }).map(({ does, why }) => `${does}: ${why}`);

describe('what to do next', () => {
  test('is nothing where nothing asks for it', () => {
    expect(told({})).toEqual([]);
  });

  test.each<[string, Partial<NextFacts>, string]>([
    ['nobody owns it', { owner: null }, 'Give it an owner: nobody looks after it'],
    [
      'nobody owns it, and they were here',
      { owner: null, signs: { ...calm.signs, lookedAt: null, since: { visits: 3, people: 1 } } },
      'Give it an owner: nobody looks after it, and there were 3 visits in the last 7 days',
    ],
    [
      'there is something new',
      { signs: { ...calm.signs, since: { visits: 2, people: 1 } } },
      'See what is new: 2 visits by 1 person since you looked 4 days ago',
    ],
    [
      'prices were looked at',
      { signs: { ...calm.signs, pricing: { views: 3, people: 2, path: '/pricing', lastAt: now - day } } },
      'Talk to them about prices: /pricing and the like: 3 views by 2 people in the last 7 days, the latest yesterday',
    ],
    [
      'a form was sent',
      { signs: { ...calm.signs, form: { name: 'contact', at: now, person: 'kim@example.com' } } },
      'Answer the form “contact”: sent today by kim@example.com',
    ],
    [
      'they are back',
      { silence: { days: 401, endedAt: now - 2 * day } },
      'Pick the thread up again: they came back 2 days ago, after 401 days without a visit',
    ],
    [
      'they have gone',
      { lastAt: now - 41 * day },
      'Ask whether it still matters to them: 41 days without a visit',
    ],
    [
      'somebody is missing who is needed',
      { people: [...group.slice(1, 3), person({ email: 'old@example.com', lastAt: now - 25 * day })] },
      'Find out who decides: nobody is known as decision-maker or buyer',
    ],
    ['no address is known', { people: group }, 'Add whom you know there: no e-mail address is known'],
    [
      'somebody with an address was here',
      { people: [...group, person({ name: 'Kim Lund', email: 'kim@example.com' })] },
      'Write to Kim Lund: last here 2 days ago',
    ],
  ])('where %s', (_, facts, says) => {
    expect(told(facts)).toEqual([says]);
  });

  test('those who decide are written to before those who were just here, with their address', () => {
    const people = [
      ...group,
      person({ personId: 8, name: 'Just here', email: 'here@example.com', lastAt: now }),
      person({
        personId: null,
        contactId: 3,
        name: 'Pat Doe',
        email: 'pat@example.com',
        role: 'decision-maker',
        lastAt: null,
      }),
    ];
    expect(nextSteps({ ...calm, people })).toEqual([
      {
        kind: 'write',
        does: 'Write to Pat Doe',
        why: 'decision-maker, known, and not here yet',
        email: 'pat@example.com',
      },
    ]);
  });

  test('is never more than a few things, the most urgent first', () => {
    const steps = nextSteps({
      ...calm,
      owner: null,
      people: [],
      signs: {
        lookedAt: now - 4 * day,
        since: { visits: 2, people: 1 },
        pricing: { views: 1, people: 1, path: '/pricing', lastAt: now },
        form: { name: '', at: now, person: null },
      },
      silence: { days: 60, endedAt: now },
    });
    expect(steps.map(({ kind }) => kind)).toEqual(['answer', 'look', 'prices', 'back']);
    expect(steps).toHaveLength(maxSteps);
  });
});

test('a buying group has who is needed, whoever is there besides, and those who came before those who did not', () => {
  const prospect = person({ personId: null, contactId: 1, label: 'pat', role: 'champion', lastAt: null });
  const people = [prospect, person({ role: 'champion' }), person({ role: 'gatekeeper' }), person({})];
  expect(buyingGroup(people).map(({ role, by }) => [role, by.map(({ label }) => label)])).toEqual([
    ['decision-maker', []],
    ['champion', ['kim@example.com', 'pat']],
    ['user', []],
    ['gatekeeper', ['kim@example.com']],
    ['buyer', []],
  ]);
  expect(missingRoles(people)).toEqual(['decision-maker', 'user', 'buyer']);
  expect(missingRoles([])).toHaveLength(4);
});

test('the last silence is one of the whole company, not of one browser', () => {
  const spans = (...days: [number, number][]) => ({
    spans: days.map(([from, to]) => ({ from: from * day, to: to * day })),
  });
  expect(lastSilence([spans([0, 3], [400, 401])])).toEqual({ days: 397, endedAt: 400 * day });
  expect(lastSilence([spans([0, 3], [400, 401]), spans([3, 380])])).toBeNull();
  expect(lastSilence([spans([0, 3], [50, 51]), spans([120, 121])])).toEqual({ days: 69, endedAt: 120 * day });
  expect(lastSilence([])).toBeNull();
});
