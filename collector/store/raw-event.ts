/** What the store is asked and answers about events as they are stored. Types. */
import type { EventType } from '../../tracker/wire.ts';
import type { Agent, Arrival, Detail, Via } from '../draft.ts';
import type { Kind, Tier } from '../reveal/verdict.ts';

export interface RawEventQuery {
  siteId: number | null;
  /** When they happened: `from <= at < to`, ms UTC. */
  from: number;
  to: number;
  /** Number of the event to go on after; 0: from the first. */
  after: number;
  limit: number;
}

/** One event with its facts. Of the client's address there is its range; the keyed hash stays in the store. */
export interface RawEvent {
  id: number;
  siteId: number;
  type: EventType;
  at: number;
  receivedAt: number;
  via: Via;
  host: string;
  path: string;
  title: string;
  detail: Detail;
  arrival: Arrival | null;
  agent: Agent;
  visitorId: number;
  /** Of the visit that it belongs to now: decisions of today count for events of then. */
  visitId: number | null;
  accountId: number | null;
  /** E-mail address or the site's own id, as far as the visit's person is known. */
  person: string | null;
  network: {
    prefix: string;
    country: string | null;
    asNumber: number | null;
    /** The company claimed, else who runs the network. */
    name: string | null;
    domain: string | null;
    kind: Kind;
    tier: Tier;
    confidence: number;
  };
}

export interface RawEventPage {
  events: RawEvent[];
  /** Where to go on, `after` of the next call; null: there is nothing more yet. */
  next: number | null;
}
