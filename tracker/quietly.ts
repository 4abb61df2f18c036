/** Whatever goes wrong in here is ours, and the page must not notice. */

/** The same function, but it never throws. */
export function quietly<Arguments extends unknown[]>(
  action: (...given: Arguments) => unknown,
): (...given: Arguments) => void {
  return (...given) => {
    try {
      action(...given);
    } catch {
      // The page's console is not ours to fill.
    }
  };
}
