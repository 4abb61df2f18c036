/**
 * How a web server or a host hands the tag's three addresses on to the collector, and says where the visitor comes
 * from. Only the visitor's own cookie goes along: those of the site are none of the collector's business.
 */
import { cookieName } from '../../tracker/wire.ts';
import { folder, proxied } from './proxied.ts';

interface Proxy {
  where: string;
  code: string;
  note?: string;
  /** It says in X-Forwarded-Host which host it stands on, so that the collector lengthens the visitor's cookie. */
  tellsHost: boolean;
  /** For FOOTLIGHT_TRUSTED_PROXIES. */
  trust: { value: string; says: string };
}

const ownServer = {
  value: '127.0.0.1',
  says: 'The address from which this web server reaches Footlight: `127.0.0.1` on the same machine, else that machine’s own.',
};

const changing = (who: string) => ({
  value: '0.0.0.0/0,::/0',
  says: `${who} asks from addresses that change, so none can be named. This believes whoever reaches Footlight: let a firewall keep all others away from it, or accept that somebody could claim to come from anywhere.`,
});

/** @see https://www.cloudflare.com/ips/ */
const cloudflareRanges = [
  '173.245.48.0/20,103.21.244.0/22,103.22.200.0/22,103.31.4.0/22,141.101.64.0/18,108.162.192.0/18',
  '190.93.240.0/20,188.114.96.0/20,197.234.240.0/22,198.41.128.0/17,162.158.0.0/15,104.16.0.0/13',
  '104.24.0.0/14,172.64.0.0/13,131.0.72.0/22,2400:cb00::/32,2606:4700::/32,2803:f800::/32',
  '2405:b500::/32,2405:8100::/32,2a06:98c0::/29,2c0f:f248::/32',
].join(',');

const allCookies =
  'A rewrite passes on all cookies of the site; Footlight reads its own one and writes down none.';

/** The same three, one a line. */
const each = (line: (name: string) => string, between = '\n') => proxied.map(line).join(between);

export const proxyNames = ['nginx', 'Caddy', 'Apache', 'Vercel', 'Netlify', 'Cloudflare'] as const;
export type ProxyName = (typeof proxyNames)[number];

export const proxies: Record<ProxyName, (origin: string) => Proxy> = {
  nginx: (origin) => ({
    where: 'nginx: in the `server { … }` of your site',
    code: `location ~ ^/${folder}/(t\\.js|e|p\\.gif)$ {
  rewrite ^/${folder}(/.*)$ $1 break;
  proxy_pass ${origin};
  proxy_ssl_server_name on;
  proxy_set_header Host ${new URL(origin).host};
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header Cookie ${cookieName}=$cookie_${cookieName};
}`,
    note: 'If this nginx is itself behind a proxy of yours, write `$proxy_add_x_forwarded_for` in place of `$remote_addr`, and name that proxy to Footlight too.',
    tellsHost: true,
    trust: ownServer,
  }),
  Caddy: (origin) => ({
    where: 'Caddyfile: in the block of your site',
    code: `@${folder} path ${each((name) => `/${folder}/${name}`, ' ')}
handle @${folder} {
  uri strip_prefix /${folder}
  reverse_proxy ${origin} {
    header_up Host {upstream_hostport}
    header_up Cookie ${cookieName}={cookie.${cookieName}}
  }
}`,
    note: 'Caddy says by itself where the visitor comes from.',
    tellsHost: true,
    trust: ownServer,
  }),
  Apache: (origin) => ({
    where: 'Apache: in the `<VirtualHost>` of your site',
    code: `SSLProxyEngine on
${each((name) => `ProxyPass "/${folder}/${name}" "${origin}/${name}"`)}
<LocationMatch "^/${folder}/">
  SetEnvIf Cookie "(?:^|; )(${cookieName}=\\w+)" footlight_cookie=$1
  RequestHeader unset Cookie
  RequestHeader set Cookie "%{footlight_cookie}e" env=footlight_cookie
  RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}
</LocationMatch>`,
    note: 'Takes `a2enmod ssl proxy proxy_http headers setenvif`. Apache says by itself where the visitor comes from.',
    tellsHost: true,
    trust: ownServer,
  }),
  Vercel: (origin) => ({
    where: '`vercel.json`',
    code: JSON.stringify(
      {
        rewrites: proxied.map((name) => ({
          source: `/${folder}/${name}`,
          destination: `${origin}/${name}`,
        })),
      },
      null,
      2,
    ),
    note: allCookies,
    tellsHost: false,
    trust: changing('Vercel'),
  }),
  Netlify: (origin) => ({
    where: '`_redirects`, in the folder that is published',
    code: each((name) => `/${folder}/${name}  ${origin}/${name}  200`),
    note: allCookies,
    tellsHost: false,
    trust: changing('Netlify'),
  }),
  Cloudflare: (origin) => ({
    where: `Cloudflare: a Worker on the route \`example.com/${folder}/*\``,
    code: `const collector = '${origin}';
const paths = new Map([
${each((name) => `  ['/${folder}/${name}', '/${name}'],`)}
]);

export default {
  async fetch(request) {
    const { pathname, search, host, protocol } = new URL(request.url);
    const path = paths.get(pathname);
    if (path === undefined) return fetch(request);
    const headers = new Headers(request.headers);
    headers.set('X-Forwarded-For', request.headers.get('CF-Connecting-IP'));
    headers.set('X-Forwarded-Host', host);
    headers.set('X-Forwarded-Proto', protocol.replace(':', ''));
    const cookie = /(?:^|; )(${cookieName}=\\w+)/.exec(request.headers.get('Cookie'))?.[1];
    if (cookie) headers.set('Cookie', cookie);
    else headers.delete('Cookie');
    const { method } = request;
    const body = method === 'POST' ? await request.text() : undefined;
    return fetch(collector + path + search, { method, headers, body });
  },
};`,
    tellsHost: true,
    trust: {
      value: cloudflareRanges,
      says: 'Cloudflare’s ranges; look at `https://www.cloudflare.com/ips/` whether they are still these. Other people’s Workers come from them too: whoever writes one for it could claim to come from anywhere.',
    },
  }),
};
