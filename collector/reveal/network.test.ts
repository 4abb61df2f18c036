import { describe, expect, test } from 'vitest';
import { readNetwork } from './network.ts';

const read = (name: string, more: { domain?: string; type?: string; number?: number; size?: number } = {}) =>
  readNetwork({ number: 64500, domain: null, type: '', size: null, dataOf: '2026-07-14', name, ...more });

/** At which tier the name alone would name somebody. */
function claimOf(name: string): { name: string; domain: string | null; confidence: number } | null {
  const { claim } = read(name);
  return claim && { ...claim.company, confidence: claim.evidence.confidence };
}

describe('an AS name with positive evidence names an account', () => {
  test.each([
    ['a well-known company', 'BMW Bayerische Motoren Werke Aktiengesellschaft', 'BMW'],
    ['a well-known company by its handle', 'SIEMENS-PLM', 'Siemens'],
    ['a well-known company run together', 'PFIZERNET', 'Pfizer'],
    ['a well-known company behind its handle', 'DAIMLER-AS ITTTN Global Network', 'Mercedes-Benz'],
    ['a name of two words taken apart', 'ABN AMRO Bank', 'ABN AMRO'],
    ['a legal form', 'NRTW-AS Northwind AG', 'Northwind'],
    ['a trade', 'NORTHWIND-AS Northwind Steel s.r.o.', 'Northwind Steel'],
    ['a trade in a handle', 'CROUSE-HOSPITAL-AS', 'Crouse Hospital'],
    ['a trade run together', 'KOOPBANK', 'Koopbank'],
    ['a university', 'UNITOWN The University of Northwind', 'University of Northwind'],
    ['a university in a handle', 'NORTHWIND-UNIV', 'Northwind University'],
    ['a ministry', 'KEMENDAG-AS-ID Kementerian Perdagangan', 'Kementerian Perdagangan'],
    ['a town', 'CITY-OF-NORTHWIND', 'City of Northwind'],
    ['a name with a hyphen', 'E-Northwind Bank S.A.', 'E-Northwind Bank'],
    ['a trade in a handle with an address behind', 'NORTHENERGY-AU Level 21', 'Northenergy'],
    ['a legal form cut off its name', 'NORTHBANK Inc., Federal', 'Northbank'],
    ['upstream’s newer spelling', 'AS64500 - Northwind Foods, Inc.', 'Northwind Foods'],
  ])('%s: %s', (_, asName, expected) => {
    const claim = claimOf(asName);
    expect(claim?.name).toBe(expected);
    expect(claim?.confidence).toBeGreaterThanOrEqual(0.7);
  });
});

describe('an AS name without it is possible at most', () => {
  test.each([
    'THOREK-30553',
    'TGNA-WGRZ',
    'Northwind',
    'NORTHWIND Northwind Ltda',
    'NW-TECH Northwind Software Inc',
    'DBS-AS-AP Data-Beam Business Solution',
  ])('%s', (asName) => {
    const claim = claimOf(asName);
    expect(claim?.confidence).toBeGreaterThanOrEqual(0.4);
    expect(claim?.confidence).toBeLessThan(0.7);
  });
});

describe('a network of others’ visitors is nobody’s account', () => {
  test.each([
    ['isp', 'COMCAST-7922'],
    ['isp', 'LEVEL3'],
    ['isp', 'TNG-AS TNG Stadtnetz GmbH'],
    ['isp', 'ILHA CONNECT TELECOMUNICOES LTDA'],
    ['isp', 'Northwind Broadband plc'],
    ['isp', 'DelNet Telecom'],
    ['mobile', 'Northwind Mobile AG'],
    ['hosting', 'VNGDC-VN VNG DATA CENTER CO., LTD'],
    ['hosting', 'CLOUDFLARENET - Cloudflare, Inc.'],
    ['hosting', 'HETZNER-AS'],
    ['proxy', 'ZSCALER-SJC1'],
    ['vpn', 'MULLVAD-AS'],
    ['education', 'DFN Verein zur Foerderung eines Deutschen Forschungsnetzes e.V.'],
    ['education', 'JANET Jisc Services Limited'],
  ])('%s: %s', (kind, asName) => {
    expect(read(asName)).toMatchObject({ kind, claim: null });
    expect(read(asName).against?.says).not.toBe('');
  });

  test('and a vendor that calls it a provider is believed', () => {
    expect(read('Northwind Foods AG', { type: 'isp' })).toMatchObject({ kind: 'isp', claim: null });
    expect(read('Northwind Foods AG', { type: 'business' }).claim).not.toBeNull();
  });
});

describe('a person is never named', () => {
  test.each([
    'JOAO PAULO DA SILVA',
    'MARIA-AS Maria Fernanda Souza',
    'ANDERSON PEREIRA DOS SANTOS - ME',
    'JMS-AS Jan Müller',
    'PETRENKO-AS FOP Petrenko Olena Mykolaivna',
    'Ivanov Ivan Ivanovich',
    'HANSEN Lars Hansen trading as Hansen',
    'Le Favi Daniel Osvaldo',
    'LUIZ CARLOS DE OLIVEIRA EIRELI',
    'PEDRO ADRIANO SOUTO MAIOR VELOSO - ME',
    'P R M TEIXEIRA JUNIOR - ME',
    'NORTHNET-AS-AP Sanzar F Northkar TA Northwind Holding Group',
    'NORTHNET-AS-AP NORTHKELD, WILLI T/A WILLI NORTHKELD CONSULTING',
    'Willibald Northammer trading as Northwind Electronics',
    'E. M. Fernandes',
    'NORTHWINDA ALVES SOUZA ME',
    'ARAUJO & SILVA - ME',
  ])('%s', (asName) => {
    const { claim, operator, against } = read(asName);
    expect(claim).toBeNull();
    expect(operator).toBeNull();
    expect(against?.says).toBe('AS 64500 is registered to a person');
  });

  test('a person’s provider is still told as a provider', () => {
    expect(read('NORTHNET-AS-AP Willi Northkeld TA North Broadband')).toMatchObject({
      kind: 'isp',
      claim: null,
      operator: null,
    });
  });

  test('a firm with a founder’s name is a firm', () => {
    expect(claimOf('Robert Northwind AG')?.name).toBe('Robert Northwind');
    expect(claimOf('JOHN-SMITH-FURNITURE-INC')?.name).toBe('John Smith Furniture');
    expect(claimOf('Northwind Foods Ltd trading as Harbour Bank')?.name).toContain('Northwind Foods');
    expect(claimOf('MT-AS University ta Northwind')?.confidence).toBe(0.8);
  });
});

test('family names in a firm’s name are a firm’s', () => {
  expect(claimOf('Quintal & Moura Northwind')?.name).toBe('Quintal & Moura Northwind');
  expect(claimOf('Moura Northwind Steel')?.name).toBe('Moura Northwind Steel');
});

test('a ministry of health is a public body, a hospital is none', () => {
  expect(read('MOH-AS Ministry of Health of Northwind').claim?.kind).toBe('government');
  expect(read('NH-AS Northwind Hospital').claim?.kind).toBe('business');
});

describe('what is no name is not shown as one', () => {
  test.each([
    ['an address', 'NORTH-AS Im Oberen Werk 1', 'North'],
    ['an address', 'NORTH-AS 1 northfields av', 'North'],
    ['a city', 'NORTH-AS London', 'North'],
    ['what it is for', 'NTK IPv6 customers', 'NTK'],
    ['a remark', 'NORTH-AS Upstream: somebody', 'North'],
    ['a site', 'NORTH-AS www.north.example', 'North'],
  ])('%s: %s', (_, asName, name) => {
    expect(claimOf(asName)?.name).toBe(name);
  });

  test('and what follows a legal form or a name is cut', () => {
    expect(claimOf('NORTHWIND-FOODS-INC-SHR')?.name).toBe('Northwind Foods');
    expect(claimOf('NW-AS Northwind Foods Sdn Bhd NWFOOD')?.name).toBe('Northwind Foods');
    expect(claimOf('NW-AS PT. NORTHWIND FOODS INDONESIA NFI')?.name).toBe('Northwind Foods Indonesia');
    expect(claimOf('NORTHWIND-PUBLIC-SCHOOLS')?.name).toBe('Northwind Public Schools');
    expect(claimOf('NORTHWINDCOLLEGE')?.name).toBe('Northwind College');
  });
});

test('our table of AS numbers is believed where the name agrees, and the one of carriers always', () => {
  expect(read('APPLE-ENGINEERING', { number: 714 })).toMatchObject({ isCompanyNetwork: true });
  expect(read('Northwind Steel AG', { number: 714 })).toMatchObject({ operator: 'Northwind Steel' });
  expect(read('Northwind Steel AG', { number: 3320 })).toMatchObject({ kind: 'isp', claim: null });
});

test.each(['-Reserved AS-', 'AS64500', '', 'Not routed'])('nobody has “%s”', (asName) => {
  expect(read(asName)).toMatchObject({ claim: null, operator: null });
});

test('the evidence says which network, why, and of what day', () => {
  expect(read('Northwind Steel AG', { domain: 'northwind.example' }).claim).toEqual({
    company: { name: 'Northwind Steel', domain: 'northwind.example' },
    kind: 'business',
    evidence: {
      source: 'as-name',
      says: 'AS 64500 “Northwind Steel AG” names a legal entity and its trade (“steel”)',
      confidence: 0.8,
      dataOf: '2026-07-14',
    },
  });
});
