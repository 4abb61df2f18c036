/** Text that a person typed into a search box, as a pattern for `like … escape '\'`. */
export function containing(search: string): string {
  return `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}
