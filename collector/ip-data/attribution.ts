/** What licences want to be said on the pages while a database is in use. */
import type { DatabaseStatus } from '../reveal/resolver.ts';

export interface Attribution {
  text: string;
  href: string;
}

/** By the type that a file says of itself, so that it holds for files that the owner put there too. */
const attributions: readonly (Attribution & { type: RegExp })[] = [
  { type: /^DB-?IP/i, text: 'IP Geolocation by DB-IP', href: 'https://db-ip.com' },
  { type: /^ipinfo/i, text: 'IP address data powered by IPinfo', href: 'https://ipinfo.io' },
  { type: /^GeoLite2/i, text: 'Includes GeoLite data created by MaxMind', href: 'https://www.maxmind.com' },
];

/** Each attribution that the databases in use ask for, once. */
export function attributionsOf(databases: readonly DatabaseStatus[]): Attribution[] {
  return attributions
    .filter(({ type }) =>
      databases.some(({ state, databaseType }) => state === 'ready' && type.test(databaseType ?? '')),
    )
    .map(({ text, href }) => ({ text, href }));
}
