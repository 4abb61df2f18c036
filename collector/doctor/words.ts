/** What a diagnosis is called, and what helps. */
import { parseAddress } from '../reveal/address.ts';
import type { Diagnosis } from './diagnosis.ts';
import { cloudflare } from './proxies.ts';

/** One sentence for a banner, without its full stop. */
export function diagnosisWords({ cause, share, service }: Diagnosis): string {
  const part = `${Math.round(share * 100)} % of the latest visits`;
  switch (cause) {
    case 'private':
      return `${part} come from private addresses: your proxy does not pass the visitor’s address, or is not named as trusted`;
    case 'own':
      return `${part} come from this machine’s own address: your proxy does not pass the visitor’s address, or is not named as trusted`;
    case 'service':
      return `${part} come from ${service?.name ?? 'a content network'}: it is not named as trusted, so its own addresses are taken for the visitors’`;
    case 'one-address':
      return `${part} share one address: your proxy does not pass the visitor’s address, or is not named as trusted`;
  }
}

/** What the owner calls right by dismissing it. */
export function subjectWords({ cause, prefixes, service }: Diagnosis): string {
  const where = prefixes.join(', ');
  switch (cause) {
    case 'private':
      return 'visits from private addresses';
    case 'own':
      return 'visits from this machine';
    case 'service':
      return `visits from ${service?.name ?? where}`;
    case 'one-address':
      return `one address in ${where}`;
  }
}

/** The proxy that is most likely in front, in words. */
export function likelyProxy({ cause, service, prefixes }: Diagnosis): string {
  if (service !== null) return service.name;
  if (cause === 'private' && prefixes.every((prefix) => /^172\.(1[6-9]|2\d|3[01])\./.test(prefix)))
    return 'a proxy in Docker, or Docker’s own bridge';
  if (cause === 'private' && prefixes.every((prefix) => prefix.startsWith('127.') || prefix === '::/48'))
    return 'a proxy on this machine';
  return cause === 'one-address' ? 'a proxy of your own' : 'a proxy in your own network';
}

/** One way to set it right. */
export interface Remedy {
  /** Whom the lines are for. */
  name: string;
  /** Where they go. */
  file: string;
  lines: string;
  note: string;
}

/** What `FOOTLIGHT_TRUSTED_PROXIES` must be: what it is, and what was seen. */
export function trustedWords(
  diagnosis: Diagnosis,
  seen: { trusted: readonly string[]; peer: string | null },
): string {
  const { service, prefixes, cause } = diagnosis;
  const peer = seen.peer === null ? null : parseAddress(seen.peer);
  const found =
    service !== null && service.ranges.length > 0
      ? service.ranges
      : peer !== null
        ? [`${peer.text}/${peer.words.length * 32}`]
        : // Of private addresses the whole range may be trusted: nobody else has them.
          cause === 'private'
          ? prefixes
          : ['ADDRESS-OF-YOUR-PROXY'];
  return [...new Set([...seen.trusted, ...found])].join(',');
}

/** The lines for the usual proxies. */
export function remedies(diagnosis: Diagnosis | null, host: string, port: number): Remedy[] {
  const ranges = diagnosis?.service?.ranges ?? [];
  return [
    {
      name: 'nginx',
      file: 'in the server’s block',
      lines: `location / {
  proxy_pass http://127.0.0.1:${port};
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
}`,
      note: 'The line with X-Forwarded-For is the one that most configurations lack.',
    },
    {
      name: 'Caddy',
      file: 'Caddyfile',
      lines: `${behind(ranges, (all) => `{\n  servers {\n    trusted_proxies static ${all.join(' ')}\n  }\n}\n`)}${host} {
  reverse_proxy 127.0.0.1:${port}
}`,
      note: 'Caddy passes the address on by itself.',
    },
    {
      name: 'Cloudflare',
      file: 'nginx behind Cloudflare, in the server’s block',
      lines: `${cloudflare.ranges.map((range) => `set_real_ip_from ${range};`).join('\n')}
real_ip_header CF-Connecting-IP;`,
      note: `Cloudflare passes the address on by itself: without nginx in between, it is enough to name its ranges as trusted (${cloudflare.rangesAt}).`,
    },
    {
      name: 'Traefik',
      file: 'dynamic configuration, and the static one behind another proxy',
      lines: `http:
  routers:
    footlight:
      rule: "Host(\`${host}\`)"
      service: footlight
  services:
    footlight:
      loadBalancer:
        servers:
          - url: "http://127.0.0.1:${port}"
${behind(ranges, (all) => `\nentryPoints:\n  websecure:\n    forwardedHeaders:\n      trustedIPs:\n${all.map((range) => `        - "${range}"\n`).join('')}`)}`.trimEnd(),
      note: 'Traefik passes the address on by itself.',
    },
  ];
}

/** Lines that are only needed behind a content network whose ranges are known. */
function behind(ranges: readonly string[], lines: (ranges: readonly string[]) => string): string {
  return ranges.length === 0 ? '' : lines(ranges);
}
