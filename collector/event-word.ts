/** One spelling for the names of what is counted, so that whoever writes a rule need not know how a site spells them. */

/**
 * The word that a name is counted under: `Project Created`, `projectCreated`, `project-created` and
 * `projects_created` are all `project_created`.
 *
 * Every word loses the `s` or `es` of its plural, `ies` becomes `y`; so a few names that differ in nothing else are one.
 * @param name of an event, a trait or a form, as it was told
 * @returns lower case, words joined by `_`; empty where the name has neither letters nor digits
 */
export function eventWord(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((part) => part !== '')
    .map(singular)
    .join('_');
}

function singular(word: string): string {
  if (word.length < 4) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}
