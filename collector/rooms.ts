/**
 * What both the server and the command line need: the store, the resolver, the enrichment, the sites. Opened in order
 * and closed in reverse.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from './config.ts';
import { createEnricher, type Enricher } from './enrich/index.ts';
import { createKeyedHash, type KeyedHash } from './keyed-hash.ts';
import { openSiteDirectory, type SiteDirectory } from './receive/sites.ts';
import { openReveal } from './reveal/index.ts';
import type { Resolver } from './reveal/resolver.ts';
import { type OpenStore, openSqliteStore } from './store/sqlite/index.ts';

export interface Rooms extends OpenStore {
  sites: SiteDirectory;
  resolver: Resolver;
  enricher: Enricher;
  keyed: KeyedHash;
  /** Signs cookies and keys hashes; made on the first start unless it was given. */
  secret: string;
  close(): Promise<void>;
}

export type Log = (line: string, detail?: object) => void;

export interface RoomOptions {
  config: Config;
  now: () => number;
  log: Log;
  /** Whether to look for replaced company databases; a command that ends soon need not. */
  watch: boolean;
}

/**
 * @throws Error that says which file or folder cannot be used; a company database that cannot is no reason to throw
 */
export async function openRooms({ config, now, log, watch }: RoomOptions): Promise<Rooms> {
  const opened = await openSqliteStore({ path: await storePath(config), now });
  const { store } = opened;
  const secret = config.secret ?? (await ownSecret(opened));
  const resolver = await openReveal({ databases: config.ipDatabases, log, now, watch });
  resolver.setRules(await store.ownerRules());
  const sites = await openSiteDirectory(store, now);
  const keyed = createKeyedHash(secret);
  const enricher = createEnricher({ resolver, addressKey: keyed.addressKey, isOwnHost: sites.isOwnHost });
  return {
    ...opened,
    sites,
    resolver,
    enricher,
    keyed,
    secret,
    async close() {
      resolver.close();
      await store.close();
    },
  };
}

async function storePath(config: Config): Promise<string> {
  if (config.store === '') {
    await mkdir(config.dataDir, { recursive: true });
    return path.join(config.dataDir, 'footlight.db');
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(config.store)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'sqlite' || scheme === 'file')
    return config.store.replace(/^(sqlite|file):(\/\/)?/i, '');
  throw new Error(
    `FOOTLIGHT_STORE=${config.store}: ${scheme} is not a store we have; give the path of a SQLite file`,
  );
}

async function ownSecret({ store }: OpenStore): Promise<string> {
  const known = await store.setting('secret');
  if (known !== null) return known;
  const secret = randomBytes(32).toString('base64url');
  await store.setSetting('secret', secret);
  return secret;
}
