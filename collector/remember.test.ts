import { expect, it } from 'vitest';
import { remember } from './remember.ts';

function counted(maxEntries: number) {
  const made: string[] = [];
  const find = remember(maxEntries, (key) => {
    made.push(key);
    return key === 'nothing' ? undefined : key.toUpperCase();
  });
  return { find, made };
}

it('an answer is worked out once', () => {
  const { find, made } = counted(4);
  expect([find('a'), find('a'), find('b')]).toEqual(['A', 'A', 'B']);
  expect(made).toEqual(['a', 'b']);
});

it('the answer "nothing" is remembered too', () => {
  const { find, made } = counted(4);
  expect(find('nothing')).toBeUndefined();
  expect(find('nothing')).toBeUndefined();
  expect(made).toEqual(['nothing']);
});

it('a key in use survives any number of others', () => {
  const { find, made } = counted(4);
  find('kept');
  for (let i = 0; i < 1_000; i++) {
    find(`other ${i}`);
    find('kept');
  }
  expect(made.filter((key) => key === 'kept')).toHaveLength(1);
});

it('a key not asked for is forgotten, so memory stays bounded', () => {
  const { find, made } = counted(4);
  find('once');
  for (let i = 0; i < 8; i++) find(`other ${i}`);
  find('once');
  expect(made.filter((key) => key === 'once')).toHaveLength(2);
});
