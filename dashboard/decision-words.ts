/** What was decided, and what it moved, in sentences. */
import type { Decision, Moved } from '../collector/store/store.ts';
import { counted } from './words.ts';

const own = 'ourselves';

/** `203.0.113.0/24 is not a company`. */
export function decisionWords({ kind, match, says, account, target }: Decision): string {
  const name = account?.name ?? 'An account';
  const other = target?.name ?? 'another company';
  switch (kind) {
    case 'network':
      if (says === 'company') return `${match} is ${other}`;
      return says === 'own' ? `${match} is ${own}` : `${match} is not a company`;
    case 'merge':
      return `${name} is ${other}`;
    case 'split':
      return `${name} stands alone`;
    case 'never':
      return `${name} is not a company`;
    case 'own':
      return `${name} is ${own}`;
    case 'parent':
      return target === null ? `${name} is part of nothing` : `${name} is part of ${other}`;
    case 'forget':
      return `What ${match} was taught is forgotten`;
  }
}

/** `Moved 14 visits of 3 visitors from Vocus to no company.` */
export function movedWords({ visits, visitors, from, to }: Moved): string {
  if (visits === 0) return 'No visit moved.';
  return `Moved ${counted(visits, 'visit')} of ${counted(visitors, 'visitor')} from ${names(from)} to ${names(to)}.`;
}

function names(places: Moved['from']): string {
  const words = places.map(({ name }) => name ?? 'no company');
  return words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
