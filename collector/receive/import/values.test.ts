import { describe, expect, test } from 'vitest';
import { createMoments, type DateOrder, isTimeZone } from './moment.ts';
import { touchpointKindOf } from './touchpoint-kind.ts';
import { amountOf, currencyOf, emailOf, webPageOf } from './values.ts';

const iso = (text: string, time = '', timeZone = 'Europe/Berlin', order: DateOrder = null) => {
  const moment = createMoments(timeZone, order)(text, time);
  return typeof moment === 'string'
    ? moment
    : `${new Date(moment.at).toISOString()}${moment.isDay ? ' day' : ''}`;
};

describe('a moment', () => {
  test.each([
    ['2026-07-14T15:30:00Z', '', '2026-07-14T15:30:00.000Z'],
    ['2026-07-14T15:30:00+02:00', '', '2026-07-14T13:30:00.000Z'],
    ['2026-07-14 15:30', '', '2026-07-14T13:30:00.000Z'],
    ['2026-01-14 15:30:20', '', '2026-01-14T14:30:20.000Z'],
    ['14.07.2026 15:30', '', '2026-07-14T13:30:00.000Z'],
    ['14.07.2026', '9:05', '2026-07-14T07:05:00.000Z'],
    ['7/14/2026, 3:30 PM', '', '2026-07-14T13:30:00.000Z'],
    ['14/07/2026', '12:00 am', '2026-07-13T22:00:00.000Z'],
    ['14 July 2026 at 15:30', '', '2026-07-14T13:30:00.000Z'],
    ['Jul 14, 2026', '', '2026-07-14T10:00:00.000Z day'],
    ['2026-07-14', '', '2026-07-14T10:00:00.000Z day'],
    ['1784043000', '', '2026-07-14T15:30:00.000Z'],
    ['1784043000000', '', '2026-07-14T15:30:00.000Z'],
    // Two in the night does not exist on the day that clocks go forward: it is an hour later.
    ['2026-03-29 02:30', '', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25 12:00', '', '2026-10-25T11:00:00.000Z'],
  ])('%s %s in Berlin is %s', (text, time, wanted) => {
    expect(iso(text, time)).toBe(wanted);
  });

  test.each([
    ['yesterday', '', 'is no date; write it as 2026-07-14'],
    ['2026-02-30', '', 'is a day that no calendar has'],
    ['2026-13-01', '', 'is a day that no calendar has'],
    ['2026-07-14 25:00', '', 'has a time that no clock shows'],
    ['2026-07-14', 'noon', 'has the time "noon", which is none'],
    ['03/04/2026', '', 'can be read in two ways'],
    ['14 Foo 2026', '', 'has "foo" for a month'],
  ])('%s %s is told to be none: %s', (text, time, says) => {
    expect(iso(text, time)).toContain(says);
  });

  test('that can be read in two ways is read as somebody says', () => {
    expect(iso('03/04/2026', '', 'UTC', 'dmy')).toBe('2026-04-03T12:00:00.000Z day');
    expect(iso('03/04/2026', '', 'UTC', 'mdy')).toBe('2026-03-04T12:00:00.000Z day');
    expect(iso('04/04/2026', '', 'UTC')).toBe('2026-04-04T12:00:00.000Z day');
  });

  test('has a zone that there is', () => {
    expect([isTimeZone('Europe/Berlin'), isTimeZone('Middle/Earth')]).toEqual([true, false]);
  });
});

test.each([
  ['1200', 1200, null],
  ['1,234.50', 1234.5, null],
  ['1.234,50 €', 1234.5, 'EUR'],
  ['USD 1’200', null, null],
  ["CHF 1'200.05", 1200.05, 'CHF'],
  ['$1,234', 1234, 'USD'],
  ['1.234', 1234, null],
  ['0.125', 0.125, null],
  ['1,5', 1.5, null],
  ['1,234,567', 1234567, null],
  ['-20', -20, null],
  ['12 apples', null, null],
  ['=1+1', null, null],
])('the amount %s is %s %s', (text, amount, currency) => {
  const read = amountOf(text);
  expect(read).toEqual(
    amount === null ? expect.objectContaining({ refused: 'bad_number' }) : { amount, currency },
  );
});

test.each([
  ['Kim <Kim@Example.com>', 'kim@example.com'],
  ['mailto:kim@example.com', 'kim@example.com'],
  ['kim@example', null],
  ['kim@example.com, lee@example.com', null],
])('the e-mail %s is %s', (text, wanted) => {
  expect(emailOf(text)).toEqual(wanted ?? expect.objectContaining({ refused: 'bad_email' }));
});

test.each([
  ['linkedin.com/in/kim/', 'https://linkedin.com/in/kim'],
  ['https://www.linkedin.com/in/kim?trk=x#top', 'https://www.linkedin.com/in/kim'],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['kim', null],
])('the page %s is %s', (text, wanted) => {
  expect(webPageOf(text)).toEqual(wanted ?? expect.objectContaining({ refused: 'bad_url' }));
});

test('a currency is three letters or a sign that everybody knows', () => {
  expect([currencyOf('eur'), currencyOf('€')]).toEqual(['EUR', 'EUR']);
  expect(currencyOf('euros')).toMatchObject({ refused: 'bad_currency' });
});

test.each([
  ['Phone call', 'call', 'Call'],
  ['Sales call', 'call', 'Sales call'],
  ['trade_fair', 'fair', 'Trade fair'],
  ['Demo', 'meeting', 'Demo'],
  ['e-mail', 'mail', 'E-mail'],
  ['Invoice paid', 'payment', 'Invoice paid'],
  ['handshake', 'other', 'Handshake'],
  ['', 'other', 'Touchpoint'],
])('“%s” is a %s called %s', (said, kind, name) => {
  expect(touchpointKindOf(said)).toEqual({ kind, name });
});
