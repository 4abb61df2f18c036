/**
 * One operation of the API: what it is for, what it takes, what it answers, and who may. The documentation, the checks
 * and the answer are all made of it. A resource is a file with a list of them, and one line in `resources/index.ts`.
 */
import type { z } from '@hono/zod-openapi';
import type { Capability } from '../access/capability.ts';
import type { People } from '../access/people.ts';
import type { Alerts } from '../deliver/index.ts';
import type { Doctor } from '../doctor/index.ts';
import type { IpData } from '../ip-data/index.ts';
import type { Imports } from '../receive/import/service.ts';
import type { ScoreKeeper } from '../score/keep.ts';
import type { ApiKey } from '../store/api-key.ts';
import type { Store } from '../store/store.ts';
import type { Cursors } from './cursor.ts';
import type { ProblemKind } from './problem.ts';

/** Who is here now. */
export interface LiveNow {
  at: number;
  companies: {
    account: { id: number; name: string };
    page: { host: string; path: string; title: string } | null;
    since: number;
    lastAt: number;
    people: number;
  }[];
  companyCount: number;
  people: number;
  unnamedVisits: number;
  minutes: number[];
  isCut: boolean;
}

/** What the API may ask of the rest of the house. */
export interface ApiRooms {
  store: Store;
  now(): number;
  /** The keyed hash under which visits from an address are kept. */
  addressKey(address: string): number;
  /** What the pipeline knows of itself and keeps in memory. */
  health(): { pending: number; uptimeMs: number; version: string };
  /** Company data: what is loaded, where it is from, and fetching it. */
  data: IpData;
  /** Whether visits can be told apart. */
  doctor: Doctor;
  /** Takes in files. */
  imports: Imports;
  /** Who may sign in. */
  users: People;
  /** Telling people what happened, and whether it arrives. */
  alerts: Pick<Alerts, 'deliver' | 'isSet' | 'mailFrom' | 'test' | 'setSlack' | 'preview' | 'base'>;
  /** Keeps what each account's score is. */
  scores: Pick<ScoreKeeper, 'refresh'>;
  /** The last half hour. @param siteId null: all sites */
  live(siteId: number | null): Promise<LiveNow>;
}

export interface Caller {
  key: ApiKey;
  /** As it stands in logs: `key NAME`. */
  by: string;
  may(capability: Capability): boolean;
}

export interface Asked<Path, Query, Body> extends ApiRooms {
  path: Path;
  query: Query;
  body: Body;
  caller: Caller;
  cursors: Cursors;
  /** Set when whoever called has gone. */
  signal: AbortSignal;
}

type Nothing = z.ZodObject<Record<never, z.ZodType>>;

interface OperationOf<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  /** `list-accounts`: stays the same for good. */
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api/v1`, with `{id}` for parameters. */
  path: string;
  needs: Capability;
  summary: string;
  description: string;
  params?: Path;
  query?: Query;
  body?: { schema: Body; type: 'application/json' | 'text/csv'; maxBytes: number; example: z.input<Body> };
  answer: {
    status: 200 | 201 | 202;
    description: string;
    /** Of the whole body; of one line, where it is a stream of lines. */
    schema: Answer;
    example: z.input<Answer>;
    type?: 'application/x-ndjson';
  };
  /** Problems of its own, beside those that any operation may have. */
  problems?: readonly ProblemKind[];
  handle(
    asked: Asked<z.output<Path>, z.output<Query>, z.output<Body>>,
  ): Promise<z.input<Answer> | AsyncIterable<z.input<Answer>>>;
}

/** An operation, whatever it takes and answers. */
export type Operation = OperationOf<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;

/** Ties what an operation takes to what its `handle` is given. */
export function operation<
  Path extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(described: OperationOf<Path, Query, Body, Answer>): Operation {
  // From here on only the schemas say what goes in and out: what they let through is what `handle` was promised.
  return described as unknown as Operation;
}

export interface Resource {
  name: string;
  says: string;
  operations: readonly Operation[];
}
