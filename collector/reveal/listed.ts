/** Lets long lists of words stand in the source as text that one can read. */

/**
 * Reads a list: entries parted by commas or line ends; lines that begin with `#` are headings.
 * @example listed(`
 *   # English
 *   bank, credit union
 * `) // ['bank', 'credit union']
 */
export function listed(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
