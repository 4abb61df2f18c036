import { describe, expect, test } from 'vitest';
import { organisationKey, withoutLegalForm, wordsOf } from './name.ts';

describe('an organisation has one key', () => {
  test('its domain, whatever its name and country', () => {
    expect(organisationKey({ name: 'Example Works', domain: 'Example.COM' }, 'DE')).toBe('example.com');
    expect(organisationKey({ name: 'EXAMPLE WORKS AG', domain: 'example.com' }, null)).toBe('example.com');
  });

  test.each([
    ['Müller & Söhne GmbH & Co. KG', 'MULLER SOHNE'],
    ['Example Works S.p.A.', 'example works'],
    ['Example Works Sp. z o.o.', 'Example Works'],
    ['PT Example Works Tbk', 'Example Works'],
    ['Example Works, Inc.', 'EXAMPLE WORKS LLC'],
  ])('without a domain, %s and %s are one', (one, other) => {
    const key = (name: string) => organisationKey({ name, domain: null }, 'DE');
    expect(key(one)).toBe(key(other));
  });

  test('the same name in two countries is two organisations', () => {
    const company = { name: 'Example Works', domain: null };
    expect(organisationKey(company, 'DE')).not.toBe(organisationKey(company, 'FR'));
    expect(organisationKey(company, null)).not.toBe(organisationKey(company, 'FR'));
  });

  test('different names stay different, even where only a legal form is left', () => {
    const key = (name: string) => organisationKey({ name, domain: null }, 'IT');
    expect(new Set(['SPA', 'AG', 'Limited', '株式会社例', '!!!', 'Example'].map(key)).size).toBe(6);
  });
});

test.each([
  ['Example Works GmbH', 'example works'],
  ['OOO Primer', 'primer'],
  ['Booking.com B.V.', 'booking com'],
  ['Sarla Holdings Pvt.Ltd', 'sarla holdings'],
  ['EXAMPLE-WORKS', 'example works'],
  ['Inc', 'inc'],
  ['Smith and Sons Ltd', 'smith sons'],
])('%s is %s without its legal form', (name, bare) => {
  expect(withoutLegalForm(wordsOf(name)).join(' ')).toBe(bare);
});
