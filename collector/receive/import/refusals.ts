/** The closed list of reasons why a row of a file is left out. Each is counted, and told with its line. */
export const rowRefusals = {
  no_time: 'says not when it was',
  no_company: 'names no company, by an e-mail, a domain or a name',
  no_person: 'names nobody: neither e-mail nor profile page, nor a name with a company',
  bad_date: 'a date or time that is none, or that can be read in two ways',
  bad_number: 'a number that is none',
  bad_currency: 'a currency that is none',
  bad_email: 'an e-mail address that is none',
  bad_domain: 'a domain that is none',
  bad_country: 'a country that is no two-letter code',
  bad_role: 'a buying role that is none',
  bad_url: 'an address of a page that is none',
  clock: 'lies in the future',
  too_old: 'older than it can be',
  too_long: 'a value or a name of a column that is too long',
  malformed: 'not a row of this file: another number of columns, or broken quotes',
  too_many: 'more rows than a file may have',
} as const;
export type RowRefusal = keyof typeof rowRefusals;

/** Why a row is left out: where, which value, and what to do. */
export interface Refused {
  line: number;
  refused: RowRefusal;
  /** The column that is at fault; null: the row as a whole. */
  column: string | null;
  says: string;
}

/** The value of a row in a message: it may be anything. */
export function quoted(value: string): string {
  return `"${value.length > 100 ? `${value.slice(0, 100)}…` : value}"`;
}
