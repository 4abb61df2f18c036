import { expect, test } from 'vitest';
import { about, ago, countryName, duration } from './words.ts';

const now = Date.UTC(2026, 10, 20, 15);
const minute = 60_000;

test.each([
  [0, 'just now'],
  [-5 * minute, 'just now'],
  [59 * minute, '59 min ago'],
  [60 * minute, '1 h ago'],
  [23 * 60 * minute, '23 h ago'],
  [24 * 60 * minute, 'yesterday'],
  [30 * 24 * 60 * minute, '30 days ago'],
  [31 * 24 * 60 * minute, '20 Oct 2026'],
])('%d ms ago is said as %s', (age, words) => {
  expect(ago(now - age, now)).toBe(words);
});

test.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [125_000, '2 min 5 s'],
  [12.5 * minute, '12 min'],
  [72 * minute, '1 h 12 min'],
])('%d ms last %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test('a country has its name, and a code that is none is shown as it is', () => {
  expect(countryName('DE')).toBe('Germany');
  expect(countryName('<b>')).toBe('<b>');
});

test.each([
  [0, '0'],
  [99, '99'],
  [101, 'about 101'],
  [12_345, 'about 12,300'],
  [999_600, 'about 1,000,000'],
])('about %d is said as %s', (value, words) => {
  expect(about(value)).toBe(words);
});
