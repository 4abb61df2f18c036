import { describe, expect, test } from 'vitest';
import { attributesOf, buildOf, type TagSettings, tagSettings, usualTag } from './tag-settings.ts';

const everything: TagSettings = {
  measures: 'usual',
  hash: true,
  domain: 'shop.example',
  consent: 'google',
  emailDomain: true,
  fieldTiming: true,
  capture: ['size', 'billing city'],
  link: ['a.example', 'b.example'],
  calls: true,
  debug: true,
};

describe('the build that is served', () => {
  test.each<[string, Partial<TagSettings>, string]>([
    ['the usual choice', {}, 't.js'],
    ['a route behind #', { hash: true }, 't.js'],
    ['a cookie domain', { domain: 'shop.example' }, 't.js'],
    ['page views only', { measures: 'pages' }, 't.least.js'],
    ['page views only, route behind #', { measures: 'pages', hash: true, domain: 'a.example' }, 't.least.js'],
    ['consent', { consent: 'required' }, 't.full.js'],
    ['Google’s consent mode', { consent: 'google' }, 't.full.js'],
    ['TCF', { consent: 'tcf' }, 't.full.js'],
    ['domains of e-mail addresses', { emailDomain: true }, 't.full.js'],
    ['timing of fields', { fieldTiming: true }, 't.full.js'],
    ['values of fields', { capture: ['size'] }, 't.full.js'],
    ['linked domains', { link: ['a.example'] }, 't.full.js'],
    ['calls of the site', { calls: true }, 't.full.js'],
    ['debugging', { debug: true }, 't.full.js'],
  ])('for %s is the smallest that can do it', (_, chosen, build) => {
    expect(buildOf({ ...usualTag, ...chosen })).toBe(build);
  });
});

test('the tag is told what differs from the usual, and nothing else', () => {
  expect(attributesOf(usualTag)).toEqual({});
  expect(attributesOf({ ...usualTag, fieldTiming: true })).toEqual({ forms: 'fields' });
  expect(attributesOf(everything)).toEqual({
    hash: '',
    domain: 'shop.example',
    consent: 'google',
    forms: 'domain fields',
    capture: 'size,billing city',
    link: 'a.example,b.example',
    debug: '',
  });
});

describe('choosing', () => {
  const problemsOf = (chosen: object) =>
    tagSettings.safeParse({ ...usualTag, ...chosen }).error?.issues.map(({ path }) => path[0]) ?? [];

  test('page views only together with what those cannot do is refused, each with its reason', () => {
    expect(problemsOf({ measures: 'pages', hash: true, domain: 'a.example' })).toEqual([]);
    expect(problemsOf({ ...everything, measures: 'pages' })).toEqual([
      'consent',
      'emailDomain',
      'fieldTiming',
      'capture',
      'link',
      'calls',
      'debug',
    ]);
  });

  test.each([
    [{ capture: ['a,b'] }, 'capture'],
    [{ capture: ['two\nlines'] }, 'capture'],
    [{ capture: ['x'.repeat(101)] }, 'capture'],
    [{ capture: Array.from({ length: 51 }, (_, index) => `field-${index}`) }, 'capture'],
    [{ consent: 'maybe' }, 'consent'],
    [{ hash: 'on' }, 'hash'],
  ])('%j is refused', (chosen, about) => {
    expect(problemsOf(chosen)).toContain(about);
  });
});
