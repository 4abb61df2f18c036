/** Well-known services that stand in front of web sites, and how their addresses are told. Data, from what they publish. */
import { type Address, isWithin, parseCidr } from '../reveal/address.ts';
import { listed } from '../reveal/listed.ts';

export interface ProxyService {
  name: string;
  /** Where it publishes its ranges. */
  rangesAt: string;
  /** As published; empty where they change too often to be written down. */
  ranges: readonly string[];
  /** What its network is called in company databases. */
  network: RegExp;
}

export const cloudflare: ProxyService = {
  name: 'Cloudflare',
  rangesAt: 'https://www.cloudflare.com/ips/',
  ranges: listed(`
      173.245.48.0/20, 103.21.244.0/22, 103.22.200.0/22, 103.31.4.0/22, 141.101.64.0/18, 108.162.192.0/18,
      190.93.240.0/20, 188.114.96.0/20, 197.234.240.0/22, 198.41.128.0/17, 162.158.0.0/15, 104.16.0.0/13,
      104.24.0.0/14, 172.64.0.0/13, 131.0.72.0/22
      2400:cb00::/32, 2606:4700::/32, 2803:f800::/32, 2405:b500::/32, 2405:8100::/32, 2a06:98c0::/29, 2c0f:f248::/32
    `),
  network: /\bcloudflare/i,
};

export const proxyServices: readonly ProxyService[] = [
  cloudflare,
  {
    name: 'Fastly',
    rangesAt: 'https://api.fastly.com/public-ip-list',
    ranges: listed(`
      23.235.32.0/20, 43.249.72.0/22, 103.244.50.0/24, 103.245.222.0/23, 103.245.224.0/24, 104.156.80.0/20,
      140.248.64.0/18, 140.248.128.0/17, 146.75.0.0/17, 151.101.0.0/16, 157.52.64.0/18, 167.82.0.0/17,
      167.82.128.0/20, 167.82.160.0/20, 167.82.224.0/20, 172.111.64.0/18, 185.31.16.0/22, 199.27.72.0/21,
      199.232.0.0/16
      2a04:4e40::/32, 2a04:4e42::/32
    `),
    network: /\bfastly/i,
  },
  {
    name: 'Akamai',
    rangesAt: 'https://techdocs.akamai.com/origin-ip-acl/docs/update-your-origin-server',
    ranges: [],
    network: /\bakamai/i,
  },
  {
    name: 'Amazon CloudFront',
    rangesAt: 'https://ip-ranges.amazonaws.com/ip-ranges.json',
    ranges: [],
    network: /\b(amazon|cloudfront|aws)\b/i,
  },
  {
    name: 'Vercel',
    rangesAt: 'https://vercel.com/docs/headers/request-headers',
    ranges: [],
    network: /\bvercel\b/i,
  },
  {
    name: 'Netlify',
    rangesAt: 'https://docs.netlify.com/',
    ranges: [],
    network: /\bnetlify\b/i,
  },
];

const parsed = proxyServices.map((service) => ({ service, networks: service.ranges.map(parseCidr) }));

/** The service that an address belongs to, by its ranges, else by what its network is called. */
export function proxyServiceOf(address: Address, network: string | null): ProxyService | null {
  const byRange = parsed.find(({ networks }) => networks.some((range) => isWithin(address, range)));
  return byRange?.service ?? proxyServices.find((service) => service.network.test(network ?? '')) ?? null;
}
