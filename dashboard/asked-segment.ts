/** Segments on their way from an address or a form to the store. */
import { type ReadSegment, readSegment } from '../collector/segment/index.ts';
import type { SegmentAsked } from '../collector/store/segments.ts';
import { ReadGivenUp, StoreBusy } from '../collector/store/store.ts';
import type { AccountsFilter } from './accounts-filter.ts';
import type { House } from './house.ts';
import type { User } from './roles.ts';

/** The segment that the accounts list is narrowed to; `problem` says why it cannot be asked. */
export type FilterSegment = { id: number | null; name: string; text: string } & (
  | { asked: SegmentAsked; problem: null }
  | { asked: null; problem: string }
);

/** @returns what the store is asked, as of now, or why it cannot be; null where the list shows everybody */
export async function segmentOf(
  house: House,
  user: User,
  { segment: id, where }: Pick<AccountsFilter, 'segment' | 'where'>,
): Promise<FilterSegment | null> {
  if (id === null && where === '') return null;
  const saved = id === null ? null : await house.store.savedSegment(id, user.email);
  if (id !== null && saved === null) {
    const problem = 'It was taken away, or it is somebody else’s and not shared.';
    return { id, name: `Segment ${id}`, text: '', asked: null, problem };
  }
  const text = saved?.expression ?? where;
  const base = { id, name: saved?.name ?? text, text };
  const read = readSegment(text, await house.store.knownNames());
  return read.problem === null
    ? { ...base, asked: { segment: read.segment, now: house.now() }, problem: null }
    : { ...base, asked: null, problem: read.problem.says };
}

/** Notes that somebody looks at a segment that is kept: who comes into it from now on is new to them. */
export async function sawSegment(
  house: House,
  user: User,
  { id, text, asked }: FilterSegment,
): Promise<void> {
  if (id === null || asked === null) return;
  try {
    const members = await house.store.segmentMembers(asked);
    await house.store.sawSegment(id, user.email, members, house.now());
    house.segmentCounts.saw(user.email, { id, expression: text }, members.length);
  } catch (error) {
    // The list is worth more than knowing that it was looked at: the next look notes it.
    if (!(error instanceof ReadGivenUp || error instanceof StoreBusy)) throw error;
  }
}

/** The same for what is being typed. */
export async function readTyped(house: House, text: string): Promise<ReadSegment> {
  return readSegment(text, await house.store.knownNames());
}
