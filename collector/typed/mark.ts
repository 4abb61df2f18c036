/** Checks what is to be marked on companies, as it was chosen on a page or sent by a program. */
import { type MarkChange, maxNoteLength, maxTagLength } from '../store/marks.ts';

/** A tag as it is kept: one line, one space between words. */
export function readTag(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What is wrong with a tag as it is kept; null: nothing. */
export function tagProblem(tag: string): string | null {
  return tag.length > maxTagLength
    ? `A tag has at most ${maxTagLength} letters; "${tag}" has ${tag.length}.`
    : null;
}

/** What is wrong with an owner. @param emails of everybody who may own a company */
export function ownerProblem(owner: string, emails: readonly string[]): string | null {
  return emails.includes(owner)
    ? null
    : `Nobody here has the e-mail "${owner}"; choose somebody of the list.`;
}

/** A note as it is kept: lines end as they do here, and none is empty at the end. @returns null: too long */
export function readNote(typed: string): string | null {
  const text = typed.replace(/\r\n?/g, '\n').trim();
  return text.length > maxNoteLength ? null : text;
}

/** Whom somebody follows or hides is theirs alone; owners and tags are everybody's. */
export function isSharedMark({ kind }: Pick<MarkChange, 'kind'>): boolean {
  return kind === 'assign' || kind === 'tag' || kind === 'untag';
}
