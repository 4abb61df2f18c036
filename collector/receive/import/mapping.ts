/** Which column of a file is taken for what: guessed from headings and values, changed by whoever knows better. Pure. */
import type { Subject } from './subject.ts';

/** A column that is kept as it is, under its own name; and one that is left out. */
export const asAttribute = 'attribute';
export const leftOut = 'skip';

/** The name of a field, `attribute` or `skip`, by column. */
export type Mapping = ReadonlyMap<string, string>;

// What a mapping asks of a subject; its rows do not matter.
type About = Pick<Subject<unknown>, 'fields'>;

/**
 * @param samples values by column, to tell an e-mail by its looks where no heading says so
 */
export function guessMapping(
  { fields }: About,
  columns: readonly string[],
  samples: (column: string) => readonly string[],
): Mapping {
  const taken = new Set<string>();
  const mapping = new Map<string, string>();
  const take = (column: string, field: string) => {
    taken.add(field);
    mapping.set(column, field);
  };
  for (const column of columns) {
    const word = wordOf(column);
    // Of two columns for one field the first counts; the other is kept as it is.
    const field = fields.find(
      ({ name, headings }) => !taken.has(name) && (name === word || headings.includes(word)),
    );
    if (field) take(column, field.name);
  }
  if (fields.some(({ name }) => name === 'email') && !taken.has('email')) {
    const column = columns.find((one) => !mapping.has(one) && looksLikeEmails(samples(one)));
    if (column !== undefined) take(column, 'email');
  }
  return new Map(
    columns.map((column) => [column, mapping.get(column) ?? (column === '' ? leftOut : asAttribute)]),
  );
}

function wordOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[_\s-]+/g, ' ')
    .trim();
}

function looksLikeEmails(values: readonly string[]): boolean {
  const emails = values.filter((value) => /^\S+@\S+\.\S+$/.test(value));
  return values.length > 0 && emails.length * 2 > values.length;
}

/**
 * A mapping with what somebody chose over it.
 * @param chosen field by column
 * @throws Error that names the column or the field that there is none of, and what there is
 */
export function withChoices(
  { fields }: About,
  guessed: Mapping,
  chosen: Iterable<[string, string]>,
): Mapping {
  const mapping = new Map(guessed);
  const names = [...fields.map(({ name }) => name), asAttribute, leftOut];
  const isChosen = new Set<string>();
  for (const [column, field] of chosen) {
    if (!mapping.has(column))
      throw new Error(
        `the file has no column "${column}" (it has: ${[...mapping.keys()].join(', ').slice(0, 300)})`,
      );
    if (!names.includes(field))
      throw new Error(`there is no field "${field}"; there are ${names.join(', ')}`);
    const isField = field !== asAttribute && field !== leftOut;
    if (isField && isChosen.has(field))
      throw new Error(`two columns are to be "${field}"; choose one, and attribute or skip for the other`);
    if (isField) {
      isChosen.add(field);
      // What was guessed to be it gives way.
      for (const [other, taken] of mapping) if (taken === field) mapping.set(other, asAttribute);
    }
    mapping.set(column, field);
  }
  return mapping;
}
