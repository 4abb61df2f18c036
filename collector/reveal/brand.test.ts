import { describe, expect, test } from 'vitest';
import { brandOf } from './brand.ts';

describe('a well-known name is recognised', () => {
  test.each([
    ['SIEMENS-PLM', '', 'Siemens'],
    ['PFIZERNET', '', 'Pfizer'],
    ['LEVEL3', '', 'Lumen (Level 3)'],
    ['JOHNSON-AND-JOHNSON', '', 'Johnson & Johnson'],
    ['', 'Procter & Gamble GmbH', 'Procter & Gamble'],
    ['TWDC-AS-AP', 'The Walt Disney Company HK Ltd', 'Walt Disney'],
    ['DAIMLER-AS', 'ITTTN Global Network', 'Mercedes-Benz'],
    ['HWCLOUDS-AS-AP', 'HUAWEI CLOUDS', 'Huawei Cloud'],
    ['BBC', 'BBC Internet Services, UK', 'BBC'],
    ['SIEMENSDE', 'peering with providers in', 'Siemens'],
    ['SAAB-AS-AU', 'Saab Australia Pty Ltd', 'Saab'],
    ['HMAL-AS', 'Hyundai Motor Northwind', 'Hyundai'],
    ['CAT-AS-AP', 'CAT Telecom Public Company Limited', 'TOT'],
    ['HHIAS-AS-KR', 'Hyundai Heavy Industries', 'Hyundai Heavy Industries'],
  ])('%s %s', (handle, text, name) => {
    expect(brandOf(handle, text)?.name).toBe(name);
  });
});

describe('a name that only begins alike is another’s', () => {
  test.each([
    ['ORANGE-COUNTY', ''],
    ['METRONET-AS', ''],
    ['DBS-AS-AP', 'Data-Beam Business Solution'],
    ['NCBL-AS-AP', 'Nanyang Commercial Bank'],
    ['', 'RBS Zero Hora Editora Jornalistica'],
    ['', 'Magna Pars Internet Technologies'],
    ['SAPPHIRE-AS', ''],
    ['3M', 'Fibra'],
    ['', 'Hilton C. Bender Eireli'],
    ['CVS', 'Telecomunicacoes LTDA'],
    ['DSM', 'MyHostingSpace'],
    ['GE-NORTHCOM', 'Mobile Operator'],
    ['METRO-AS-AP', 'Metro Lightspeed'],
    ['UFCL-AS-AP', 'UCB FinTech Company Ltd'],
    ['SWIFT-HIGHSPEED', ''],
    ['BMO-CITY-COUNCIL', ''],
  ])('%s %s', (handle, text) => {
    expect(brandOf(handle, text)).toBeNull();
  });
});
