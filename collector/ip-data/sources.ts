/** THE LIST of where company data can be fetched. A new source is one entry here. Types and addresses only: no I/O. */
import { isoDay } from '../time.ts';

export const sourceNames = ['iptoasn', 'dbip', 'ipinfo', 'maxmind', 'vpn', 'hosting'] as const;
export type SourceName = (typeof sourceNames)[number];

/** What owners of an account with a source have given us. Never logged, never shown. */
export interface Credentials {
  ipinfoToken: string | null;
  maxmindAccount: string | null;
  maxmindKey: string | null;
}

/** One file to ask for. */
export interface Part {
  url: string;
  headers?: Readonly<Record<string, string>>;
}

export interface Source {
  title: string;
  /** One line for whoever chooses. */
  says: string;
  kind: 'database' | 'vpn' | 'hosting';
  /** Name of the file it becomes in the folder of fetched data. */
  file: string;
  licence: string;
  home: string;
  /** Where it is asked for, unless a test says otherwise; without a slash at the end. */
  base: string;
  /** Bytes of one part, as sent and unpacked: a good deal more than it ever had. */
  maxBytes: number;
  /** Names of settings without which it cannot be asked; empty: no account is needed. */
  missing(credentials: Credentials): string[];
  /** What to ask for: every part, of each the first alternative that is there. */
  parts(base: string, credentials: Credentials, now: number): readonly (readonly Part[])[];
}

const mb = 1024 * 1024;
const noAccount = () => [];

export const sources: { readonly [Name in SourceName]: Source } = {
  iptoasn: {
    title: 'IPtoASN',
    says: 'who announces each address; public domain, no account',
    kind: 'database',
    file: 'iptoasn.mmdb',
    licence: 'public domain (PDDL 1.0)',
    home: 'https://iptoasn.com',
    base: 'https://iptoasn.com',
    maxBytes: 256 * mb,
    missing: noAccount,
    parts: (base) => [[{ url: `${base}/data/ip2asn-combined.tsv.gz` }]],
  },
  dbip: {
    title: 'DB-IP ASN Lite',
    says: 'who announces each address; no account, shows a link to DB-IP on every page',
    kind: 'database',
    file: 'dbip-asn-lite.mmdb',
    licence: 'CC BY 4.0',
    home: 'https://db-ip.com/db/download/ip-to-asn-lite',
    base: 'https://download.db-ip.com',
    maxBytes: 256 * mb,
    missing: noAccount,
    // A month's file comes some time on its first day.
    parts: (base, _, now) => [
      [isoDay(now), isoDay(Date.parse(`${isoDay(now).slice(0, 7)}-01`) - 1)].map((day) => ({
        url: `${base}/free/dbip-asn-lite-${day.slice(0, 7)}.mmdb.gz`,
      })),
    ],
  },
  ipinfo: {
    title: 'IPinfo Lite',
    says: 'who announces each address, with the organisation’s domain; by your token',
    kind: 'database',
    file: 'ipinfo-lite.mmdb',
    licence: 'CC BY-SA 4.0',
    home: 'https://ipinfo.io/lite',
    base: 'https://ipinfo.io',
    maxBytes: 1_024 * mb,
    missing: ({ ipinfoToken }) => (ipinfoToken === null ? ['FOOTLIGHT_IPINFO_TOKEN'] : []),
    parts: (base, { ipinfoToken }) => [
      [{ url: `${base}/data/ipinfo_lite.mmdb?token=${encodeURIComponent(ipinfoToken ?? '')}` }],
    ],
  },
  maxmind: {
    title: 'MaxMind GeoLite2 ASN',
    says: 'who announces each address; by your account id and licence key',
    kind: 'database',
    file: 'geolite2-asn.mmdb',
    licence: 'GeoLite2 End User License Agreement',
    home: 'https://www.maxmind.com',
    base: 'https://download.maxmind.com',
    maxBytes: 256 * mb,
    missing: ({ maxmindAccount, maxmindKey }) => [
      ...(maxmindAccount === null ? ['FOOTLIGHT_MAXMIND_ACCOUNT'] : []),
      ...(maxmindKey === null ? ['FOOTLIGHT_MAXMIND_KEY'] : []),
    ],
    parts: (base, { maxmindAccount, maxmindKey }) => [
      [
        {
          url: `${base}/geoip/databases/GeoLite2-ASN/download?suffix=tar.gz`,
          headers: {
            authorization: `Basic ${Buffer.from(`${maxmindAccount}:${maxmindKey}`).toString('base64')}`,
          },
        },
      ],
    ],
  },
  vpn: {
    title: 'X4BNet VPN list',
    says: 'exits of VPN services, by range and by AS number; no account',
    kind: 'vpn',
    file: 'vpn.txt',
    licence: 'MIT',
    home: 'https://github.com/X4BNet/lists_vpn',
    base: 'https://raw.githubusercontent.com',
    maxBytes: 16 * mb,
    missing: noAccount,
    parts: (base) =>
      ['output/vpn/ipv4.txt', 'output/vpn/ipv6.txt', 'input/vpn/ASN.txt'].map((file) => [
        { url: `${base}/X4BNet/lists_vpn/main/${file}` },
      ]),
  },
  hosting: {
    title: 'bad-asn-list',
    says: 'AS numbers of hosts, from where no visitor comes himself; no account',
    kind: 'hosting',
    file: 'hosting.txt',
    licence: 'MIT',
    home: 'https://github.com/brianhama/bad-asn-list',
    base: 'https://raw.githubusercontent.com',
    maxBytes: 16 * mb,
    missing: noAccount,
    parts: (base) => [[{ url: `${base}/brianhama/bad-asn-list/master/bad-asn-list.csv` }]],
  },
};

/** Fetched databases in the order in which they are trusted. */
export const databasesByTrust = ['ipinfo', 'maxmind', 'dbip', 'iptoasn'] as const satisfies SourceName[];

/** True for a word that names a source. */
export function isSourceName(word: string): word is SourceName {
  return sourceNames.some((name) => name === word);
}
