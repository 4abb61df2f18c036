/** A bounded memory for what is costly to work out from a string. */

/**
 * Wraps a pure function so that recent answers are kept. Two generations of at most `maxEntries` each: a full young
 * one becomes the old one, and an old answer that is asked for again moves back. Nearly as good as a strict
 * least-recently-used list, at the cost of one look-up.
 * @param maxEntries answers in each generation, so at most twice as many are held
 */
export function remember<Value>(maxEntries: number, make: (key: string) => Value): (key: string) => Value {
  let young = new Map<string, { value: Value }>();
  let old = new Map<string, { value: Value }>();
  return (key) => {
    const recent = young.get(key);
    if (recent !== undefined) return recent.value;
    const entry = old.get(key) ?? { value: make(key) };
    if (young.size >= maxEntries) {
      old = young;
      young = new Map();
    }
    young.set(key, entry);
    return entry.value;
  };
}

/**
 * The same for what strangers write: a key longer than `maxLength` is worked out each time, so that a few long ones
 * cannot fill the memory.
 */
export function rememberShort<Value>(
  maxEntries: number,
  maxLength: number,
  make: (key: string) => Value,
): (key: string) => Value {
  const known = remember(maxEntries, make);
  return (key) => (key.length > maxLength ? make(key) : known(key));
}
