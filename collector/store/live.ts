/** What the live view asks of the store, and is answered. Types only. */
import type { EventType } from '../../tracker/wire.ts';
import type { Detail } from '../draft.ts';

export interface LiveQuery {
  /** Events stored after this one; null: whichever are new enough. */
  afterId: number | null;
  /** That happened at or after it, ms: an import of last year is not live. */
  since: number;
  /** The latest so many. */
  limit: number;
}

/** One event of a visit, with whose visit it is. */
export interface LiveEvent {
  id: number;
  siteId: number;
  at: number;
  type: EventType;
  host: string;
  path: string;
  title: string;
  detail: Detail;
  visitId: number;
  /** When the visit began. */
  visitAt: number;
  /** The person, else the browser as a negative number. */
  who: number;
  account: { id: number; name: string } | null;
  /** Of our own people. */
  isOwn: boolean;
}

export interface LiveAnswer {
  /** Newest first, by when they were stored. */
  events: LiveEvent[];
  /** For `afterId` of the next question. */
  lastId: number;
}
