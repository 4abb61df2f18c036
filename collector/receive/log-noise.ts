/** Tells a visit in an access log from everything else that is written there. */
import type { LogLine } from './access-log.ts';
import type { DropReason } from './reasons.ts';

const staticFile =
  /\.(?:css|m?js|map|json|xml|txt|rss|atom|ico|png|jpe?g|gif|svg|webp|avif|bmp|tiff?|woff2?|ttf|otf|eot|mp[34]|webm|og[gv]|wav|mov|avi|pdf|zip|t?gz|bz2|xz|7z|rar|tar|jar|exe|dmg|iso|deb|rpm|apk|msi|swf|wasm|csv|docx?|xlsx?|pptx?|ics|webmanifest)$/i;
/** Feeds and the parts of content systems that are no pages; `/sitemap` and `/wp-admin-guide` are pages. */
const staticPath =
  /^\/(?:\.well-known|wp-(?:includes|content|json|admin)|_next\/static|static|assets)(?:\/|$)|^\/(?:wp-cron|xmlrpc)\.php$|\/(?:feed|rss|atom)\/?$/i;
/** Blogs that give their feed at the address of the page: `/?feed=rss2`, `/tags/puppet?flav=atom`. */
const feedQuery = /\?(?:.*&)?(?:feed|flav)=(?:rss|atom|rdf|feed)/i;

const monitorPath =
  /^\/(?:health|healthz|healthcheck|health-check|livez|readyz|ping|server-status|nginx_status|status)\/?$/i;
const monitorAgent =
  /uptime|pingdom|statuscake|site24x7|kube-probe|elb-healthchecker|googlehc|nagios|check_http|zabbix|prometheus|datadog|newrelicpinger|hetrix|freshping|updown\.io|monit\/|monitis|gomez|catchpoint|dynatrace|internet vista|haproxy/i;

/** Why a line is no visit; null if it is one, as far as can be told without looking at who came. */
export function noiseOf(line: LogLine): DropReason | null {
  if (line.method !== 'GET') return 'method';
  const path = pathOf(line.target);
  if (monitorPath.test(path) || monitorAgent.test(line.userAgent ?? '')) return 'monitoring';
  // 304: the browser had the page already and its person looked at it all the same.
  if (!(line.status >= 200 && line.status < 300) && line.status !== 304) return 'http_status';
  if (staticFile.test(path) || staticPath.test(path) || feedQuery.test(line.target)) return 'static_file';
  return null;
}

/** Without query; a proxy's log has whole addresses. */
function pathOf(target: string): string {
  return target.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
}
