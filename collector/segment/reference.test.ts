/** Holds docs/segment-language.md to what the program reads. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../package-root.ts';
import { readSegment } from './index.ts';
import type { Names } from './names.ts';
import { laterTerms, termNames } from './terms.ts';

const page = readFileSync(path.join(packageRoot, 'docs/segment-language.md'), 'utf8');
const names: Names = { events: ['Project Created', 'Users Invited'], forms: [], traits: [] };

const examples = [...page.matchAll(/```segment\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line !== ''),
);
const mistakes = [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \|$/gm)]
  .map(([, typed = '', answer = '']) => [typed, answer] as const)
  .slice(-8);

describe('the reference', () => {
  test.each(examples)('has an example that can be read: %s', (typed) => {
    expect(readSegment(typed, names)).toMatchObject({ problem: null });
  });

  test.each(mistakes)('explains %s as the program does', (typed, answer) => {
    expect(readSegment(typed, names).problem?.says).toBe(answer);
  });

  test('has every term, with an example of each that can be asked', () => {
    expect(examples.length).toBeGreaterThan(25);
    expect(mistakes).toHaveLength(8);
    const used = examples.join('\n');
    for (const name of termNames) expect(used, name).toMatch(new RegExp(`\\b${name}\\b`));
    for (const name of Object.keys(laterTerms)) expect(page, name).toContain(name);
  });
});
