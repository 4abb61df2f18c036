/**
 * Small checks of what a browser sent: each returns the value as it is kept, or `invalid`. Twenty events through a
 * schema library cost more than all else that becomes of them; these cost next to nothing, and one per key is asked
 * for by the compiler all the same.
 */

/** What no value is: `undefined` may be one. */
export const invalid = Symbol('invalid');

/** One value as it is kept, or `invalid`. */
export type Check<Value> = (value: unknown) => Value | typeof invalid;

/** One check per key, so that a field added to the wire and forgotten here is a compile error, not lost in silence. */
export type Checks<Wire> = { [Key in keyof Required<Wire>]: Check<Wire[Key & keyof Wire]> };

/** Text within bounds; what is longer than `kept` is cut and not refused. */
export function text(bounds: { min?: number; max?: number; kept?: number }): Check<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, kept = Number.POSITIVE_INFINITY } = bounds;
  return (value) => {
    if (typeof value !== 'string') return invalid;
    const units = value.length;
    // A character is one or two units: only where that is in doubt are they counted.
    if (units < min || (units < 2 * min && characters(value) < min)) return invalid;
    if (units > max && (units > 2 * max || characters(value) > max)) return invalid;
    return units > kept ? value.slice(0, kept) : value;
  };
}

function characters(value: string): number {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

/** A finite number within bounds. */
export function numberOf({ min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = {}): Check<number> {
  return (value) => (typeof value === 'number' && value >= min && value <= max ? value : invalid);
}

/** A whole number that arithmetic still tells from its neighbours. */
export function wholeNumber({
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
} = {}): Check<number> {
  return (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max
      ? (value as number)
      : invalid;
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Check<Word> {
  return (value) => (words.includes(value as Word) ? (value as Word) : invalid);
}

export function optional<Value>(check: Check<Value>): Check<Value | undefined> {
  return (value) => (value === undefined ? undefined : check(value));
}

/** A list of names with a value each, in an object that is no list. `__proto__` is nobody's name, and is left out. */
export function record<Value>(
  name: Check<string>,
  each: Check<Value>,
  isBearable: (found: Record<string, Value>) => boolean = () => true,
): Check<Record<string, Value>> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalid;
    const found: Record<string, Value> = {};
    for (const [key, inner] of Object.entries(value)) {
      if (key === '__proto__') continue;
      const kept = name(key);
      const checked = each(inner);
      if (kept === invalid || checked === invalid) return invalid;
      found[kept] = checked;
    }
    return isBearable(found) ? found : invalid;
  };
}

/** A check of an object, which says of which fields. */
export interface ExactCheck<Wire> extends Check<Wire> {
  readonly shape: Checks<Wire>;
}

/** An object with these fields; others are left out. */
export function exact<Wire>(shape: Checks<Wire>): ExactCheck<Wire> {
  const checks = Object.entries(shape) as [string, Check<unknown>][];
  const check: Check<Wire> = (value) => {
    if (typeof value !== 'object' || value === null) return invalid;
    const found: Record<string, unknown> = {};
    for (const [key, check] of checks) {
      const checked = check((value as Record<string, unknown>)[key]);
      if (checked === invalid) return invalid;
      if (checked !== undefined) found[key] = checked;
    }
    return found as Wire;
  };
  return Object.assign(check, { shape });
}

/** Anything at all. */
export const anything: Check<unknown> = (value) => value;
