/** What every page may ask of the rest of the house, and what the guard leaves for it in the request. */
import type { Context, Handler } from 'hono';
import type { Alerts } from '../collector/deliver/index.ts';
import type { Diagnosis } from '../collector/doctor/diagnosis.ts';
import type { Doctor } from '../collector/doctor/index.ts';
import type { IpData } from '../collector/ip-data/index.ts';
import type { Imports } from '../collector/receive/import/service.ts';
import type { Uploads } from '../collector/receive/import/uploads.ts';
import type { Resolver } from '../collector/reveal/resolver.ts';
import type { ScoreKeeper } from '../collector/score/keep.ts';
import type { Store } from '../collector/store/store.ts';
import type { ApiDocumentation } from './api-document.ts';
import type { Assets } from './assets.ts';
import type { Auth } from './auth.ts';
import type { LiveFeed } from './live/feed.ts';
import type { User } from './roles.ts';
import type { SegmentCounts } from './segment-counts.ts';
import type { ShareTries } from './share-tries.ts';

/** What the pipeline knows of itself and keeps in memory. */
export interface PipelineHealth {
  /** Enrichment steps in their order, with the time they took since the start. */
  steps: { name: string; count: number; totalUs: number }[];
  /** Events that wait for their commit now. */
  pending: number;
  uptimeMs: number;
  version: string;
}

export interface House {
  store: Store;
  auth: Auth;
  /** Telling people what happened. */
  alerts: Omit<Alerts, 'touched' | 'run' | 'close'>;
  resolver: Pick<Resolver, 'databases' | 'resolve' | 'system'>;
  /** The keyed hash under which visits from an address are kept. */
  addressKey(address: string): number;
  /** Company data: what is loaded, where it is from, and fetching it. */
  data: IpData;
  /** Files that are taken in, and those that wait for it. */
  imports: Pick<Imports, 'start'>;
  uploads: Uploads;
  /** Whether visits can be told apart. */
  doctor: Doctor;
  /** What happens now, for all who watch. */
  live: LiveFeed;
  /** Keeps what each account's score is. */
  scores: Pick<ScoreKeeper, 'refresh'>;
  /** How many companies kept segments have, as far as it was counted. */
  segmentCounts: SegmentCounts;
  now(): number;
  /** Where people and browsers reach us, without a trailing slash; null: as the request says. */
  publicUrl: string | null;
  health(): PipelineHealth;
  /** The client's address, for the limit on sign-in attempts. */
  clientAddress(c: Context): string;
  /** The socket's address: a proxy's, where one is in front. */
  peerAddress(c: Context): string;
  /** How often passwords of read-only links may be tried. */
  shareTries: ShareTries;
  assets: Assets;
  /** What the API can do, for its pages. */
  documentation: ApiDocumentation;
}

/** Set by the guard: there is no page behind it without them. */
export interface Env {
  Variables: { user: User; diagnosis: Diagnosis | null; unread: number };
}

export type Page = Handler<Env>;

/** Scheme and host under which this request reached us. */
export function ownOrigin(house: Pick<House, 'publicUrl'>, c: Context): string {
  return house.publicUrl ?? new URL(c.req.url).origin;
}
