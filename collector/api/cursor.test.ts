import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCursors } from './cursor.ts';

const cursors = openCursors('a-secret-for-tests-only-9f8e7d6c5b4a3');

test('a cursor is read as it was made', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 3 }), (place) => {
      expect(cursors.read('accounts {}', cursors.make('accounts {}', place))).toEqual(place);
    }),
  );
});

test('a cursor of another list, of another filter or of another server is refused', () => {
  const cursor = cursors.make('accounts {"search":"a"}', [50]);
  const other = openCursors('another-secret-for-tests-only-1a2b3c4d5');
  for (const read of [
    () => cursors.read('accounts {"search":"b"}', cursor),
    () => cursors.read('networks {"search":"a"}', cursor),
    () => other.read('accounts {"search":"a"}', cursor),
  ])
    expect(read).toThrow('was not given out for this list');
});

test('no text that somebody makes up is read as a place', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('1e.AAAAAAAAAAAA')),
      (text) => {
        expect(() => cursors.read('accounts {}', text)).toThrow('was not given out');
      },
    ),
  );
});

test('a cursor with one letter changed is refused', () => {
  const cursor = cursors.make('events', [90_210]);
  for (let at = 0; at < cursor.length; at += 1) {
    const letter = cursor[at] === 'a' ? 'b' : 'a';
    expect(() => cursors.read('events', cursor.slice(0, at) + letter + cursor.slice(at + 1))).toThrow();
  }
});
