/** Settings from the environment and the command line, checked once at the start. The only reader of `process.env`. */
import { z } from 'zod';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

/** Of an account elsewhere: one word, so that nothing else can get into a request with it. */
const credential = z
  .string()
  .regex(/^[\w.~-]{1,200}$/, { error: 'is not one word of letters, digits and - . _ ~' })
  .optional();

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('0.0.0.0'),
  FOOTLIGHT_DATA: z.string().optional(),
  FOOTLIGHT_STORE: z.string().default(''),
  FOOTLIGHT_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).pathname === '/', {
      error: 'has a path; the tag and the dashboard live at the root of a host',
    })
    .optional(),
  FOOTLIGHT_SECRET: z.string().min(32).optional(),
  FOOTLIGHT_TRUSTED_PROXIES: list,
  FOOTLIGHT_IP_DATABASES: list,
  FOOTLIGHT_REVERSE_DNS: z.enum(['on', 'off']).default('off'),
  FOOTLIGHT_VPN_LISTS: list,
  FOOTLIGHT_HOSTING_LISTS: list,
  FOOTLIGHT_IPINFO_TOKEN: credential,
  FOOTLIGHT_MAXMIND_ACCOUNT: credential,
  FOOTLIGHT_MAXMIND_KEY: credential,
  FOOTLIGHT_METRICS_TOKEN: credential.refine((token) => token === undefined || token.length >= 16, {
    error: 'is shorter than 16 characters',
  }),
  FOOTLIGHT_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'is not like smtps://user:password@mail.example.com' })
    .optional(),
  FOOTLIGHT_MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]{1,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
      error: 'is not like footlight@example.com, or like Footlight <footlight@example.com>',
    })
    .optional(),
  FOOTLIGHT_SLACK_HOSTS: list,
  FOOTLIGHT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Variables whose value no message may hold. */
const secrets: ReadonlySet<string> = new Set([
  'FOOTLIGHT_SECRET',
  'FOOTLIGHT_METRICS_TOKEN',
  'FOOTLIGHT_IPINFO_TOKEN',
  'FOOTLIGHT_MAXMIND_ACCOUNT',
  'FOOTLIGHT_MAXMIND_KEY',
  'FOOTLIGHT_SMTP_URL',
]);

export interface Config {
  port: number;
  host: string;
  /** Folder that holds everything we keep. */
  dataDir: string;
  /** Empty: SQLite in the data folder; else a path or URL of the store. */
  store: string;
  /** Where people and browsers reach us, without a trailing slash; null: as the request says. */
  publicUrl: string | null;
  /** Null: made on the first start and kept in the store. */
  secret: string | null;
  /** CIDR ranges of our own proxies; only these are believed about the client's address. */
  trustedProxies: string[];
  /** MaxMind-format files in order of trust. */
  ipDatabases: string[];
  /** Host names of visitors' addresses are asked for at this machine's DNS server. */
  reverseDns: boolean;
  /** Files with ranges, addresses or AS numbers, one a line. */
  vpnLists: string[];
  hostingLists: string[];
  /** The owner's accounts with sources of company data. Never logged, never shown. */
  dataCredentials: {
    ipinfoToken: string | null;
    maxmindAccount: string | null;
    maxmindKey: string | null;
  };
  /** Who may read `/metrics`; null: nobody. */
  metricsToken: string | null;
  /** The mail server, and the sender; null: no mail is sent. The URL holds a password: never logged, never shown. */
  mail: { url: string; from: string } | null;
  /** Hosts, with their port if it is not the usual one, that may stand in for Slack: inside of the network, or without TLS. */
  slackHosts: string[];
  logLevel: string;
}

/**
 * Reads settings; options given on the command line win over the environment.
 * @param dataDir the data folder where neither names one
 * @throws Error that names each wrong variable, its value and what it should be
 */
export function readConfig(
  options: { port?: string; host?: string; data?: string; store?: string } = {},
  dataDir = './data',
  env: NodeJS.ProcessEnv = process.env,
): Config {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries({
    PORT: options.port,
    HOST: options.host,
    FOOTLIGHT_DATA: options.data,
    FOOTLIGHT_STORE: options.store,
  })) {
    if (value !== undefined) given[name] = value;
  }
  const merged: Record<string, string | undefined> = { ...env, ...given };
  // An empty variable is how shells and compose files write "not set".
  for (const name of Object.keys(schema.shape)) if (merged[name] === '') delete merged[name];
  const parsed = schema.safeParse(merged);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const value = secrets.has(name) ? '(not shown)' : JSON.stringify(merged[name]);
      return `${name}=${value}: ${issue.message}`;
    });
    throw new Error(`settings that cannot be used:\n  ${lines.join('\n  ')}`);
  }
  const value = parsed.data;
  const { FOOTLIGHT_SMTP_URL: mailUrl, FOOTLIGHT_MAIL_FROM: mailFrom } = value;
  if ((mailUrl === undefined) !== (mailFrom === undefined))
    throw new Error(
      `settings that cannot be used:\n  FOOTLIGHT_SMTP_URL and FOOTLIGHT_MAIL_FROM go together, and ${mailUrl === undefined ? 'FOOTLIGHT_SMTP_URL' : 'FOOTLIGHT_MAIL_FROM'} is not set`,
    );
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir: value.FOOTLIGHT_DATA ?? dataDir,
    store: value.FOOTLIGHT_STORE,
    publicUrl: value.FOOTLIGHT_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    secret: value.FOOTLIGHT_SECRET ?? null,
    trustedProxies: value.FOOTLIGHT_TRUSTED_PROXIES,
    ipDatabases: value.FOOTLIGHT_IP_DATABASES,
    reverseDns: value.FOOTLIGHT_REVERSE_DNS === 'on',
    vpnLists: value.FOOTLIGHT_VPN_LISTS,
    hostingLists: value.FOOTLIGHT_HOSTING_LISTS,
    dataCredentials: {
      ipinfoToken: value.FOOTLIGHT_IPINFO_TOKEN ?? null,
      maxmindAccount: value.FOOTLIGHT_MAXMIND_ACCOUNT ?? null,
      maxmindKey: value.FOOTLIGHT_MAXMIND_KEY ?? null,
    },
    metricsToken: value.FOOTLIGHT_METRICS_TOKEN ?? null,
    mail: mailUrl === undefined || mailFrom === undefined ? null : { url: mailUrl, from: mailFrom },
    slackHosts: value.FOOTLIGHT_SLACK_HOSTS.map((host) => host.toLowerCase()),
    logLevel: value.FOOTLIGHT_LOG_LEVEL,
  };
}
