import { expect, test } from 'vitest';
import type { Detail } from '../collector/draft.ts';
import type { JourneySession, VisitorLane } from '../collector/store/store.ts';
import type { EventType } from '../tracker/wire.ts';
import { nameLanes } from './parts/lanes.tsx';
import { withoutNames, withoutNotes, withoutPeople } from './without-people.ts';

const kim = 'kim.o’neil+shop@mail.harbour-tools.co.uk';

const session = (type: EventType, detail: Detail, more: Partial<JourneySession> = {}): JourneySession => ({
  ...{
    id: 1,
    visitorId: 1,
    accountId: 1,
    personId: null,
    siteId: 1,
    via: 'tag',
    startedAt: 0,
    endedAt: 0,
    country: null,
  },
  ...{ agent: { browser: 'Firefox', os: 'Linux', device: 'desktop' }, attribution: 'person', arrival: null },
  touchpoints: [{ id: 1, type, at: 0, host: 'www.lumen.example', path: '/', title: 'Home', detail }],
  ...more,
});

test.each<[string, EventType, Detail]>([
  ['who was told', 'identify', { identify: { user: kim, email: kim, traits: { name: kim } } }],
  [
    'what came with an event',
    'track',
    { track: { name: `Asked ${kim}`, props: { by: kim, deep: { mail: kim } } } },
  ],
  ['a company’s id', 'group', { group: { id: kim, traits: { name: kim } } }],
  ['a link', 'link', { link: { kind: 'mail', target: `mailto:${kim}` } }],
  [
    'a form',
    'form',
    {
      form: {
        step: 'submit',
        name: kim,
        id: kim,
        action: `/u/${encodeURIComponent(kim)}`,
        field: kim,
        domain: 'x.com',
        values: { email: kim },
      },
    },
  ],
  [
    'a call',
    'track',
    {
      track: { name: 'Call', props: { title: kim, note: kim, who: kim } },
      offline: { kind: 'call', source: 'CRM', email: kim, person: kim },
    },
  ],
])('%s says nobody’s e-mail address', (_, type, detail) => {
  const told = JSON.stringify(withoutPeople(session(type, detail)));
  expect(told).not.toMatch(/kim|@|%40|neil/i);
});

test('nor does how they came, or where they were', () => {
  const arrival = {
    ...{ channel: 'Email', source: 'news', medium: 'email', content: '', clickId: '' },
    ...{ campaign: `to ${kim}`, term: kim, referrer: `mail.example/${encodeURIComponent(kim)}` },
  };
  const where = {
    id: 1,
    type: 'page',
    at: 0,
    host: 'a.example',
    path: `/u/${kim}`,
    title: `For ${kim}`,
    detail: {},
  } as const;
  expect(JSON.stringify(withoutPeople(session('page', {}, { arrival, touchpoints: [where] })))).not.toMatch(
    /@|%40|neil/i,
  );
});

test('what is nobody’s stays as it was', () => {
  const one = session('form', {
    form: { step: 'submit', name: 'Contact us', id: 'contact', action: '/send' },
  });
  expect(withoutPeople(one)).toEqual(one);
  const call = session('track', {
    track: { name: 'Payment', props: { title: 'Invoice 7', amount: 900, currency: 'EUR' } },
    offline: { kind: 'payment', source: 'Stripe', isDay: true },
  });
  expect(withoutPeople(call)).toEqual(call);
});

test('a note is left out where people are not, and an event of the site that is called so is none', () => {
  const offline = { kind: 'call', source: 'CRM', person: 'Kim' } as const;
  const call = withoutNotes(
    session('track', { track: { name: 'Call', props: { title: 'Talk', note: 'between us' } }, offline }),
  );
  expect(JSON.stringify(call)).toContain('Kim');
  expect(JSON.stringify(call)).not.toContain('between us');
  const track = session('track', { track: { name: 'Noted', props: { note: 'from the page' } } });
  expect(withoutNotes(track)).toEqual(track);
});

test('people are numbered in the order in which they came, one number a person, and browsers stay browsers', () => {
  const people = [kim, 'lee'];
  const lane = (visitorId: number, firstAt: number, person: string | null): VisitorLane => ({
    ...{ visitorId, via: 'tag', person, firstAt, lastAt: firstAt, visits: 1 },
    personId: person === null ? null : people.indexOf(person) + 1,
    spans: [{ from: firstAt, to: firstAt }],
  });
  const lanes = withoutNames(
    nameLanes([lane(1, 10, kim), lane(2, 20, 'lee'), lane(3, 30, kim), lane(4, 40, null)]),
  );
  expect(lanes.map(({ who, label }) => [who, label])).toEqual([
    [-4, 'Visitor 1'],
    [1, 'Person 1'],
    [2, 'Person 2'],
  ]);
  expect(JSON.stringify(lanes)).not.toMatch(/kim|lee/);
});
