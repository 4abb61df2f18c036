/** What happened at an account lately that asks for something to be done: what the store answers. Types only. */

/** How far back something still asks for an answer. */
export const signDays = 7;

export interface AccountSigns {
  /** When this user had looked before they sat down to look now; null: never. */
  lookedAt: number | null;
  /** Since then; of somebody who never looked, in the last `signDays`. */
  since: { visits: number; people: number };
  /** Pages about prices that were viewed in the last `signDays`. */
  pricing: { views: number; people: number; path: string; lastAt: number } | null;
  /** The newest form that was sent in them. */
  form: { name: string; at: number; person: string | null } | null;
}
