import { expect, test } from 'vitest';
import { eventWord } from './event-word.ts';

test.each([
  'Project Created',
  'projectCreated',
  'project-created',
  'projects_created',
  '  PROJECTS  created ',
])('"%s" is counted as project_created', (name) => expect(eventWord(name)).toBe('project_created'));

test.each([
  ['Companies Invited', 'company_invited'],
  ['access', 'access'],
  ['businesses', 'business'],
  ['boxes', 'box'],
  ['status', 'status'],
  ['analysis', 'analysis'],
  ['Größe geändert', 'größe_geändert'],
  ['HTTPError', 'httperror'],
  ['plan2Upgraded', 'plan2_upgraded'],
  ['…', ''],
])('"%s" is counted as "%s"', (name, word) => expect(eventWord(name)).toBe(word));

test('a word is its own word, so that a rule may say either', () => {
  for (const name of ['Project Created', 'Companies Invited', 'sses', 'Statuses', 'iess'])
    expect(eventWord(eventWord(name))).toBe(eventWord(name));
});
