/** Somebody of whom everything is known that can be: browsers, ids, traits, a file, a call, two employers, a form that was given up. */
import type { Store } from '../../collector/store/store.ts';
import { contact, type DraftWish, day, draft, minute, touchpoint } from './drafts.ts';

export const kim = 'kim.lindqvist-andersson@harbour-tools.com';

/** @returns the number of their account @param now the latest that they did is two days before it */
export async function storeKnownPerson(store: Store, now: number): Promise<number> {
  const at = (days: number) => now - days * day;
  const told = (
    user: string | null,
    email: string | null,
    more = {},
  ): Pick<DraftWish, 'type' | 'detail'> => ({
    type: 'identify',
    detail: { identify: { user, email, traits: {}, ...more } },
  });
  const wishes: DraftWish[] = [
    {
      at: at(70),
      visitor: 'phone',
      path: '/blog/downtime',
      title: 'Seven questions',
      arrival: { channel: 'Organic Social', source: 'linkedin.com', medium: 'social' },
    },
    { at: at(70) + 2 * minute, visitor: 'phone', path: '/pricing', title: 'Pricing' },
    {
      at: at(44),
      visitor: 'desk',
      path: '/',
      title: 'Millrace',
      arrival: { campaign: 'autumn-update', channel: 'Email', source: 'newsletter', medium: 'email' },
    },
    { at: at(44) + minute, visitor: 'desk', ...told('anon-7', null), path: '/start' },
    { at: at(30), visitor: 'desk', path: '/login', ...told('user-42', null, { was: 'anon-7' }) },
    {
      at: at(29),
      visitor: 'desk',
      path: '/profile',
      ...told('user-42', kim, { traits: { plan: 'pro', seats: 12, trial: false, teams: ['ops', 'line 2'] } }),
    },
    {
      at: at(20),
      visitor: 'phone',
      path: '/contact',
      type: 'form',
      detail: {
        form: {
          step: 'submit',
          name: 'Talk to an engineer',
          id: 'contact',
          action: '/contact',
          values: { email: kim },
        },
      },
    },
    { at: at(12), visitor: 'desk', path: '/demo', title: 'Ask for a demo' },
    {
      at: at(12) + 9 * minute,
      visitor: 'desk',
      path: '/demo',
      type: 'form',
      detail: {
        form: { step: 'abandon', name: 'Ask for a demo', id: 'demo', action: '/demo', field: 'phone' },
      },
    },
    { at: at(2), visitor: 'desk', path: '/integrations', title: 'Integrations' },
  ];
  await store.append(wishes.map((wish, index) => draft(wish, index)));
  const file = { siteId: 1, mapping: {}, by: 'owner@millrace.example' };
  const calls = await store.beginImport(
    { ...file, kind: 'touchpoints', fileName: 'calls.csv' },
    file.by,
    at(3),
  );
  const call = touchpoint({ importId: calls, at: at(16), email: kim });
  call.draft.detail.track = {
    name: 'Call',
    props: { title: 'Renewal talk', note: 'wants a second line in spring' },
  };
  await store.append([call]);
  const people = await store.beginImport(
    { ...file, kind: 'contacts', fileName: 'people.csv' },
    file.by,
    at(3),
  );
  const says = {
    email: kim,
    name: 'Kim Lindqvist Andersson',
    title: 'Head of production',
    department: 'Operations',
    phone: '+46 8 123 45',
    role: 'decision-maker',
  } as const;
  await store.importContacts(
    [contact({ ...says, attributes: { Region: 'North', 'Customer since': '2019' } })],
    at(3),
    people,
  );
  return (await store.accountBy({ email: kim })) ?? 0;
}
