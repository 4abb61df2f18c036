/** What is counted of events: the dictionary of subjects, and what one event adds to which of them. */
import type { Database } from 'better-sqlite3';
import type { Detail } from '../../draft.ts';
import { eventWord } from '../../event-word.ts';
import { Dictionary } from './dictionary.ts';
import { eventTypeCodes } from './event-type.ts';

/** An event, as far as anything is counted of it. */
export interface Countable {
  /** See event-type.ts. */
  type: number;
  pageId: number;
  detail: Detail;
}

/** Types of which something is counted; a form only when it is sent. */
export const countedCodes: readonly number[] = [
  eventTypeCodes.page,
  eventTypeCodes.track,
  eventTypeCodes.form,
  eventTypeCodes.leave,
];

export interface Subjects {
  /** What an event adds to which subject; null where it adds nothing. */
  countedOf(event: Countable): { subjectId: number; count: number } | null;
  /** After a rollback, the newest subjects may not exist. */
  forget(): void;
}

/** A browser's word on how long somebody looked at one page is believed up to here. */
const maxEngagedSeconds = 24 * 3600;

/** Pages whose subject is kept in memory. */
const maxPages = 50_000;

/** No subject has this number. */
const unknownSubject = 0;

/** @param canAdd false: what is not in the dictionary has no number, for the connection may not write */
export function openSubjects(db: Database, { canAdd }: { canAdd: boolean }): Subjects {
  const dictionary = new Dictionary(db, 'subject', ['kind', 'name'], ['word']);
  const find = db
    .prepare<[string, string], number>('select id from subject where kind = ? and name = ?')
    .pluck();
  const pathOf = db.prepare<[number], string>('select path from page where id = ?').pluck();
  let pages = new Map<number, number>();

  function subject(kind: 'page' | 'event' | 'form' | 'engaged', name: string): number {
    if (!canAdd) return find.get(kind, name) ?? unknownSubject;
    return dictionary.id([kind, name], () => [kind === 'page' ? name.toLowerCase() : eventWord(name)]);
  }

  /** A page is known by its number to the events, and to whoever counts by its path, whatever its host. */
  function page(pageId: number): number {
    const known = pages.get(pageId);
    if (known !== undefined) return known;
    const path = pathOf.get(pageId);
    if (path === undefined) throw new Error(`there is no page ${pageId}; the store is damaged`);
    const id = subject('page', path);
    if (pages.size >= maxPages) pages = new Map();
    pages.set(pageId, id);
    return id;
  }

  return {
    countedOf({ type, pageId, detail }) {
      if (type === eventTypeCodes.page) return { subjectId: page(pageId), count: 1 };
      if (type === eventTypeCodes.track)
        return { subjectId: subject('event', detail.track?.name ?? ''), count: 1 };
      if (type === eventTypeCodes.form) {
        const { name = '', id = '', action = '' } = detail.form ?? {};
        return { subjectId: subject('form', name || id || action), count: 1 };
      }
      const seconds = type === eventTypeCodes.leave ? (detail.leave?.seconds ?? 0) : 0;
      // Nothing counted is no row, so that a row whose count comes to nothing can go.
      if (seconds <= 0) return null;
      return { subjectId: subject('engaged', ''), count: Math.min(seconds, maxEngagedSeconds) };
    },
    forget() {
      dictionary.forget();
      pages = new Map();
    },
  };
}
