/** The company data that goes with the demo's traffic: a file in MaxMind's format, with IPinfo's field names. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeMmdb } from '../reveal/mmdb-writer.ts';
import { type DemoCompany, demoCompanies } from './companies.ts';
import { type Operator, type OperatorKind, operatorAt, operators } from './operators.ts';
import { zones } from './zones.ts';

/** Name of the file in the data folder. */
export const demoDatabaseName = 'demo-companies.mmdb';

/** Fields of IPinfo's company database, and two flags of its Plus; empty strings where it knows nothing. */
type CompanyRecord = {
  name: string;
  domain: string;
  type: string;
  /** `AS64500`. */
  asn: string;
  as_name: string;
  as_domain: string;
  as_type: string;
  country: string;
  is_mobile?: true;
  is_vpn?: true;
};

/** First AS number for companies that run one of their own (RFC 6996). */
const firstOwnAsn = 64_512;

const types: { [K in OperatorKind]: string } = {
  isp: 'isp',
  mobile: 'isp',
  hosting: 'hosting',
  vpn: 'hosting',
  education: 'education',
  government: 'government',
  handle: '',
};

function operatorRecord({ kind, name, domain, zone, asn }: Operator): CompanyRecord {
  const type = types[kind];
  const isNamed = kind !== 'handle';
  return {
    name: isNamed ? name : '',
    domain,
    type,
    asn: `AS${asn}`,
    as_name: name,
    as_domain: domain,
    as_type: type,
    country: zones[zone].country,
    ...(kind === 'mobile' ? { is_mobile: true } : {}),
    ...(kind === 'vpn' ? { is_vpn: true } : {}),
  };
}

function companyRecord(company: DemoCompany, index: number): CompanyRecord {
  const { name, domain, country } = company;
  const own = { name, domain, type: 'business', country };
  if (company.uplink === 'own') {
    const asn = `AS${firstOwnAsn + index}`;
    return { ...own, asn, as_name: name, as_domain: domain, as_type: 'business' };
  }
  const line = operatorAt('isp', company.zone);
  return { ...own, asn: `AS${line.asn}`, as_name: line.name, as_domain: line.domain, as_type: 'isp' };
}

/** Writes the demo's company database into a folder; the same bytes on the same day. @returns the file's path */
export async function writeDemoDatabase(dataDir: string, now: number): Promise<string> {
  const entries = [
    ...operators.flatMap((operator) => {
      const record = operatorRecord(operator);
      return operator.networks.map((network) => ({ network, record }));
    }),
    ...demoCompanies.flatMap((company, index) => {
      const record = companyRecord(company, index);
      return company.networks.map((network) => ({ network, record }));
    }),
  ];
  const day = new Date(now).toISOString().slice(0, 10);
  const file = path.join(dataDir, demoDatabaseName);
  const bytes = writeMmdb(entries, {
    databaseType: 'Footlight demo data',
    description: 'Invented companies on documentation addresses, for the demo',
    buildEpoch: Date.parse(day) / 1000,
  });
  await writeFile(file, bytes);
  return file;
}
