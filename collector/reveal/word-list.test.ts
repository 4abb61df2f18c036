import { expect, test } from 'vitest';
import { wordList, wordLists } from './word-list.ts';

test.each([
  ['telecom', 'northwind telecom', 'telecom'],
  ['tele*', 'northwind telephones', 'telephones'],
  ['*bank', 'northwind koopbank', 'koopbank'],
  ['city of', 'the city of northwind', 'city of'],
])('%s is found in “%s”', (entry, name, found) => {
  expect(wordList([entry])(name.split(' '))).toBe(found);
});

test.each([
  ['telecom', 'telecoms'],
  ['tele*', 'northtele'],
  ['*net', 'net'],
  ['city of', 'city northwind of'],
  ['city of', 'cityof'],
])('%s is not found in “%s”', (entry, name) => {
  expect(wordList([entry])(name.split(' '))).toBeNull();
});

test('the more telling list wins over the earlier word', () => {
  const find = wordLists([['university'], ['network']]);
  expect(find(['network', 'university'])).toEqual({ list: 0, word: 'university' });
  expect(find(['network'])).toEqual({ list: 1, word: 'network' });
});

test.each(['a*b', 'two wor*', '*two words'])('a mark in the middle is a slip: %s', (entry) => {
  expect(() => wordList([entry])).toThrow(entry);
});
