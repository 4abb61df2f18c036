/**
 * One call of Segment's API as its clients write it. Read leniently, since real clients send null for what they do
 * not know, `[]` for an empty object (PHP) and numbers for ids; what is of another type counts as not said.
 */
import { maxTextLength } from '../../../tracker/wire.ts';

export const callTypes = ['page', 'track', 'identify', 'group', 'alias', 'screen'] as const;
export type CallType = (typeof callTypes)[number];

export interface Fields {
  readonly [name: string]: unknown;
}

const nothing: Fields = Object.freeze({});

/** True for an object that is no array. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object's own fields; none if it is no object. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : nothing;
}

/** A text; empty if it is none. Half a character, as a cut may leave it, is no text that could be stored. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : '';
}

/**
 * An id: a text, or a number that is exactly what was meant.
 * @returns null if none was said; undefined for what would mix two people up: longer than we keep, or past 2^53
 */
export function idOf(value: unknown): string | null | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  const text = textOf(value).trim();
  if (text === '') return null;
  return text.length > maxTextLength ? undefined : text;
}

/** The type that an item of a batch says; null if it is none of ours. */
export function callTypeOf(value: unknown): CallType | null {
  return callTypes.find((type) => type === value) ?? null;
}

/**
 * An item with what its batch says for all of them.
 * Spread, which copies a field called `__proto__` as a field like any other.
 */
export function withShared(item: Fields, batch: Fields): Fields {
  const shared = (name: 'context' | 'integrations') => ({
    ...fieldsOf(batch[name]),
    ...fieldsOf(item[name]),
  });
  return {
    ...item,
    context: shared('context'),
    integrations: shared('integrations'),
    sentAt: item.sentAt ?? batch.sentAt,
  };
}
