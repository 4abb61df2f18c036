import { describe, expect, test } from 'vitest';
import { events, parseEvent } from '../../collector/events.ts';
import { type Check, invalid } from '../../collector/wire-check.ts';
import * as wire from '../../tracker/wire.ts';
import { readWireDocument } from './document.ts';

const sections = readWireDocument();
const types = Object.keys(events) as wire.EventType[];
const fieldsOf = (heading: string) => [...(sections.get(heading)?.rows.keys() ?? [])];

describe('wire.md', () => {
  test('names every constant of wire.ts with its value, and no other', () => {
    const told = [...(sections.get('Limits and names')?.rows ?? [])];
    expect(told.map(([name, value]) => [name, value.replace(/(?<=\d),(?=\d{3})/g, '')]).sort()).toEqual(
      Object.entries(wire)
        .map(([name, value]) => [name, String(value)])
        .sort(),
    );
  });

  test.each(types)('has the fields of %s that the collector takes', (type) => {
    const shape = events[type].check.shape as Record<string, Check<unknown>>;
    const told = [...fieldsOf('Events'), ...fieldsOf(type)];
    expect(told.sort()).toEqual(Object.keys(shape).sort());
    const rows = new Map([...(sections.get('Events')?.rows ?? []), ...(sections.get(type)?.rows ?? [])]);
    const needed = told.filter((field) => shape[field]?.(undefined) === invalid);
    expect(told.filter((field) => rows.get(field) === 'always')).toEqual(needed);
  });

  test.each(types)('has an example of %s that the collector takes as it is', (type) => {
    const example = sections.get(type)?.example;
    expect(example).toMatchObject({ type });
    expect(parseEvent(example)).toEqual(example);
  });

  test('has an example of a batch with every field of one', () => {
    expect(Object.keys(sections.get('Batch')?.example as object)).toEqual(fieldsOf('Batch'));
  });
});
