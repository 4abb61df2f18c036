import { describe, expect, test } from 'vitest';
import { noFacts } from './facts.ts';
import { factsOf } from './record.ts';

const origin = { databaseType: 'ipinfo standard_company', dataOf: '2026-07-14' };
const read = (record: unknown) => factsOf(record, origin);

describe('a record is read in the layout of', () => {
  test('GeoLite2-ASN, with or without the organisation', () => {
    expect(
      read({ autonomous_system_number: 1221, autonomous_system_organization: 'Telstra Pty Ltd' }).as,
    ).toEqual({
      number: 1221,
      name: 'Telstra Pty Ltd',
      size: null,
      domain: null,
      type: '',
      dataOf: '2026-07-14',
    });
    expect(read({ autonomous_system_number: 35908 }).as).toMatchObject({ number: 35908, name: '' });
  });

  test('IPinfo Lite, whose country is spelt out', () => {
    const facts = read({
      asn: 'AS38803',
      as_name: 'Gtelecom Pty Ltd',
      as_domain: 'gtelecom.com.au',
      country: 'Australia',
      country_code: 'AU',
    });
    expect(facts.as).toMatchObject({ number: 38803, name: 'Gtelecom Pty Ltd', domain: 'gtelecom.com.au' });
    expect(facts.country).toBe('AU');
    expect(facts.holder).toBeNull();
  });

  test('IPinfo ASN, whose name is the AS’s and nobody’s range', () => {
    const facts = read({
      asn: 'AS13335',
      name: 'Cloudflare, Inc.',
      domain: 'cloudflare.com',
      type: 'hosting',
      country: 'US',
    });
    expect(facts.as).toMatchObject({ name: 'Cloudflare, Inc.', domain: 'cloudflare.com', type: 'hosting' });
    expect(facts.holder).toBeNull();
  });

  test('IPinfo Company, whose name is the holder’s', () => {
    const facts = read({
      asn: '',
      as_name: '',
      as_domain: '',
      as_type: '',
      name: 'Example Foods',
      domain: 'Example-Foods.COM',
      type: 'business',
      country: 'AU',
    });
    expect(facts.as).toBeNull();
    expect(facts.holder).toMatchObject({
      name: 'Example Foods',
      domain: 'example-foods.com',
      operator: '',
      database: 'IPinfo',
    });
  });

  test('GeoIP2-Enterprise, where the domain is that of the host names', () => {
    const traits = {
      isp: 'Bredband2 AB',
      organization: 'Bevtec',
      domain: 'bredband2.com',
      connection_type: 'Corporate',
      user_type: 'business',
    };
    const facts = read({ traits, country: { iso_code: 'SE' } });
    expect(facts).toMatchObject({
      hostDomain: 'bredband2.com',
      userType: 'business',
      country: 'SE',
    });
    expect(facts.holder).toMatchObject({ name: 'Bevtec', operator: 'Bredband2 AB', domain: null });
  });

  test('GeoIP2-City, which knows the country only', () => {
    expect(read({ country: { iso_code: 'GB' }, city: { names: { en: 'London' } } })).toEqual({
      ...noFacts,
      country: 'GB',
    });
  });

  test('GeoIP2-Domain', () => {
    expect(read({ domain: 'shoesfin.NET' }).hostDomain).toBe('shoesfin.net');
    expect(read({ domain: 'in-addr.arpa' }).hostDomain).toBeNull();
  });
});

test.each([
  null,
  undefined,
  7,
  'x',
  [],
  {},
  { autonomous_system_number: 'x' },
  { asn: -1 },
  { traits: null },
  { country: 'Atlantis' },
])('a record without facts gives none: %o', (record) => {
  expect(read(record)).toEqual(noFacts);
});

test('fields of unexpected types are passed over', () => {
  const record = {
    autonomous_system_number: 64500n,
    autonomous_system_organization: 7,
    isp: {},
    organization: [],
    vpn: 'yes',
    country_code: 3,
  };
  expect(read(record)).toEqual({
    ...noFacts,
    as: { number: 64500, name: '', domain: null, type: '', size: null, dataOf: '2026-07-14' },
  });
});
