/** What a list of companies is called that came as a file: its name without how the file was written. */

const endings = /(\.(csv|tsv|txt|json|jsonl|ndjson|gz))+$/i;

/** @example listName('Target accounts.csv.gz') // 'Target accounts' */
export function listName(fileName: string): string {
  const name = fileName.trim().replace(endings, '');
  return name === '' ? fileName.trim() : name;
}
