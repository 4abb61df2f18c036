/** Networks that are no prospect's: access providers, hosts, a VPN, and a few that are known by a bare handle only. */
import { type Zone, zones } from './zones.ts';

export type OperatorKind = 'isp' | 'mobile' | 'hosting' | 'vpn' | 'education' | 'government' | 'handle';

export interface Operator {
  kind: OperatorKind;
  /** As the company data has it; for a handle, the AS name alone. */
  name: string;
  /** Empty where the company data has none. */
  domain: string;
  /** Where its customers are. */
  zone: Zone;
  /** Documentation and private-use AS numbers (RFC 5398, RFC 6996). */
  asn: number;
  networks: readonly string[];
  /** How its share of the visits compares with the others'. */
  weight: number;
}

const regional: readonly Operator[] = [
  {
    kind: 'isp',
    name: 'Havenlink Broadband',
    domain: 'havenlink.example',
    zone: 'Europe/London',
    asn: 64496,
    networks: ['192.0.2.0/26', '2001:db8:1000::/36'],
    weight: 30,
  },
  {
    kind: 'isp',
    name: 'Sonnenkabel Breitband',
    domain: 'sonnenkabel.example',
    zone: 'Europe/Berlin',
    asn: 64497,
    networks: ['192.0.2.64/27', '2001:db8:2000::/36'],
    weight: 24,
  },
  {
    kind: 'isp',
    name: 'Cedarline Cable Internet',
    domain: 'cedarline.example',
    zone: 'America/Chicago',
    asn: 64498,
    networks: ['192.0.2.96/27', '2001:db8:3000::/36'],
    weight: 34,
  },
  {
    kind: 'isp',
    name: 'Fibre Océane Télécom',
    domain: 'fibre-oceane.example',
    zone: 'Europe/Paris',
    asn: 64499,
    networks: ['192.0.2.128/27', '2001:db8:4000::/36'],
    weight: 18,
  },
  {
    kind: 'mobile',
    name: 'Peregrine Mobile',
    domain: 'peregrine-mobile.example',
    zone: 'Europe/London',
    asn: 64500,
    networks: ['192.0.2.160/28', '2001:db8:5000::/36'],
    weight: 20,
  },
  {
    kind: 'hosting',
    name: 'Granary Cloud Hosting',
    domain: 'granary-hosting.example',
    zone: 'Europe/Amsterdam',
    asn: 64501,
    networks: ['192.0.2.176/28', '2001:db8:6000::/40'],
    weight: 5,
  },
  {
    kind: 'vpn',
    name: 'Cloakwood VPN',
    domain: 'cloakwood-vpn.example',
    zone: 'Europe/Zurich',
    asn: 64502,
    networks: ['192.0.2.192/28', '2001:db8:7000::/40'],
    weight: 6,
  },
  {
    kind: 'education',
    name: 'Universität Rabenfels',
    domain: 'uni-rabenfels.example',
    zone: 'Europe/Berlin',
    asn: 64503,
    networks: ['192.0.2.208/28'],
    weight: 1.2,
  },
  {
    kind: 'government',
    name: 'Harrowmere Borough Council',
    domain: 'harrowmere-council.example',
    zone: 'Europe/London',
    asn: 64504,
    networks: ['192.0.2.224/29'],
    weight: 0.7,
  },
  handle('KVST-AS', 'Europe/Helsinki', 65540, '192.0.2.232/30'),
  handle('TRMLN', 'Europe/Warsaw', 65541, '192.0.2.236/30'),
  handle('ORBX-ASN', 'America/New_York', 65542, '192.0.2.240/30'),
  handle('DLGH-AS', 'Europe/Dublin', 65543, '192.0.2.244/30'),
  handle('ZNTK-AS-AP', 'Asia/Seoul', 65544, '192.0.2.248/30'),
];

function handle(name: string, zone: Zone, asn: number, network: string): Operator {
  return { kind: 'handle', name, domain: '', zone, asn, networks: [network], weight: 0.6 };
}

const countryOf = (zone: Zone): string => zones[zone].country;

/** A provider with customers in every country that no regional one of its kind serves: one `/48` a time zone. */
function worldwide(about: Omit<Operator, 'zone' | 'networks'>, group: string): Operator[] {
  const served = new Set(
    regional.filter(({ kind }) => kind === about.kind).map(({ zone }) => countryOf(zone)),
  );
  return (Object.keys(zones) as Zone[])
    .filter((zone) => !served.has(countryOf(zone)))
    .map((zone, index) => ({
      ...about,
      zone,
      networks: [`2001:db8:${group}${index.toString(16).padStart(2, '0')}::/48`],
    }));
}

/** All operators; one that serves several countries stands here once for each. */
export const operators: readonly Operator[] = [
  ...regional,
  ...worldwide(
    {
      kind: 'isp',
      name: 'Longitude Carrier Services',
      domain: 'longitude-carrier.example',
      asn: 65536,
      weight: 0.9,
    },
    '80',
  ),
  ...worldwide(
    { kind: 'mobile', name: 'Wanderfalk Mobile', domain: 'wanderfalk.example', asn: 65537, weight: 0.2 },
    '90',
  ),
];

/** The operator of that kind where somebody is. @throws Error if nobody serves that country */
export function operatorAt(kind: 'isp' | 'mobile', zone: Zone): Operator {
  const found = operators.find((one) => one.kind === kind && countryOf(one.zone) === countryOf(zone));
  if (found === undefined) throw new Error(`no demo operator of kind ${kind} serves ${zone}; add one`);
  return found;
}
