/** Where people of an account got stuck, as far as events say it. Types only. */

/**
 * `abandoned`: a form that was begun and left; `again`: a form sent more than once within a visit, which is what people
 * do when it does not go through; `missing`: a page that is not there, as the site itself tells.
 */
export type PainKind = 'abandoned' | 'again' | 'missing';

export interface PainPoint {
  kind: PainKind;
  /** The form, by its name, else its id, else its page; of a missing page, its path. */
  name: string;
  /** Of a form that was left, the field touched last, where one was told. */
  field: string | null;
  times: number;
  visits: number;
  /** The latest visit in which it happened. */
  session: { id: number; startedAt: number };
  lastAt: number;
}

export interface PainPoints {
  /** Those of most visits first. */
  points: PainPoint[];
  /** The latest visits that were looked at. */
  looked: number;
}
