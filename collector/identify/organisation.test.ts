import { describe, expect, test } from 'vitest';
import { companyOfGroup, profileOfGroup } from './organisation.ts';

describe('a group call names', () => {
  test.each<[string, string, Record<string, unknown>, { name: string; domain: string | null } | null]>([
    [
      'its id, where that is a domain',
      'harbour-tools.com',
      {},
      { name: 'Harbour Tools', domain: 'harbour-tools.com' },
    ],
    [
      'its domain',
      'g-1',
      { domain: 'Harbour-Tools.com' },
      { name: 'Harbour Tools', domain: 'harbour-tools.com' },
    ],
    [
      'its website',
      'g-1',
      { website: 'https://www.harbour-tools.com/de?x=1', name: 'Harbour AG' },
      { name: 'Harbour AG', domain: 'harbour-tools.com' },
    ],
    [
      'its website without a scheme',
      'g-1',
      { website: 'www.harbour-tools.com' },
      { name: 'Harbour Tools', domain: 'harbour-tools.com' },
    ],
    [
      'the domain before the website',
      'g-1',
      { website: 'shop.example-mall.com', domain: 'harbour-tools.com' },
      { name: 'Harbour Tools', domain: 'harbour-tools.com' },
    ],
    [
      'its e-mail’s domain',
      'g-1',
      { email: 'office@harbour-tools.com' },
      { name: 'Harbour Tools', domain: 'harbour-tools.com' },
    ],
    ['its name', 'g-1', { name: ' Harbour Tools AG ' }, { name: 'Harbour Tools AG', domain: null }],
    ['nobody, by an id of the site’s own', '0e8c78ea9d97', {}, null],
    ['nobody, by a free-mail domain', 'gmail.com', { email: 'kim@outlook.com' }, null],
    ['nobody, by an address of a machine', '192.0.2.1', { website: 'http://localhost:3000' }, null],
    ['nobody, by traits of wrong types', 'g-1', { name: { a: 1 }, domain: ['x'], website: null }, null],
    ['nobody, by what every object has', 'constructor', {}, null],
  ])('%s', (_, id, traits, company) => {
    expect(companyOfGroup({ id, traits })).toEqual(company);
  });
});

describe('its profile', () => {
  test('has the reserved traits in their places and the others as attributes', () => {
    const traits = {
      name: 'Harbour Tools',
      industry: 'Tools',
      employees: 300,
      address: { country: 'de', city: 'Kiel' },
      plan: 'pro',
      isTrial: false,
      nested: { not: 'kept' },
      empty: '',
      domain: 'harbour-tools.com',
    };
    expect(profileOfGroup({ id: 'g-1', traits })).toEqual({
      name: 'Harbour Tools',
      industry: 'Tools',
      size: '300',
      country: 'DE',
      owner: null,
      attributes: { plan: 'pro', isTrial: 'false' },
    });
  });

  test('is none where nothing is said beyond who it is', () => {
    expect(profileOfGroup({ id: 'g-1', traits: { domain: 'harbour-tools.com', id: 5 } })).toBeNull();
  });

  test('keeps no more than anybody reads', () => {
    const traits = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`t${index}`, 'x'.repeat(900)]),
    );
    const attributes = profileOfGroup({ id: 'g-1', traits })?.attributes ?? {};
    expect(Object.keys(attributes)).toHaveLength(50);
    expect(attributes.t0).toHaveLength(300);
  });
});
