/** The checks of what a browser sent, beside schemas that say the same in a library's words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseEvent } from '../../collector/events.ts';
import { type EventType, maxPropsLength, maxTextLength, maxUrlLength } from '../../tracker/wire.ts';

const kept = (value: string) => value.slice(0, maxTextLength);
const text = z.string().transform(kept);
const someText = z.string().min(1).transform(kept);
const url = z.string().max(maxUrlLength);
const props = z
  .record(z.string().max(maxTextLength), z.unknown())
  .refine((value) => JSON.stringify(value).length <= maxPropsLength);
const fields = z
  .record(text, z.object({ ms: z.number().min(0), fills: z.number().min(0) }))
  .refine((value) => Object.keys(value).length <= 200);
const base = {
  id: z.string().min(8).max(64),
  ago: z.number().optional(),
  url: url.min(1),
  title: text.optional(),
};

const schemas: { [Type in EventType]: z.ZodType } = {
  page: z.object({ ...base, type: z.literal('page'), referrer: url.optional() }),
  form: z.object({
    ...base,
    type: z.literal('form'),
    step: z.enum(['start', 'submit', 'abandon']),
    name: text.optional(),
    form: text.optional(),
    action: url.optional(),
    field: text.optional(),
    domain: text.optional(),
    values: z.record(text, text).optional(),
    fields: fields.optional(),
  }),
  track: z.object({ ...base, type: z.literal('track'), name: someText, props: props.optional() }),
  identify: z.object({
    ...base,
    type: z.literal('identify'),
    user: text.optional(),
    traits: props.optional(),
  }),
  leave: z.object({
    ...base,
    type: z.literal('leave'),
    seconds: z.number().int().min(0),
    scroll: z.number().int().min(0).max(100),
  }),
  link: z.object({
    ...base,
    type: z.literal('link'),
    kind: z.enum(['outbound', 'download', 'mail', 'phone']),
    target: url.optional(),
  }),
  group: z.object({ ...base, type: z.literal('group'), group: someText, traits: props.optional() }),
};

function bySchema(value: unknown): unknown {
  const type = z.looseObject({ type: z.enum(Object.keys(schemas) as EventType[]) }).safeParse(value);
  if (!type.success) return null;
  const parsed = schemas[type.data.type].safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Text of lengths on both sides of every bound. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(0, 1, 7, 8, 64, 65, 300, 301, 2_048, 2_049).map((length) => 'é'.repeat(length)),
  fc.constantFrom(3, 4, 7, 8, 32, 33, 64, 65, 150, 151, 2_048, 2_049).map((length) => '𐀀'.repeat(length)),
);
// The schemas refuse an object that has a key `constructor` as no plain one; a person may name a field so.
const anyName = anyText.filter((name) => name !== 'constructor');
const anyNumber = fc.oneof(
  fc.integer({ min: -2, max: 102 }),
  fc.double(),
  fc.constantFrom(2 ** 53, -(2 ** 53), Number.POSITIVE_INFINITY, -0, 0.5, Number.MAX_VALUE),
);
const anyRecord = fc.dictionary(anyName, fc.oneof(anyText, fc.jsonValue()), { maxKeys: 4 });
const someFields = fc.dictionary(anyName, fc.record({ ms: anyNumber, fills: anyNumber, more: fc.string() }), {
  maxKeys: 3,
});
const stranger = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(null), fc.constant([]));
const manyFields = fc
  .constantFrom(200, 201)
  .map((count) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, { ms: 1, fills: 1 }])),
  );
const largeProps = fc
  .constantFrom(maxPropsLength - 9, maxPropsLength)
  .map((length) => ({ a: 'x'.repeat(length - 2) }));

const right: { [key: string]: fc.Arbitrary<unknown> } = {
  id: fc.constantFrom('event-00001', 'x'.repeat(8), 'x'.repeat(64)),
  url: fc.constantFrom('https://www.lumen.example/', 'x'),
  type: fc.constantFrom(...Object.keys(schemas)),
  title: anyText,
  ago: fc.integer({ min: 0, max: 9_999 }),
  referrer: fc.constant('https://search.example/'),
  step: fc.constantFrom('start', 'submit', 'abandon'),
  kind: fc.constantFrom('outbound', 'download', 'mail', 'phone'),
  name: fc.constant('contact'),
  form: anyText,
  action: fc.constant('/send'),
  field: anyText,
  domain: anyText,
  values: fc.dictionary(anyName, anyText, { maxKeys: 3 }),
  fields: fc.oneof(someFields, manyFields),
  props: fc.oneof(anyRecord, largeProps),
  traits: anyRecord,
  user: anyText,
  group: fc.constant('g-1'),
  target: fc.constant('https://elsewhere.example/'),
  seconds: fc.nat(5_000),
  scroll: fc.integer({ min: 0, max: 100 }),
  more: stranger,
};

describe('an event is checked as its schema says:', () => {
  test('what is right is kept to the letter, and what is wrong is refused', () => {
    const keys = Object.keys(right);
    const events = fc
      .record(right as Record<string, fc.Arbitrary<unknown>>, {
        requiredKeys: ['id', 'url', 'type', 'step', 'kind', 'group', 'name', 'seconds', 'scroll'],
      })
      .chain((event) =>
        fc.oneof(
          fc.constant(event),
          // One field of it made a stranger, or taken away.
          fc
            .tuple(
              fc.constantFrom(...keys),
              fc.oneof(stranger, anyText, anyNumber, anyRecord, fc.constant(undefined)),
            )
            .map(([key, value]) => ({ ...event, [key]: value })),
        ),
      );
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(events, (event) => {
        const expected = bySchema(event);
        if (expected === null) refused += 1;
        else accepted += 1;
        expect(parseEvent(event)).toEqual(expected);
        // The order of keys is the order in which they are stored.
        expect(JSON.stringify(parseEvent(event))).toBe(JSON.stringify(expected));
      }),
      { numRuns: 1_500 },
    );
    // Neither side of the property was empty.
    expect(Math.min(accepted, refused)).toBeGreaterThan(150);
  });

  test('anything at all is refused the same way', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(parseEvent(value)).toEqual(bySchema(value));
      }),
      { numRuns: 1_000 },
    );
  });

  const event = { id: 'event-00001', type: 'track', url: 'https://www.lumen.example/', name: 'Bought' };
  test('a field named __proto__ is left out, and changes nothing else', () => {
    const parsed = parseEvent(
      JSON.parse(
        JSON.stringify({ ...event, props: {} }).replace('{}', '{"__proto__":{"isAdmin":true},"a":1}'),
      ),
    );
    expect(parsed).toEqual({ ...event, props: { a: 1 } });
    expect((parsed as { props: object }).props).not.toHaveProperty('isAdmin');
  });

  test('a type that every object has by birth is none of ours', () => {
    for (const type of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(parseEvent({ ...event, type })).toBeNull();
  });

  test('a field that somebody named "constructor" is one like any other', () => {
    expect(parseEvent({ ...event, props: { constructor: 'Smith & Sons' } })).toEqual({
      ...event,
      props: { constructor: 'Smith & Sons' },
    });
  });
});
