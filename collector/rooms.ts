/**
 * What both the server and the command line need: the store, the resolver, the enrichment, the sites. Opened in order
 * and closed in reverse.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { Config } from './config.ts';
import { createDoctor, type Doctor } from './doctor/index.ts';
import { createEnricher, type Enricher } from './enrich/index.ts';
import { needsAddress } from './identify/decision.ts';
import { type IpData, type IpDataOptions, openIpData } from './ip-data/index.ts';
import { databasesByTrust, sources } from './ip-data/sources.ts';
import { createKeyedHash, type KeyedHash } from './keyed-hash.ts';
import { type LearnedDirectory, openLearnedDirectory } from './learned.ts';
import { packageVersion } from './package-root.ts';
import { openSiteDirectory, type SiteDirectory } from './receive/sites.ts';
import { openReveal } from './reveal/index.ts';
import { type ListFile, type Lists, openLists } from './reveal/lists.ts';
import type { Resolver } from './reveal/resolver.ts';
import { openReverseDns } from './reveal/reverse-dns.ts';
import type { Context } from './reveal/verdict.ts';
import { type OpenStore, openSqliteStore } from './store/sqlite/index.ts';
import type { Store } from './store/store.ts';

export interface Rooms extends OpenStore {
  sites: SiteDirectory;
  resolver: Resolver;
  lists: Lists;
  data: IpData;
  doctor: Doctor;
  enricher: Enricher;
  keyed: KeyedHash;
  learned: LearnedDirectory;
  /** Signs cookies and keys hashes; made on the first start unless it was given. */
  secret: string;
  close(): Promise<void>;
}

/** While a statement waits for another process, a server answers nobody: it comes back later instead. */
const serverBusyMs = 50;
const commandBusyMs = 60_000;

/** How often lists are looked at for having been replaced; as company databases are. */
const listPollMs = 5_000;
/** For words about proxies, where any free port was asked for. */
const usualPort = 8080;

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
  /** Also a server reads on the thread that writes: to measure what readers of their own are good for. */
  readHere?: boolean;
  /** Where company data is fetched from, for tests. */
  dataBases?: IpDataOptions['bases'];
  /** Told each transaction of events. */
  onCommit?: Parameters<typeof openSqliteStore>[0]['onCommit'];
}

/**
 * @throws Error that says which file or folder cannot be used; a company database that cannot is no reason to throw
 */
export async function openRooms({
  config,
  now,
  log,
  as,
  readHere = false,
  dataBases,
  onCommit,
}: RoomOptions): Promise<Rooms> {
  const opened = await openSqliteStore({
    path: await storePath(config),
    now,
    busyMs: as === 'server' ? serverBusyMs : commandBusyMs,
    ...(as === 'server' && !readHere
      ? { readers: { onLost: (error: Error) => log('a reader was lost', { error: error.cause ?? error }) } }
      : {}),
    ...(onCommit ? { onCommit } : {}),
  });
  const secret = config.secret ?? (await ownSecret(config));
  const folder = path.join(config.dataDir, 'ip');
  const resolver = await openReveal({
    databases: config.ipDatabases,
    fetched: databasesByTrust.map((name) => path.join(folder, sources[name].file)),
    log,
    now,
    watch: as === 'server',
  });
  const lists = await openLists({
    files: [...listFiles(config.vpnLists, 'vpn'), ...listFiles(config.hostingLists, 'hosting')],
    fetched: (['vpn', 'hosting'] as const).map((kind) => ({
      path: path.join(folder, sources[kind].file),
      kind,
      label: sources[kind].title,
    })),
    log,
    onChange: (all) => resolver.setLists(all),
    ...(as === 'server' ? { pollMs: listPollMs } : {}),
  });
  const learned = await openLearnedDirectory(opened.store, now);
  const store = learning(opened.store, learned, resolver);
  const data = openIpData({
    folder,
    store,
    resolver,
    lists,
    credentials: config.dataCredentials,
    version: packageVersion(),
    now,
    log,
    ...(dataBases ? { bases: dataBases } : {}),
  });
  await tellRules(store, resolver);
  const sites = await openSiteDirectory(store, now, (error) => log('the sites could not be read', { error }));
  const keyed = createKeyedHash(secret);
  const doctor = createDoctor({
    store,
    now,
    addressKey: keyed.addressKey,
    ownAddresses: ownAddresses(),
    trusted: config.trustedProxies,
    port: config.port || usualPort,
  });
  await doctor.look();
  // A command reads whole logs: nobody's DNS server should be asked for all of them at once.
  const reverseDns = config.reverseDns && as === 'server' ? openReverseDns({ now }) : null;
  const contextOf = (address: string, addressKey: number, at: number): Context => ({
    learned: learned.of(addressKey, at),
    reverseName: reverseDns?.nameOf(address) ?? null,
  });
  const enricher = createEnricher({
    resolver,
    contextOf,
    addressKey: keyed.addressKey,
    isSuspect: doctor.isSuspect,
    isOwnHost: sites.isOwnHost,
  });
  return {
    ...opened,
    store,
    sites,
    resolver,
    lists,
    data,
    doctor,
    enricher,
    keyed,
    learned,
    secret,
    async close() {
      await data.close();
      resolver.close();
      lists.close();
      await store.close();
    },
  };
}

function listFiles(paths: readonly string[], kind: ListFile['kind']): ListFile[] {
  return paths.map((file) => ({ path: file, kind }));
}

/** Addresses at which this machine itself is reached; loopback is private anyway. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter(({ internal }) => !internal).map(({ address }) => address),
  );
}

/**
 * Decisions about networks are applied to what is stored, so that they reach the past and can be undone. The look-up
 * needs only those about ranges finer than what is kept of an address.
 */
async function tellRules(store: Store, resolver: Resolver): Promise<void> {
  const rules = await store.ownerRules();
  resolver.setRules(rules.filter(needsAddress));
}

/** The store, with what is kept in memory beside it brought up to date around its calls. */
function learning(store: Store, learned: LearnedDirectory, resolver: Resolver): Store {
  const changed = async <Value>(decided: Promise<Value>): Promise<Value> => {
    const value = await decided;
    await tellRules(store, resolver);
    await learned.refresh();
    return value;
  };
  return {
    ...store,
    async append(drafts) {
      const outcomes = await store.append(drafts);
      await learned.learnFrom(drafts);
      return outcomes;
    },
    decide: (...given) => changed(store.decide(...given)),
    undo: (...given) => changed(store.undo(...given)),
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
