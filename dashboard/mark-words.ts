/** What was marked, in sentences. */
import type { BuiltInList, MarkChange, MarksChanged } from '../collector/store/marks.ts';
import { maxTags } from '../collector/store/marks.ts';
import { counted } from './words.ts';

export const listLabels: Record<BuiltInList, string> = {
  all: 'All',
  new: 'New',
  mine: 'Mine',
  followed: 'Followed',
  unseen: 'Nobody has looked at these',
  hidden: 'Hidden',
};

const companies = (count: number) => counted(count, 'company', 'companies');

function doneWords(change: MarkChange, accounts: number): string {
  const these = companies(accounts);
  switch (change.kind) {
    case 'follow':
      return `Followed ${these}.`;
    case 'unfollow':
      return `Stopped following ${these}.`;
    case 'hide':
      return `Hid ${these}.`;
    case 'unhide':
      return `Showed ${these} again.`;
    case 'assign':
      return change.owner === null
        ? `Took the owner off ${these}.`
        : `Made ${change.owner} the owner of ${these}.`;
    case 'tag':
      return `Tagged ${these} with “${change.tag}”.`;
    case 'untag':
      return `Took “${change.tag}” off ${these}.`;
  }
}

/** `Hid 12 companies.` */
export function changedWords({ change, accounts, refused, undoneAt }: MarksChanged): string {
  const left = refused === 0 ? '' : ` ${companies(refused)} had ${maxTags} tags already and got no more.`;
  if (accounts === 0) return `Nothing changed${refused === 0 ? ': it was so already' : ''}.${left}`;
  const done = doneWords(change, accounts);
  return undoneAt === null ? `${done}${left}` : `Undone: ${done.charAt(0).toLowerCase()}${done.slice(1)}`;
}
