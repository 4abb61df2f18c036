/** How many segments one may keep, and what they may be called: the same for pages and programs. */

/** Segments that one person, or one key, may keep: each is counted when the list is opened. */
export const maxSegments = 100;
export const maxSegmentNameLength = 80;

/** Its writer; and of a shared one, whoever answers for the list. */
export function mayChangeSegment(
  who: { name: string; answersForList: boolean },
  segment: { owner: string; isShared: boolean },
): boolean {
  return segment.owner === who.name || (segment.isShared && who.answersForList);
}
