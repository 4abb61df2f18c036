/** What every page may ask of the rest of the house, and what the guard leaves for it in the request. */
import type { Context, Handler } from 'hono';
import type { Resolver } from '../collector/reveal/resolver.ts';
import type { Store } from '../collector/store/store.ts';
import type { Assets } from './assets.ts';
import type { Auth } from './auth.ts';
import type { User } from './roles.ts';

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
  resolver: Pick<Resolver, 'databases'>;
  /** The keyed hash under which visits from an address are kept. */
  addressKey(address: string): number;
  now(): number;
  /** Where people and browsers reach us, without a trailing slash; null: as the request says. */
  publicUrl: string | null;
  health(): PipelineHealth;
  /** The client's address, for the limit on sign-in attempts. */
  clientAddress(c: Context): string;
  assets: Assets;
}

/** `user` is set by the guard: there is no page behind it without one. */
export interface Env {
  Variables: { user: User };
}

export type Page = Handler<Env>;

/** Scheme and host under which this request reached us. */
export function ownOrigin(house: Pick<House, 'publicUrl'>, c: Context): string {
  return house.publicUrl ?? new URL(c.req.url).origin;
}
