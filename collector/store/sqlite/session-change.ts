/** What a batch did to one session: all that sums need to follow it. */
import type { Session } from '../../identify/session.ts';

/** One session before and after a batch; null where it was not, or is no more. */
export interface SessionChange {
  before: Session | null;
  after: Session | null;
  /** The session brings a person or browser that its account did not have before on this site. */
  bringsPerson: boolean;
}
