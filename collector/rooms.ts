/**
 * What both the server and the command line need: the store, the resolver, the enrichment, the sites. Opened in order
 * and closed in reverse.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from './config.ts';
import { createEnricher, type Enricher } from './enrich/index.ts';
import { createKeyedHash, type KeyedHash } from './keyed-hash.ts';
import { openSiteDirectory, type SiteDirectory } from './receive/sites.ts';
import { openReveal } from './reveal/index.ts';
import type { Resolver } from './reveal/resolver.ts';
import { openReverseDns } from './reveal/reverse-dns.ts';
import type { Context } from './reveal/verdict.ts';
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

/** While a statement waits for another process, a server answers nobody: it comes back later instead. */
const serverBusyMs = 50;
const commandBusyMs = 60_000;

export type Log = (line: string, detail?: object) => void;

export interface RoomOptions {
  config: Config;
  now: () => number;
  log: Log;
  /**
   * `server`: looks for replaced company databases, and never stands still for another process that writes.
   * `command`: ends soon, and waits its turn.
   */
  as: 'server' | 'command';
}

/**
 * @throws Error that says which file or folder cannot be used; a company database that cannot is no reason to throw
 */
export async function openRooms({ config, now, log, as }: RoomOptions): Promise<Rooms> {
  const opened = await openSqliteStore({
    path: await storePath(config),
    now,
    busyMs: as === 'server' ? serverBusyMs : commandBusyMs,
  });
  const { store } = opened;
  const secret = config.secret ?? (await ownSecret(config));
  const resolver = await openReveal({ databases: config.ipDatabases, log, now, watch: as === 'server' });
  resolver.setRules(await store.ownerRules());
  const sites = await openSiteDirectory(store, now, (error) => log('the sites could not be read', { error }));
  const keyed = createKeyedHash(secret);
  // A command reads whole logs: nobody's DNS server should be asked for all of them at once.
  const reverseDns = config.reverseDns && as === 'server' ? openReverseDns({ now }) : null;
  const contextOf = (address: string): Context => ({
    learned: null,
    reverseName: reverseDns?.nameOf(address) ?? null,
  });
  const enricher = createEnricher({
    resolver,
    contextOf,
    addressKey: keyed.addressKey,
    isOwnHost: sites.isOwnHost,
  });
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

const inMemory = ':memory:';
const minSecretLength = 32;

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

/**
 * The secret lies beside the store and not in it: who gets hold of a copy of the store alone cannot go from the hashes
 * in it back to addresses.
 */
async function ownSecret(config: Config): Promise<string> {
  // Nothing outlives a store in memory, so nothing needs to be recognised later.
  if (config.store === inMemory) return randomBytes(32).toString('base64url');
  await mkdir(config.dataDir, { recursive: true });
  const file = path.join(config.dataDir, 'secret');
  try {
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const secret = (await readFile(file, 'utf8')).trim();
  if (secret.length < minSecretLength)
    throw new Error(
      `${file} holds no secret of ${minSecretLength} characters; put back the right one, or remove it`,
    );
  return secret;
}
