/** Reads one database record, in any vendor's layout, into facts. */
import { type Disguise, type Facts, type HolderFacts, noFacts } from './facts.ts';

/** What is known of the file that a record came from. */
export interface RecordOrigin {
  databaseType: string;
  /** Day of the build, ISO date. */
  dataOf: string | null;
}

/** A decoded record; fields are looked at, never trusted. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Knows the flat layouts (GeoLite2-ASN and what imitates it, GeoIP2-ISP, -Domain, -Connection-Type, -Anonymous-IP,
 * IPinfo's, DB-IP's) and the nested ones (GeoIP2-Enterprise and -City, where most lies under `traits`).
 * @param record what a reader gave; anything that is no map has no facts
 */
export function factsOf(record: unknown, origin: RecordOrigin): Facts {
  const top = fieldsOf(record);
  if (top === null) return noFacts;
  const fields = fieldsOf(top.traits) ?? top;
  const isMobile =
    isTrue(fields.is_mobile) ||
    fields.connection_type === 'Cellular' ||
    fields.user_type === 'cellular' ||
    textOf(fields.mobile_country_code) !== '';
  return {
    as: asFacts(fields, origin),
    holder: holderFacts(fields, origin),
    hostDomain: hostDomain(fields),
    disguise: disguiseOf(fields),
    isMobile,
    userType: textOf(fields.user_type),
    country: countryOf(top),
  };
}

function asFacts(fields: Fields, { dataOf }: RecordOrigin): Facts['as'] {
  const number = asNumber(fields.autonomous_system_number ?? fields.asn ?? fields.as_number);
  if (number === null) return null;
  // IPinfo's AS database says `name`, `domain` and `type` of the AS itself and has no `as_…` fields.
  const isOfAs = !('as_name' in fields) && !('as_domain' in fields);
  return {
    number,
    name: textOf(
      fields.autonomous_system_organization ??
        fields.as_name ??
        fields.as_organization ??
        (isOfAs && fields.name),
    ),
    domain: domainOf(fields.as_domain ?? (isOfAs && fields.domain)),
    type: textOf(fields.as_type ?? (isOfAs && fields.type)).toLowerCase(),
    // No vendor's field: files of our own making have it.
    size: countOf(fields.autonomous_system_size),
    dataOf,
  };
}

function holderFacts(fields: Fields, { databaseType, dataOf }: RecordOrigin): HolderFacts | null {
  const origin = { database: vendorOf(databaseType), dataOf };
  const organization = textOf(fields.organization);
  if (organization !== '') {
    return {
      ...origin,
      name: organization,
      domain: null,
      type: '',
      operator: textOf(fields.isp) || textOf(fields.autonomous_system_organization),
      operatorDomain: null,
    };
  }
  const name = textOf(fields.name);
  if (name === '' || !('as_name' in fields || 'as_domain' in fields)) return null;
  return {
    ...origin,
    name,
    domain: domainOf(fields.domain),
    type: textOf(fields.type).toLowerCase(),
    operator: textOf(fields.as_name),
    operatorDomain: domainOf(fields.as_domain),
  };
}

/** `domain` beside a name is the holder's; alone, or in MaxMind's Enterprise, it is that of the host names. */
function hostDomain(fields: Fields): string | null {
  if (textOf(fields.name) !== '') return null;
  const domain = domainOf(fields.domain);
  return domain === 'in-addr.arpa' || domain === 'ip6.arpa' ? null : domain;
}

function disguiseOf(fields: Fields): Disguise | null {
  if (isTrue(fields.is_anonymous_vpn) || isTrue(fields.is_vpn) || isTrue(fields.vpn)) return 'vpn';
  if (isTrue(fields.is_tor_exit_node) || isTrue(fields.is_tor) || isTrue(fields.tor)) return 'tor';
  const proxies = [fields.is_public_proxy, fields.is_residential_proxy, fields.is_proxy, fields.proxy];
  if (proxies.some(isTrue)) return 'proxy';
  if (isTrue(fields.is_relay) || isTrue(fields.relay)) return 'relay';
  if (isTrue(fields.is_hosting_provider) || isTrue(fields.is_hosting) || isTrue(fields.hosting))
    return 'hosting';
  return isTrue(fields.is_anonymous) ? 'vpn' : null;
}

function countryOf(top: Fields): string | null {
  const nested = fieldsOf(top.country);
  for (const value of [nested?.iso_code, top.country_code, top.country]) {
    const text = textOf(value);
    if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  }
  return null;
}

/** IPinfo writes `AS38803`, MaxMind 38803; wide integers arrive as bigint. */
function asNumber(value: unknown): number | null {
  const text = typeof value === 'string' ? value.replace(/^as/i, '') : String(value);
  const number = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return number > 0 && number < 2 ** 32 ? number : null;
}

function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** IPinfo's flags are the strings "true" and "". */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function domainOf(value: unknown): string | null {
  const text = textOf(value).toLowerCase().replace(/\.$/, '');
  return text.includes('.') ? text : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function fieldsOf(value: unknown): Fields | null {
  return isFields(value) ? value : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function vendorOf(databaseType: string): string {
  if (/^geo(ip|lite)/i.test(databaseType)) return 'MaxMind';
  if (/ipinfo/i.test(databaseType)) return 'IPinfo';
  return databaseType;
}
