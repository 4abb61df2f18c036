import { expect, test } from 'vitest';
import type { MarkChange, MarksChanged } from '../collector/store/marks.ts';
import { changeWords, comparedWords } from './change-words.ts';
import { changedWords } from './mark-words.ts';

const changed = (change: MarkChange, more: Partial<MarksChanged> = {}): MarksChanged => ({
  id: 1,
  change,
  accounts: 2,
  refused: 0,
  madeBy: 'kim@example.com',
  madeAt: 0,
  undoneAt: null,
  ...more,
});

test.each<[MarkChange, string]>([
  [{ kind: 'follow' }, 'Followed 2 companies.'],
  [{ kind: 'unfollow' }, 'Stopped following 2 companies.'],
  [{ kind: 'hide' }, 'Hid 2 companies.'],
  [{ kind: 'unhide' }, 'Showed 2 companies again.'],
  [{ kind: 'assign', owner: 'sam@example.com' }, 'Made sam@example.com the owner of 2 companies.'],
  [{ kind: 'assign', owner: null }, 'Took the owner off 2 companies.'],
  [{ kind: 'tag', tag: 'Fair' }, 'Tagged 2 companies with “Fair”.'],
  [{ kind: 'untag', tag: 'Fair' }, 'Took “Fair” off 2 companies.'],
])('%j is said as "%s"', (change, says) => {
  expect(changedWords(changed(change))).toBe(says);
});

test('what was refused, what was so already, and what was undone is said too', () => {
  const tag: MarkChange = { kind: 'tag', tag: 'Fair' };
  expect(changedWords(changed(tag, { refused: 1 }))).toBe(
    'Tagged 2 companies with “Fair”. 1 company had 20 tags already and got no more.',
  );
  expect(changedWords(changed(tag, { accounts: 0 }))).toBe('Nothing changed: it was so already.');
  expect(changedWords(changed(tag, { undoneAt: 1 }))).toBe('Undone: tagged 2 companies with “Fair”.');
});

test('a change of engagement says what is compared with what', () => {
  const days = { period: '30d', from: '', to: '' } as const;
  expect(changeWords(12, comparedWords(days))).toBe('12 pages more than in the 30 days before');
  expect(changeWords(-1, comparedWords(days))).toBe('1 page fewer than in the 30 days before');
  expect(changeWords(0, comparedWords(days))).toBe('As many pages as in the 30 days before');
  expect(changeWords(0, comparedWords({ ...days, period: 'all' }))).toBe(
    'As many pages as in the 30 days before',
  );
  const custom = { period: 'custom', from: '2026-11-01', to: '2026-11-07' } as const;
  expect(comparedWords(custom)).toBe('than in the 7 days before');
  expect(comparedWords({ ...custom, to: '2026-11-01' })).toBe('than on the day before');
});
