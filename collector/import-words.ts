/** What an import came to, for the command line: a line a number, what was refused last and by its reason. */

/** What every import counts. */
export interface ImportCounts {
  read: number;
  stored: number;
  duplicates: number;
  dropped: { [reason: string]: number };
}

/** @param saysOf a reason in words */
export function importWords(
  { read, stored, duplicates, dropped }: ImportCounts,
  what: 'lines' | 'rows',
  saysOf: (reason: string) => string,
): string {
  const line = (count: number, words: string) => `${String(count).padStart(10)}  ${words}`;
  const refused = Object.entries(dropped).sort(([, a], [, b]) => b - a);
  return [
    line(read, `${what} read`),
    line(stored, 'stored'),
    line(duplicates, 'already there'),
    ...refused.map(([reason, count]) => line(count, `${reason}: ${saysOf(reason)}`)),
  ].join('\n');
}
