/** A name to show for an organisation of which only the domain is known. */

/**
 * @param label the registrable domain without its suffix
 * @example nameOfDomain('example-works') // 'Example Works'
 */
export function nameOfDomain(label: string): string {
  return label
    .split(/[-_]+/)
    .filter((word) => word !== '')
    .map((word) =>
      word.length <= 3 || !/[aeiouy]/.test(word)
        ? word.toUpperCase()
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ');
}
